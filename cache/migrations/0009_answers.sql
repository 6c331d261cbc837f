-- +goose Up

-- The reply that a campaign of one person answers; 0 for none. Truth: it decides whether a reply may be answered again.
ALTER TABLE campaign ADD COLUMN answer_to INTEGER NOT NULL DEFAULT 0;
CREATE INDEX campaign_answers ON campaign (answer_to) WHERE answer_to > 0;

-- What an operator has to be told that somebody else, or the program, did to their work. Truth until it was read.
CREATE TABLE notice (
	id       INTEGER PRIMARY KEY,
	operator TEXT NOT NULL,
	at       INTEGER NOT NULL, -- milliseconds
	text     TEXT NOT NULL
);
CREATE INDEX notice_of ON notice (operator, id);

-- When a vendor may be told of a change of the blacklist: until then it can be taken back without a trace there. In milliseconds.
ALTER TABLE block_push ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
