-- +goose Up
-- Until when a person lets the lists of an account shrink: see replace. 0: they must not lose more than a few rows at once.
ALTER TABLE account ADD COLUMN believe_until INTEGER NOT NULL DEFAULT 0;
