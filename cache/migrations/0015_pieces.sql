-- +goose Up

-- Campaigns that were recalled and whose people are still being taken back, in pieces. Nobody of them leaves meanwhile.
CREATE TABLE recalling (
  campaign INTEGER PRIMARY KEY
) STRICT;

-- A campaign of a vendor that turned out to be a part of one of ours: its row is gone at once, its people follow in pieces as
-- those of a campaign that was given up, and what belongs to it goes to ours.
ALTER TABLE preparing ADD COLUMN absorbed_by INTEGER NOT NULL DEFAULT 0;
