-- +goose Up

-- Answers prepared in the program for everybody: truth. Those of the configuration stand only there.
CREATE TABLE prepared (
  fold     TEXT PRIMARY KEY, -- the name without case
  name     TEXT NOT NULL,
  text     TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  labels   TEXT NOT NULL DEFAULT '', -- JSON array
  by       TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How often a prepared answer was used: with each campaign (label ''), with each label (campaign 0), and at all (both empty).
CREATE TABLE prepared_use (
  fold     TEXT NOT NULL,
  campaign INTEGER NOT NULL,
  label    TEXT NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (fold, campaign, label)
) STRICT, WITHOUT ROWID;

-- The template columns of people who got a personal message: the thread of a reply shows what the person read, and an answer
-- calls the person by name. They go when the person opts out or is removed by retention.
CREATE TABLE sent_vars (
  campaign INTEGER NOT NULL,
  who      INTEGER NOT NULL,
  vars     TEXT NOT NULL, -- JSON object
  PRIMARY KEY (campaign, who)
) STRICT, WITHOUT ROWID;

DROP TRIGGER recipient_reached;
-- +goose StatementBegin
CREATE TRIGGER recipient_reached AFTER UPDATE OF status ON recipient
  WHEN NEW.status IN (6, 7, 8, 14) AND OLD.status <> NEW.status BEGIN
  INSERT INTO sent_vars SELECT campaign, who, vars FROM recipient_vars
    WHERE campaign = NEW.campaign AND who = NEW.who AND NEW.status <> 14 ON CONFLICT DO NOTHING;
  DELETE FROM recipient_vars WHERE campaign = NEW.campaign AND who = NEW.who;
  DELETE FROM sent_vars WHERE campaign = NEW.campaign AND who = NEW.who AND NEW.status = 14;
END;
-- +goose StatementEnd
