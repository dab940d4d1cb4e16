-- One row: one spelling of one claimant in one story at hand.
CREATE OR REPLACE TEMP TABLE voices (story VARCHAR, claimant VARCHAR, voice_id VARCHAR, name VARCHAR, evidence VARCHAR);
