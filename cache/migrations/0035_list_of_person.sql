-- +goose Up

-- The list at the vendor through which somebody was reached, as the vendor reports it: word.id. Cache.
ALTER TABLE recipient ADD COLUMN list INTEGER NOT NULL DEFAULT 0;
