-- no_internal_conflict: warning, over relations
-- One row: two numbers for one thing that cannot both be true, given by one article under one claimant or none.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'internal_conflict'
