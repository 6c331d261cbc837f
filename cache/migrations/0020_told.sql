-- +goose Up
-- What else a vendor says of its campaign, and whether its totals were counted here from the people
-- it names: what was counted never replaces what the vendor itself says.
ALTER TABLE campaign_ref ADD COLUMN told TEXT NOT NULL DEFAULT '';       -- JSON, model.Told
ALTER TABLE campaign_ref ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
