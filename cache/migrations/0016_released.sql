-- +goose Up

-- A person has let the news of a kept callback be taken, whoever they are about.
ALTER TABLE callback ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
