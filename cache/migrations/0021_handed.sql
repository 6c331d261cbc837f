-- +goose Up

-- What was handed over to a vendor for a later time and is to be deleted there: one row for each call. Truth.
CREATE TABLE deletion (
  batch    INTEGER PRIMARY KEY REFERENCES batch (id),
  operator TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  tries    INTEGER NOT NULL DEFAULT 0,
  state    TEXT NOT NULL DEFAULT '',  -- '': the vendor has yet to be told; deleted, refused, unknown
  detail   TEXT NOT NULL DEFAULT ''
) STRICT;

-- The message without what does not make another of it: signs, case, spaces.
ALTER TABLE campaign ADD COLUMN likeness TEXT NOT NULL DEFAULT '';
CREATE INDEX campaign_likeness ON campaign (likeness) WHERE likeness <> '';
