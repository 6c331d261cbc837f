-- +goose Up
-- Each call has a tag of its own: with it the name that a vendor keeps unique is one that nobody
-- else can have.
ALTER TABLE batch ADD COLUMN tag TEXT NOT NULL DEFAULT '';               -- '': claimed before calls had one
ALTER TABLE batch ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;         -- the batch whose people it goes to again, because a person decided so
ALTER TABLE batch ADD COLUMN asked_until INTEGER NOT NULL DEFAULT 0;     -- until when its call is made again by itself if the answer is lost

-- People who wait to get what an unknown batch did not bring them, by a person's decision.
CREATE TABLE resend (
  campaign INTEGER NOT NULL REFERENCES campaign (id),
  who      INTEGER NOT NULL,
  batch    INTEGER NOT NULL REFERENCES batch (id),
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;
