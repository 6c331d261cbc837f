-- +goose Up

-- Whether a campaign found at the vendor sends SMS for messages that do not arrive, as the vendor tells: none, asked, '' not told.
ALTER TABLE campaign ADD COLUMN sms TEXT NOT NULL DEFAULT '';
