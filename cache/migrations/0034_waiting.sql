-- +goose Up

-- Who waits to be claimed, in the order of the audience. As an index of recipient it was most of what storing a million people cost:
-- they are stored in the order of their numbers, so each row of a piece met another page of it. Now it is filled in its own order,
-- after the people. Whoever stores people that wait adds them here; that they leave it, and come back, the triggers see to. Truth.
DROP INDEX recipient_waiting;
CREATE TABLE waiting (
  campaign INTEGER NOT NULL,
  place    INTEGER NOT NULL,
  who      INTEGER NOT NULL,
  PRIMARY KEY (campaign, place, who)
) STRICT, WITHOUT ROWID;
INSERT INTO waiting SELECT campaign, place, who FROM recipient WHERE batch = -1 ORDER BY 1, 2, 3;
DROP TRIGGER recipient_waits_no_more;
-- +goose StatementBegin
CREATE TRIGGER recipient_waits_no_more AFTER UPDATE OF batch ON recipient WHEN OLD.batch = -1 AND NEW.batch <> -1 BEGIN
  DELETE FROM waiting WHERE campaign = OLD.campaign AND place = OLD.place AND who = OLD.who;
  DELETE FROM resend WHERE campaign = NEW.campaign AND who = NEW.who;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recipient_waits_again AFTER UPDATE OF batch ON recipient WHEN OLD.batch <> -1 AND NEW.batch = -1 BEGIN
  INSERT INTO waiting VALUES (NEW.campaign, NEW.place, NEW.who) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recipient_waited AFTER DELETE ON recipient WHEN OLD.batch = -1 BEGIN
  DELETE FROM waiting WHERE campaign = OLD.campaign AND place = OLD.place AND who = OLD.who;
END;
-- +goose StatementEnd
