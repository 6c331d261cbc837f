-- +goose Up

-- What is truth and what can be asked of a vendor again is decided per table. Truth is never dropped by a migration:
-- campaign, campaign_ref, contact, recipient (rows with a batch), recipient_vars, batch, reply, reply_label, note, blacklist,
-- block_push, activity, journal, brake, word, account.
-- Disposable, and rebuilt by the next synchronisation: sender, vendor_block, vendor_list, balance, sample, health, request_log.
-- Times are Unix milliseconds, UTC; 0 means not known.

CREATE TABLE account (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  vendor TEXT NOT NULL DEFAULT '',
  keeps_blacklist INTEGER NOT NULL DEFAULT 0 -- its vendor has given a blacklist of its own
) STRICT;

-- Short texts that repeat in a million rows (vendor statuses, reasons, currencies) are kept once.
CREATE TABLE word (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- People whom a vendor knows by something that is not a phone. recipient.who is -contact.id for them.
CREATE TABLE contact (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE campaign (
  id           INTEGER PRIMARY KEY,
  account      INTEGER NOT NULL REFERENCES account (id),
  vendor_id    TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  state        TEXT NOT NULL,
  vendor_state TEXT NOT NULL DEFAULT '',
  kind         TEXT NOT NULL DEFAULT '',
  message      TEXT NOT NULL DEFAULT '{}', -- JSON of model.Message
  sender       TEXT NOT NULL DEFAULT '',
  sender_name  TEXT NOT NULL DEFAULT '',
  class        TEXT NOT NULL DEFAULT '',
  created_at   INTEGER NOT NULL DEFAULT 0,
  send_at      INTEGER NOT NULL DEFAULT 0,
  lifetime     INTEGER NOT NULL DEFAULT 0, -- seconds
  stretch      INTEGER NOT NULL DEFAULT 0, -- seconds
  fallback     TEXT NOT NULL DEFAULT '{}', -- JSON of model.SMSFallback
  options      TEXT NOT NULL DEFAULT '{}', -- JSON of model.Options
  list         TEXT NOT NULL DEFAULT '',
  list_people  INTEGER,                    -- people of the list, where the vendor tells
  ours         INTEGER NOT NULL DEFAULT 0, -- made here
  operator     TEXT NOT NULL DEFAULT '',
  approved_by  TEXT NOT NULL DEFAULT '',
  hold_until   INTEGER NOT NULL DEFAULT 0,
  not_before   INTEGER NOT NULL DEFAULT 0, -- a batch was given back: no claim before this
  pause_cause  TEXT NOT NULL DEFAULT '',
  fingerprint  TEXT NOT NULL DEFAULT '',
  submit_key   TEXT NOT NULL DEFAULT '',   -- makes a repeated submit harmless
  tries        INTEGER NOT NULL DEFAULT 0, -- calls in a row that certainly did not leave
  last_error   TEXT NOT NULL DEFAULT '',   -- why the last of them did not
  recipients   INTEGER,                    -- figures as the vendor reports them; NULL: not known
  sent         INTEGER,
  delivered    INTEGER,
  "read"       INTEGER,
  clicked      INTEGER,
  undelivered  INTEGER,
  failed       INTEGER,
  expired      INTEGER,
  cost         TEXT,                       -- decimal; NULL: not known
  currency     TEXT NOT NULL DEFAULT '',
  as_of        INTEGER NOT NULL DEFAULT 0,
  poll_last    INTEGER NOT NULL DEFAULT 0, -- when the vendor was last asked about any part of it
  sort_at      INTEGER NOT NULL DEFAULT 0  -- send_at, else created_at: the list's natural order, newest first
) STRICT;
CREATE INDEX campaign_by_time ON campaign (sort_at DESC, id DESC);
CREATE INDEX campaign_by_account ON campaign (account, vendor_id);
CREATE INDEX campaign_due ON campaign (state) WHERE ours = 1;
CREATE INDEX campaign_by_fingerprint ON campaign (fingerprint) WHERE fingerprint <> '';
CREATE UNIQUE INDEX campaign_by_submit_key ON campaign (submit_key) WHERE submit_key <> '';

-- All ids by which a vendor knows a campaign; one campaign of ours may leave as several of the vendor's. Each has its own
-- state, figures and polls; the campaign's figures are their sum.
CREATE TABLE campaign_ref (
  account      INTEGER NOT NULL REFERENCES account (id),
  vendor_id    TEXT NOT NULL,
  campaign     INTEGER NOT NULL REFERENCES campaign (id),
  reference    INTEGER NOT NULL DEFAULT 0, -- only what a send answered with: followed by its batch, not asked about as a campaign
  state        TEXT NOT NULL DEFAULT '', -- as the vendor tells; '': it did not
  vendor_state TEXT NOT NULL DEFAULT '',
  recipients   INTEGER,
  sent         INTEGER,
  delivered    INTEGER,
  "read"       INTEGER,
  clicked      INTEGER,
  undelivered  INTEGER,
  failed       INTEGER,
  expired      INTEGER,
  cost         TEXT,
  currency     TEXT NOT NULL DEFAULT '',
  as_of        INTEGER NOT NULL DEFAULT 0,
  poll_last    INTEGER NOT NULL DEFAULT 0,
  poll_next    INTEGER NOT NULL DEFAULT 0,
  poll_stopped INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, vendor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_ref_back ON campaign_ref (campaign);

-- batch: 0 the vendor's own row or one of ours that never leaves (held, suppressed), -1 waits to be claimed, else the
-- batch it left in.
CREATE TABLE recipient (
  campaign      INTEGER NOT NULL,
  who           INTEGER NOT NULL, -- digits of the phone, or -contact.id
  status        INTEGER NOT NULL, -- model.DeliveryStatus
  batch         INTEGER NOT NULL DEFAULT 0,
  vendor_status INTEGER NOT NULL DEFAULT 0, -- word.id
  reason        INTEGER NOT NULL DEFAULT 0, -- word.id
  updated_at    INTEGER NOT NULL DEFAULT 0,
  vendor_id     TEXT,
  price         TEXT,
  currency      INTEGER NOT NULL DEFAULT 0, -- word.id
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_waiting ON recipient (campaign, who) WHERE batch = -1;
CREATE INDEX recipient_of_batch ON recipient (batch) WHERE batch > 0;
CREATE INDEX recipient_stopped ON recipient (campaign, status) WHERE batch = 0 AND status IN (2, 3); -- held, suppressed

-- How many people of a campaign have which status: a list of campaigns shows figures of millions of rows at once. Kept by
-- triggers, so it is right whoever writes (measured: 236 000 inserts/s with them, 389 000 without; counting 300 000 rows at
-- each look takes 100 ms). REPLACE INTO recipient would not fire the trigger of deletion: upsert with ON CONFLICT.
CREATE TABLE recipient_count (
  campaign INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (campaign, status)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER recipient_counted AFTER INSERT ON recipient BEGIN
  INSERT INTO recipient_count VALUES (NEW.campaign, NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recipient_recounted AFTER UPDATE OF status ON recipient WHEN OLD.status <> NEW.status BEGIN
  UPDATE recipient_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status;
  INSERT INTO recipient_count VALUES (NEW.campaign, NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recipient_uncounted AFTER DELETE ON recipient BEGIN
  UPDATE recipient_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status;
END;
-- +goose StatementEnd

-- Template columns of people who were not sent to yet.
CREATE TABLE recipient_vars (
  campaign INTEGER NOT NULL,
  who      INTEGER NOT NULL,
  vars     TEXT NOT NULL, -- JSON object
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;

-- A batch that is given back is deleted; AUTOINCREMENT keeps a late answer to it from meeting another batch.
CREATE TABLE batch (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  campaign   INTEGER NOT NULL REFERENCES campaign (id),
  account    INTEGER NOT NULL REFERENCES account (id),
  number     INTEGER NOT NULL,
  state      TEXT NOT NULL,
  attempt    TEXT NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  size       INTEGER NOT NULL,
  refused    INTEGER NOT NULL DEFAULT 0, -- people of it whom the vendor refused in its answer
  claimed_at INTEGER NOT NULL,
  settled_at INTEGER NOT NULL DEFAULT 0,
  vendor_ref TEXT NOT NULL DEFAULT '',
  tracked    INTEGER NOT NULL DEFAULT 0, -- the reference was resolved and all people are final
  error      TEXT NOT NULL DEFAULT '',
  evidence   TEXT NOT NULL DEFAULT '',
  resolved_by TEXT NOT NULL DEFAULT '',
  cost       TEXT,
  currency   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX batch_by_campaign ON batch (campaign, number);
CREATE INDEX batch_by_state ON batch (account, state);

CREATE TABLE reply (
  id            INTEGER PRIMARY KEY,
  account       INTEGER NOT NULL REFERENCES account (id),
  vendor_id     TEXT NOT NULL,
  campaign      INTEGER NOT NULL DEFAULT 0,
  campaign_ref  TEXT NOT NULL DEFAULT '',
  who           INTEGER NOT NULL,
  text          TEXT NOT NULL,
  received_at   INTEGER NOT NULL,
  stored_at     INTEGER NOT NULL,
  state         TEXT NOT NULL DEFAULT 'open',
  unread        INTEGER NOT NULL DEFAULT 1,
  claimed_by    TEXT NOT NULL DEFAULT '',
  claimed_session TEXT NOT NULL DEFAULT '',
  optout        TEXT NOT NULL DEFAULT '',
  snoozed_until INTEGER NOT NULL DEFAULT 0,
  done_by       TEXT NOT NULL DEFAULT '',
  done_at       INTEGER NOT NULL DEFAULT 0,
  vendor_read   INTEGER NOT NULL DEFAULT 0, -- 0 not told, 1 to be told, 2 told
  UNIQUE (account, vendor_id)
) STRICT;
CREATE INDEX reply_by_state ON reply (state, received_at, id);
CREATE INDEX reply_by_time ON reply (received_at, id);
CREATE INDEX reply_snoozed ON reply (snoozed_until) WHERE state = 'snoozed';
CREATE INDEX reply_unread ON reply (received_at, id) WHERE unread = 1;
CREATE INDEX reply_by_who ON reply (who, received_at);
CREATE INDEX reply_by_campaign ON reply (campaign);
CREATE INDEX reply_unlinked ON reply (account, campaign_ref) WHERE campaign = 0 AND campaign_ref <> '';
CREATE INDEX reply_claimed ON reply (claimed_session) WHERE claimed_session <> '';
CREATE INDEX reply_to_tell ON reply (account) WHERE vendor_read = 1;

-- How many replies a campaign has, kept by triggers as recipient_count is.
CREATE TABLE reply_count (
  campaign INTEGER PRIMARY KEY,
  n        INTEGER NOT NULL
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER reply_counted AFTER INSERT ON reply WHEN NEW.campaign <> 0 BEGIN
  INSERT INTO reply_count VALUES (NEW.campaign, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reply_recounted AFTER UPDATE OF campaign ON reply WHEN OLD.campaign <> NEW.campaign BEGIN
  UPDATE reply_count SET n = n - 1 WHERE campaign = OLD.campaign;
  INSERT INTO reply_count VALUES (NEW.campaign, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reply_uncounted AFTER DELETE ON reply BEGIN
  UPDATE reply_count SET n = n - 1 WHERE campaign = OLD.campaign;
END;
-- +goose StatementEnd

CREATE TABLE reply_label (
  reply INTEGER NOT NULL REFERENCES reply (id),
  label TEXT NOT NULL,
  PRIMARY KEY (reply, label)
) STRICT, WITHOUT ROWID;

-- Notes live in a table of their own that no sending code reads.
CREATE TABLE note (
  id    INTEGER PRIMARY KEY,
  reply INTEGER NOT NULL REFERENCES reply (id),
  at    INTEGER NOT NULL,
  by    TEXT NOT NULL,
  text  TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_reply ON note (reply, at);

-- Our own blacklist. Removed entries stay as history.
CREATE TABLE blacklist (
  id        INTEGER PRIMARY KEY,
  who       INTEGER NOT NULL,
  only      TEXT NOT NULL DEFAULT '', -- JSON array of account names; '' everywhere
  reason    TEXT NOT NULL DEFAULT '',
  added_by  TEXT NOT NULL DEFAULT '',
  added_at  INTEGER NOT NULL,
  source    TEXT NOT NULL,
  reply     INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER NOT NULL DEFAULT 0,
  removed_by TEXT NOT NULL DEFAULT '',
  removed_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX blacklist_active ON blacklist (who) WHERE removed_at = 0;
CREATE INDEX blacklist_of_reply ON blacklist (reply) WHERE reply > 0 AND removed_at = 0;
CREATE INDEX blacklist_by_time ON blacklist (added_at DESC, who DESC) WHERE removed_at = 0;

-- What vendors themselves block.
CREATE TABLE vendor_block (
  account  INTEGER NOT NULL REFERENCES account (id),
  who      INTEGER NOT NULL,
  reason   TEXT NOT NULL DEFAULT '',
  added_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, who)
) STRICT, WITHOUT ROWID;
CREATE INDEX vendor_block_who ON vendor_block (who);
CREATE INDEX vendor_block_by_time ON vendor_block (added_at DESC, who DESC);

-- Changes of the blacklist that a vendor has yet to be told.
CREATE TABLE block_push (
  account INTEGER NOT NULL REFERENCES account (id),
  who     INTEGER NOT NULL,
  remove  INTEGER NOT NULL,
  reason  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account, who)
) STRICT, WITHOUT ROWID;

CREATE TABLE sender (
  account INTEGER NOT NULL REFERENCES account (id),
  id      TEXT NOT NULL,
  name    TEXT NOT NULL DEFAULT '',
  state   TEXT NOT NULL,
  vendor_state TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  traffic TEXT NOT NULL DEFAULT '',
  comment TEXT NOT NULL DEFAULT '',
  from_config INTEGER NOT NULL DEFAULT 0,
  as_of   INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE vendor_list (
  account INTEGER NOT NULL REFERENCES account (id),
  id      TEXT NOT NULL,
  name    TEXT NOT NULL DEFAULT '',
  people  INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE balance (
  account  INTEGER NOT NULL REFERENCES account (id),
  name     TEXT NOT NULL,
  amount   TEXT,
  currency TEXT NOT NULL DEFAULT '',
  as_of    INTEGER NOT NULL,
  PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

-- A campaign's totals as they were, for charts over time.
CREATE TABLE sample (
  campaign INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  sent INTEGER NOT NULL, delivered INTEGER NOT NULL, "read" INTEGER NOT NULL, undelivered INTEGER NOT NULL, replies INTEGER NOT NULL,
  PRIMARY KEY (campaign, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE health (
  account   INTEGER PRIMARY KEY REFERENCES account (id),
  online    INTEGER NOT NULL,
  since     INTEGER NOT NULL,
  synced_at INTEGER NOT NULL DEFAULT 0,
  error     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE request_log (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  account  INTEGER NOT NULL,
  method   TEXT NOT NULL,
  status   INTEGER NOT NULL,
  duration INTEGER NOT NULL, -- microseconds
  try      INTEGER NOT NULL,
  result   TEXT NOT NULL,
  bytes    INTEGER NOT NULL
) STRICT;

-- Who did what. Append only.
CREATE TABLE activity (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action   TEXT NOT NULL,
  campaign INTEGER NOT NULL DEFAULT 0,
  detail   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX activity_by_campaign ON activity (campaign, id);

-- What an operator's undo takes back: the rows as they were.
CREATE TABLE journal (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action   TEXT NOT NULL,
  before   TEXT NOT NULL, -- JSON
  undone   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX journal_last ON journal (operator, id DESC) WHERE undone = 0;

CREATE TABLE brake (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  active INTEGER NOT NULL,
  by     TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  since  INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO brake (id, active) VALUES (1, 0);

-- Who has the dashboard open, by heartbeat.
CREATE TABLE presence (
  session  TEXT PRIMARY KEY,
  operator TEXT NOT NULL,
  engine   INTEGER NOT NULL DEFAULT 0,
  seen_at  INTEGER NOT NULL
) STRICT;

-- How often each part changed: other processes see it and read again.
CREATE TABLE topic (
  name    TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What screens keep between sessions (view, filter, selection, drafts), per operator.
CREATE TABLE keep (
  operator TEXT NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (operator, name)
) STRICT, WITHOUT ROWID;

-- Full-text search over folded texts (model.Fold), so that case and ё/е do not matter.
CREATE VIRTUAL TABLE reply_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE campaign_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
