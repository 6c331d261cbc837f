-- +goose Up

-- A step of undo that took several transactions has a row for each; all but the first name the first. Truth.
ALTER TABLE journal ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
