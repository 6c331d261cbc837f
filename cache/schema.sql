-- What all migrations make together: `make golden` writes it.

CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);

CREATE TABLE account (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  vendor TEXT NOT NULL DEFAULT '',
  keeps_blacklist INTEGER NOT NULL DEFAULT 0 -- its vendor has given a blacklist of its own
, believe_until INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE word (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

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
, sms TEXT NOT NULL DEFAULT '', answer_to INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL DEFAULT 0, hand_over INTEGER NOT NULL DEFAULT 0, confirmed_at TEXT NOT NULL DEFAULT '', credentials TEXT NOT NULL DEFAULT '', canary INTEGER NOT NULL DEFAULT 0, canary_limit REAL NOT NULL DEFAULT 0, canary_wait INTEGER NOT NULL DEFAULT 0, likeness TEXT NOT NULL DEFAULT '', expected TEXT, expected_currency TEXT NOT NULL DEFAULT '', paced_until INTEGER NOT NULL DEFAULT 0, test INTEGER NOT NULL DEFAULT 0, despite INTEGER, blocks_at INTEGER NOT NULL DEFAULT 0, recalled INTEGER NOT NULL DEFAULT 0, maker_key TEXT NOT NULL DEFAULT '', despite_contacts INTEGER) STRICT;

CREATE INDEX campaign_by_time ON campaign (sort_at DESC, id DESC);

CREATE INDEX campaign_by_account ON campaign (account, vendor_id);

CREATE INDEX campaign_due ON campaign (state) WHERE ours = 1;

CREATE INDEX campaign_by_fingerprint ON campaign (fingerprint) WHERE fingerprint <> '';

CREATE UNIQUE INDEX campaign_by_submit_key ON campaign (submit_key) WHERE submit_key <> '';

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
  poll_stopped INTEGER NOT NULL DEFAULT 0, told TEXT NOT NULL DEFAULT '', counted INTEGER NOT NULL DEFAULT 0, listed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, vendor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX campaign_ref_back ON campaign_ref (campaign);

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
  currency      INTEGER NOT NULL DEFAULT 0, place INTEGER NOT NULL DEFAULT 0, list INTEGER NOT NULL DEFAULT 0, -- word.id
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;

CREATE INDEX recipient_of_batch ON recipient (batch) WHERE batch > 0;

CREATE INDEX recipient_stopped ON recipient (campaign, status) WHERE batch = 0 AND status IN (2, 3);

CREATE TABLE recipient_count (
  campaign INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (campaign, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER recipient_counted AFTER INSERT ON recipient BEGIN
  INSERT INTO recipient_count VALUES (NEW.campaign, NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER recipient_recounted AFTER UPDATE OF status ON recipient WHEN OLD.status <> NEW.status BEGIN
  UPDATE recipient_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status;
  INSERT INTO recipient_count VALUES (NEW.campaign, NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER recipient_uncounted AFTER DELETE ON recipient BEGIN
  UPDATE recipient_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status;
END;

CREATE TABLE recipient_vars (
  campaign INTEGER NOT NULL,
  who      INTEGER NOT NULL,
  vars     TEXT NOT NULL, -- JSON object
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;

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
, term INTEGER NOT NULL DEFAULT 0, elsewhere INTEGER NOT NULL DEFAULT 0, tag TEXT NOT NULL DEFAULT '', repeats INTEGER NOT NULL DEFAULT 0, asked_until INTEGER NOT NULL DEFAULT 0, known_before INTEGER NOT NULL DEFAULT 0, resolving TEXT NOT NULL DEFAULT '', moved INTEGER NOT NULL DEFAULT 0) STRICT;

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

CREATE TABLE reply_count (
  campaign INTEGER PRIMARY KEY,
  n        INTEGER NOT NULL
) STRICT;

CREATE TRIGGER reply_counted AFTER INSERT ON reply WHEN NEW.campaign <> 0 BEGIN
  INSERT INTO reply_count VALUES (NEW.campaign, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER reply_recounted AFTER UPDATE OF campaign ON reply WHEN OLD.campaign <> NEW.campaign BEGIN
  UPDATE reply_count SET n = n - 1 WHERE campaign = OLD.campaign;
  INSERT INTO reply_count VALUES (NEW.campaign, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER reply_uncounted AFTER DELETE ON reply BEGIN
  UPDATE reply_count SET n = n - 1 WHERE campaign = OLD.campaign;
END;

CREATE TABLE reply_label (
  reply INTEGER NOT NULL REFERENCES reply (id),
  label TEXT NOT NULL,
  PRIMARY KEY (reply, label)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id    INTEGER PRIMARY KEY,
  reply INTEGER NOT NULL REFERENCES reply (id),
  at    INTEGER NOT NULL,
  by    TEXT NOT NULL,
  text  TEXT NOT NULL
) STRICT;

CREATE INDEX note_by_reply ON note (reply, at);

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

CREATE TABLE vendor_block (
  account  INTEGER NOT NULL REFERENCES account (id),
  who      INTEGER NOT NULL,
  reason   TEXT NOT NULL DEFAULT '',
  added_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, who)
) STRICT, WITHOUT ROWID;

CREATE INDEX vendor_block_who ON vendor_block (who);

CREATE INDEX vendor_block_by_time ON vendor_block (added_at DESC, who DESC);

CREATE TABLE block_push (
  account INTEGER NOT NULL REFERENCES account (id),
  who     INTEGER NOT NULL,
  remove  INTEGER NOT NULL,
  reason  TEXT NOT NULL DEFAULT '', not_before INTEGER NOT NULL DEFAULT 0,
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

CREATE TABLE activity (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action   TEXT NOT NULL,
  campaign INTEGER NOT NULL DEFAULT 0,
  detail   TEXT NOT NULL DEFAULT ''
, seal TEXT NOT NULL DEFAULT '', key TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX activity_by_campaign ON activity (campaign, id);

CREATE TABLE journal (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action   TEXT NOT NULL,
  before   TEXT NOT NULL, -- JSON
  undone   INTEGER NOT NULL DEFAULT 0
, first INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX journal_last ON journal (operator, id DESC) WHERE undone = 0;

CREATE TABLE brake (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  active INTEGER NOT NULL,
  by     TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  since  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE presence (
  session  TEXT PRIMARY KEY,
  operator TEXT NOT NULL,
  seen_at  INTEGER NOT NULL
, reply INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE topic (
  name    TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE keep (
  operator TEXT NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (operator, name)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE reply_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');

CREATE VIRTUAL TABLE campaign_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE callback (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  account     INTEGER NOT NULL REFERENCES account (id),
  vendor      TEXT NOT NULL,
  hash        BLOB NOT NULL, -- of account and body: vendors repeat themselves
  received_at INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'new', -- new, done, kept
  note        TEXT NOT NULL DEFAULT '',    -- why it is kept
  body        BLOB NOT NULL
, released INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX callback_by_hash ON callback (hash, received_at);

CREATE INDEX callback_by_state ON callback (state, id);

CREATE INDEX recipient_by_vendor_id ON recipient (vendor_id) WHERE vendor_id IS NOT NULL;

CREATE TABLE archived (
  campaign INTEGER PRIMARY KEY REFERENCES campaign (id),
  at       INTEGER NOT NULL,
  by       TEXT NOT NULL
) STRICT;

CREATE INDEX reply_complaint ON reply (campaign) WHERE optout <> '';

CREATE TABLE forgotten_people (
  campaign INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  reason   INTEGER NOT NULL, -- word.id
  country  TEXT NOT NULL,    -- ISO code, '' where nobody knows
  n        INTEGER NOT NULL,
  PRIMARY KEY (campaign, status, reason, country)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX recipient_by_contact ON recipient (who) WHERE who < 0;

CREATE INDEX reply_done ON reply (done_at) WHERE state = 'done';

CREATE INDEX recipient_by_status ON recipient (campaign, status);

CREATE INDEX recipient_by_time ON recipient (campaign, updated_at);

CREATE INDEX campaign_answers ON campaign (answer_to) WHERE answer_to > 0;

CREATE TABLE notice (
	id       INTEGER PRIMARY KEY,
	operator TEXT NOT NULL,
	at       INTEGER NOT NULL, -- milliseconds
	text     TEXT NOT NULL
);

CREATE INDEX notice_of ON notice (operator, id);

CREATE TABLE preparing (
  campaign   INTEGER PRIMARY KEY,
  began_at   INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,           -- when the last people were stored
  abandoned  INTEGER NOT NULL DEFAULT 0  -- nothing may be added: it is being removed
, absorbed_by INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE file (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  identity TEXT NOT NULL,
  recorded INTEGER NOT NULL DEFAULT 0 -- the records were written
, behind INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE term (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  host     TEXT NOT NULL,
  system   TEXT NOT NULL,             -- the running system and its processes: only there the process can be looked at
  process  INTEGER NOT NULL,
  born     INTEGER NOT NULL,          -- when the process began, in the system's own count
  lock     TEXT NOT NULL,             -- the file whose lock it holds
  began_at INTEGER NOT NULL,
  seen_at  INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE alarm (
  name  TEXT PRIMARY KEY,
  text  TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recalling (
  campaign INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE resend (
  campaign INTEGER NOT NULL REFERENCES campaign (id),
  who      INTEGER NOT NULL,
  batch    INTEGER NOT NULL REFERENCES batch (id), place INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;

CREATE TABLE reason_count (
  campaign INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  reason   INTEGER NOT NULL, -- word.id
  n        INTEGER NOT NULL,
  PRIMARY KEY (campaign, status, reason)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reason_counted AFTER INSERT ON recipient WHEN NEW.reason <> 0 BEGIN
  INSERT INTO reason_count VALUES (NEW.campaign, NEW.status, NEW.reason, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER reason_recounted AFTER UPDATE OF status, reason ON recipient
  WHEN (OLD.reason <> 0 OR NEW.reason <> 0) AND (OLD.reason <> NEW.reason OR OLD.status <> NEW.status) BEGIN
  UPDATE reason_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status AND reason = OLD.reason;
  INSERT INTO reason_count SELECT NEW.campaign, NEW.status, NEW.reason, 1 WHERE NEW.reason <> 0 ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER reason_uncounted AFTER DELETE ON recipient WHEN OLD.reason <> 0 BEGIN
  UPDATE reason_count SET n = n - 1 WHERE campaign = OLD.campaign AND status = OLD.status AND reason = OLD.reason;
END;

CREATE TABLE activity_head (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  line INTEGER NOT NULL,
  seal TEXT NOT NULL
, key TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '') STRICT;

CREATE TRIGGER activity_stays BEFORE DELETE ON activity BEGIN
  SELECT RAISE(ABORT, 'the log of who did what is only added to');
END;

CREATE TABLE absorbed (
  found INTEGER PRIMARY KEY,
  ours  INTEGER NOT NULL
) STRICT;

CREATE TABLE deletion (
  batch    INTEGER PRIMARY KEY REFERENCES batch (id),
  operator TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  tries    INTEGER NOT NULL DEFAULT 0,
  state    TEXT NOT NULL DEFAULT '',  -- '': the vendor has yet to be told; deleted, refused, unknown
  detail   TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX campaign_likeness ON campaign (likeness) WHERE likeness <> '';

CREATE TABLE prepared (
  fold     TEXT PRIMARY KEY, -- the name without case
  name     TEXT NOT NULL,
  text     TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  labels   TEXT NOT NULL DEFAULT '', -- JSON array
  by       TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE prepared_use (
  fold     TEXT NOT NULL,
  campaign INTEGER NOT NULL,
  label    TEXT NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (fold, campaign, label)
) STRICT, WITHOUT ROWID;

CREATE TABLE sent_vars (
  campaign INTEGER NOT NULL,
  who      INTEGER NOT NULL,
  vars     TEXT NOT NULL, -- JSON object
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER recipient_reached AFTER UPDATE OF status ON recipient
  WHEN NEW.status IN (6, 7, 8, 14) AND OLD.status <> NEW.status BEGIN
  INSERT INTO sent_vars SELECT campaign, who, vars FROM recipient_vars
    WHERE campaign = NEW.campaign AND who = NEW.who AND NEW.status <> 14 ON CONFLICT DO NOTHING;
  DELETE FROM recipient_vars WHERE campaign = NEW.campaign AND who = NEW.who;
  DELETE FROM sent_vars WHERE campaign = NEW.campaign AND who = NEW.who AND NEW.status = 14;
END;

CREATE TRIGGER activity_unchanged BEFORE UPDATE ON activity
  WHEN (NEW.id, NEW.at, NEW.operator, NEW.action, NEW.campaign, NEW.seal, NEW.key, NEW.address) IS NOT
    (OLD.id, OLD.at, OLD.operator, OLD.action, OLD.campaign, OLD.seal, OLD.key, OLD.address)
    OR instr(NEW.detail, '(a phone, removed)') = 0 BEGIN
  SELECT RAISE(ABORT, 'the log of who did what is only added to');
END;

CREATE INDEX campaign_by_name ON campaign (account, name);

CREATE INDEX batch_by_claim ON batch (claimed_at, campaign);

CREATE INDEX batch_resolving ON batch (campaign) WHERE resolving <> '';

CREATE INDEX resend_of_batch ON resend (campaign, batch, place, who);

CREATE TABLE joining (
  account   INTEGER NOT NULL REFERENCES account (id),
  vendor_id TEXT NOT NULL,
  PRIMARY KEY (account, vendor_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiting (
  campaign INTEGER NOT NULL,
  place    INTEGER NOT NULL,
  who      INTEGER NOT NULL,
  PRIMARY KEY (campaign, place, who)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER recipient_waits_no_more AFTER UPDATE OF batch ON recipient WHEN OLD.batch = -1 AND NEW.batch <> -1 BEGIN
  DELETE FROM waiting WHERE campaign = OLD.campaign AND place = OLD.place AND who = OLD.who;
  DELETE FROM resend WHERE campaign = NEW.campaign AND who = NEW.who;
END;

CREATE TRIGGER recipient_waits_again AFTER UPDATE OF batch ON recipient WHEN OLD.batch <> -1 AND NEW.batch = -1 BEGIN
  INSERT INTO waiting VALUES (NEW.campaign, NEW.place, NEW.who) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER recipient_waited AFTER DELETE ON recipient WHEN OLD.batch = -1 BEGIN
  DELETE FROM waiting WHERE campaign = OLD.campaign AND place = OLD.place AND who = OLD.who;
END;

CREATE INDEX batch_of_one ON batch (vendor_ref) WHERE size = 1 AND vendor_ref <> '';

CREATE INDEX reply_stops ON reply (state, received_at, id) WHERE optout <> '';

CREATE INDEX campaign_ref_polled ON campaign_ref (account, poll_next) WHERE reference = 0;
