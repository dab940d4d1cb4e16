-- One row: one story of the batch at hand.
CREATE OR REPLACE TEMP TABLE at_hand AS SELECT unnest($stories::VARCHAR[]) AS story;
