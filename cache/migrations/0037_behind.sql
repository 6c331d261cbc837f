-- +goose Up

-- How many changes the file lacked when it was first opened after an older one was put in its place; 0: none.
ALTER TABLE file ADD COLUMN behind INTEGER NOT NULL DEFAULT 0;
