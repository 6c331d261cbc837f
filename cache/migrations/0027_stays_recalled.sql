-- +goose Up

-- What was recalled before the column was there stays recalled.
UPDATE campaign SET recalled = 1 WHERE ours = 1 AND state = 'cancelled';
