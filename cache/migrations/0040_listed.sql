-- +goose Up
-- Whether the vendor's own list of campaigns had it when the list was last believed.
ALTER TABLE campaign_ref ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
