-- +goose Up

-- The newest campaign known when the batch was claimed: what a vendor shows of older ones is not this call. Truth.
ALTER TABLE batch ADD COLUMN known_before INTEGER NOT NULL DEFAULT 0;
CREATE INDEX campaign_by_name ON campaign (account, name);
