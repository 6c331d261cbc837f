-- +goose Up

-- The log of who did what is a chain: the seal of a line is the digest of what it says and of the seal before it, so that no line
-- can be changed or taken out without the lines behind it disagreeing. activity_head is the last line, so that the end cannot be cut
-- off unseen. Lines from before have no seal.
ALTER TABLE activity ADD COLUMN seal TEXT NOT NULL DEFAULT '';
CREATE TABLE activity_head (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  line INTEGER NOT NULL,
  seal TEXT NOT NULL
) STRICT;
INSERT INTO activity_head (id, line, seal) SELECT 1, coalesce(max(id), 0), '' FROM activity;

-- Nothing in this program can change it. The one exception is what the law wants: a phone is taken out of an old line, which a new
-- line then says.
-- +goose StatementBegin
CREATE TRIGGER activity_stays BEFORE DELETE ON activity BEGIN
  SELECT RAISE(ABORT, 'the log of who did what is only added to');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activity_unchanged BEFORE UPDATE ON activity
  WHEN (NEW.id, NEW.at, NEW.operator, NEW.action, NEW.campaign, NEW.seal) IS NOT
    (OLD.id, OLD.at, OLD.operator, OLD.action, OLD.campaign, OLD.seal) OR instr(NEW.detail, '(a phone, removed)') = 0 BEGIN
  SELECT RAISE(ABORT, 'the log of who did what is only added to');
END;
-- +goose StatementEnd

-- Campaigns of a vendor that turned out to be a part of one of ours: what was done with them was done with it.
CREATE TABLE absorbed (
  found INTEGER PRIMARY KEY,
  ours  INTEGER NOT NULL
) STRICT;
