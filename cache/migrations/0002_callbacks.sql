-- +goose Up

-- What vendors posted to this host, as it came: it is stored before it is answered, and read after. Truth, for a vendor says it
-- once: rows in state new are never dropped. Those done are forgotten after a week, of those kept (their shape or their people
-- are not known) the newest 10 000 stay.
CREATE TABLE callback (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  account     INTEGER NOT NULL REFERENCES account (id),
  vendor      TEXT NOT NULL,
  hash        BLOB NOT NULL, -- of account and body: vendors repeat themselves
  received_at INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'new', -- new, done, kept
  note        TEXT NOT NULL DEFAULT '',    -- why it is kept
  body        BLOB NOT NULL
) STRICT;
CREATE INDEX callback_by_hash ON callback (hash, received_at);
CREATE INDEX callback_by_state ON callback (state, id);

-- Some vendors' callbacks name a message and no campaign.
CREATE INDEX recipient_by_vendor_id ON recipient (vendor_id) WHERE vendor_id IS NOT NULL;
