-- +goose Up

-- Replies in a state that read like opt-outs, which every change counts anew.
CREATE INDEX reply_stops ON reply (state, received_at, id) WHERE optout <> '';
