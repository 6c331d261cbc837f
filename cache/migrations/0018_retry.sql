-- +goose Up

-- Why people failed, counted by the vendor's reason beside recipient_count and kept like it: the figures of a million people are
-- read in a moment. Those without a reason are the rest of recipient_count.
CREATE TABLE reason_count (
  campaign INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  reason   INTEGER NOT NULL, -- word.id
  n        INTEGER NOT NULL,
  PRIMARY KEY (campaign, status, reason)
) STRICT, WITHOUT ROWID;
INSERT INTO reason_count SELECT campaign, status, reason, count(*) FROM recipient WHERE reason <> 0 GROUP BY campaign, status, reason;
-- +goose StatementBegin
CREATE TRIGGER reason_counted AFTER INSERT ON recipient WHEN NEW.reason <> 0 BEGIN
  INSERT INTO reason_count VALUES (NEW.campaign, NEW.status, NEW.reason, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reason_recounted AFTER UPDATE OF status, reason ON recipient
  WHEN (OLD.reason <> 0 OR NEW.reason <> 0) AND (OLD.reason <> NEW.reason OR OLD.status <> NEW.status) BEGIN
  UPDATE reason_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status AND reason = OLD.reason;
  INSERT INTO reason_count SELECT NEW.campaign, NEW.status, NEW.reason, 1 WHERE NEW.reason <> 0 ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reason_uncounted AFTER DELETE ON recipient WHEN OLD.reason <> 0 BEGIN
  UPDATE reason_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status AND reason = OLD.reason;
END;
-- +goose StatementEnd

-- The template columns of a person stay as long as a new try may need them: until the message has reached the person (delivered,
-- read, clicked) or the person has opted out.
-- +goose StatementBegin
CREATE TRIGGER recipient_reached AFTER UPDATE OF status ON recipient
  WHEN NEW.status IN (6, 7, 8, 14) AND OLD.status <> NEW.status BEGIN
  DELETE FROM recipient_vars WHERE campaign = NEW.campaign AND who = NEW.who;
END;
-- +goose StatementEnd
