-- +goose Up

-- People whose rows were removed because of their age. They still count: recipient_count has them, and what else figures are
-- derived from is kept here. A campaign that has rows here takes no new people from its vendor. Truth.
CREATE TABLE forgotten_people (
  campaign INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  reason   INTEGER NOT NULL, -- word.id
  country  TEXT NOT NULL,    -- ISO code, '' where nobody knows
  n        INTEGER NOT NULL,
  PRIMARY KEY (campaign, status, reason, country)
) STRICT, WITHOUT ROWID;

-- Replies that were removed because of their age: reply_count has them, their ids keep a vendor from bringing them back. Truth.
CREATE TABLE forgotten_reply (
  account   INTEGER NOT NULL REFERENCES account (id),
  vendor_id TEXT NOT NULL,
  PRIMARY KEY (account, vendor_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE forgotten_reply_count (
  campaign   INTEGER PRIMARY KEY,
  opt_outs   INTEGER NOT NULL,
  complaints INTEGER NOT NULL
) STRICT;

-- Whether anybody is still written to by a contact that is not a phone.
CREATE INDEX recipient_by_contact ON recipient (who) WHERE who < 0;
CREATE INDEX reply_done ON reply (done_at) WHERE state = 'done';
