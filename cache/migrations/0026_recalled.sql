-- +goose Up

-- A person took it back: no call of it whose answer was lost is made again by itself. Truth.
ALTER TABLE campaign ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;
