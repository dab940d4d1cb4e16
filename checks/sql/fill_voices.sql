-- One row: one spelling of one claimant in one story, and the voice it belongs to.
INSERT INTO voices
SELECT unnest($story::VARCHAR[]), unnest($claimant::VARCHAR[]), unnest($voice::VARCHAR[]), unnest($name::VARCHAR[]), unnest($evidence::VARCHAR[]);
