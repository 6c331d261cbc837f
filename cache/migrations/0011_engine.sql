-- +goose Up

-- Which file this is. A copy has the same identity; the records outside of the file tell the two apart (file_records.go).
CREATE TABLE file (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  identity TEXT NOT NULL,
  recorded INTEGER NOT NULL DEFAULT 0 -- the records were written
) STRICT;
INSERT INTO file (id, identity) VALUES (1, lower(hex(randomblob(16))));

-- The processes that have led, the newest last: its term is the current one.
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

ALTER TABLE batch ADD COLUMN term INTEGER NOT NULL DEFAULT 0; -- in which it was claimed
ALTER TABLE batch ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0; -- claimed by nobody here: another copy of this file may have sent it

-- The terms tell which process runs the engine.
DELETE FROM presence WHERE engine = 1;
ALTER TABLE presence DROP COLUMN engine;
