-- +goose Up

-- What a campaign was expected to cost when it was confirmed, for the comparison with what its vendor reports. NULL: not known.
ALTER TABLE campaign ADD COLUMN expected TEXT;
ALTER TABLE campaign ADD COLUMN expected_currency TEXT NOT NULL DEFAULT '';

-- Before when nobody more of a campaign leaves that is spread over its stretch from here.
ALTER TABLE campaign ADD COLUMN paced_until INTEGER NOT NULL DEFAULT 0;
