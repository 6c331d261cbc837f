-- +goose Up

-- The reply that a session has open, so that colleagues see who is reading it; 0 for none. Cache.
ALTER TABLE presence ADD COLUMN reply INTEGER NOT NULL DEFAULT 0;
