-- +goose Up

-- A single message that left from here is found by what its call gave when the vendor lists it as if it were a campaign.
CREATE INDEX batch_of_one ON batch (vendor_ref) WHERE size = 1 AND vendor_ref <> '';
