-- +goose Up

-- Campaigns that went to the staff only. They stand in no list and no figure.
ALTER TABLE campaign ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
