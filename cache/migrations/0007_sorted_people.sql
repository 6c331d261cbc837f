-- +goose Up

-- A campaign's people by status and by time: what they are filtered by and sorted by most, a million at once. Storing people takes a
-- quarter longer for it, and a page of them 1 ms instead of 600.
CREATE INDEX recipient_by_status ON recipient (campaign, status);
CREATE INDEX recipient_by_time ON recipient (campaign, updated_at);
