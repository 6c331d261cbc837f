-- +goose Up

-- What the gate asks of a campaign of ours. Truth.
ALTER TABLE campaign ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;       -- from when it may leave: recall window, schedule, resumption
ALTER TABLE campaign ADD COLUMN hand_over INTEGER NOT NULL DEFAULT 0;    -- its time is left to the vendor
ALTER TABLE campaign ADD COLUMN confirmed_at TEXT NOT NULL DEFAULT '';   -- the vendor it was confirmed for; '': before this was kept
ALTER TABLE campaign ADD COLUMN credentials TEXT NOT NULL DEFAULT '';    -- keyed hash of what identifies the account there
ALTER TABLE campaign ADD COLUMN canary INTEGER NOT NULL DEFAULT 0;       -- people who go first; 0: none, or they were judged
ALTER TABLE campaign ADD COLUMN canary_limit REAL NOT NULL DEFAULT 0;    -- share of them who may fail
ALTER TABLE campaign ADD COLUMN canary_wait INTEGER NOT NULL DEFAULT 0;  -- seconds until they are judged
UPDATE campaign SET due_at = max(hold_until, created_at) WHERE ours = 1;
