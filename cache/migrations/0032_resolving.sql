-- +goose Up

-- A person's decision about a batch of unknown outcome is carried out in pieces where it has very many people: what was decided
-- (empty: nothing is under way), and how many people were taken out of the batch so far. Nothing of its campaign leaves
-- meanwhile. Truth.
ALTER TABLE batch ADD COLUMN resolving TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
CREATE INDEX batch_resolving ON batch (campaign) WHERE resolving <> '';

-- Who waits to get a message again is found by its batch in the order of places, and is forgotten here as soon as they wait no
-- more.
ALTER TABLE resend ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
CREATE INDEX resend_of_batch ON resend (campaign, batch, place, who);
DELETE FROM resend WHERE NOT EXISTS (SELECT 1 FROM recipient r WHERE r.campaign = resend.campaign AND r.who = resend.who
  AND r.batch = -1);
UPDATE resend SET place = (SELECT place FROM recipient r WHERE r.campaign = resend.campaign AND r.who = resend.who);
-- +goose StatementBegin
CREATE TRIGGER recipient_waits_no_more AFTER UPDATE OF batch ON recipient WHEN OLD.batch = -1 AND NEW.batch <> -1 BEGIN
  DELETE FROM resend WHERE campaign = NEW.campaign AND who = NEW.who;
END;
-- +goose StatementEnd

-- Campaigns of vendors that became known after so many replies to them that these are given to them in pieces.
CREATE TABLE joining (
  account   INTEGER NOT NULL REFERENCES account (id),
  vendor_id TEXT NOT NULL,
  PRIMARY KEY (account, vendor_id)
) STRICT, WITHOUT ROWID;
