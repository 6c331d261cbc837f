-- +goose Up

-- Campaigns that people have put away: lists leave them out unless asked for them. Truth.
CREATE TABLE archived (
  campaign INTEGER PRIMARY KEY REFERENCES campaign (id),
  at       INTEGER NOT NULL,
  by       TEXT NOT NULL
) STRICT;

-- Replies that look like an opt-out are counted for every sender.
CREATE INDEX reply_complaint ON reply (campaign) WHERE optout <> '';
