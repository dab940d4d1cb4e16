-- One row: one spelling of one claimant; spellings of one body share the voice.
CREATE VIEW claimants AS
SELECT
    voice_id,  -- Id of the body or person
    name,      -- Its name as we show it
    spelling,  -- The name as an article spells it
    kind,      -- official body, named body, medium, ...
    evidence,  -- Why this spelling was joined to the name
    figures    -- How many figures carry this spelling
FROM core.claimants;
