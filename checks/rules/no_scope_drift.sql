-- no_scope_drift: warning, over relations
-- One row: one number that one claimant is said to have given on one day, for two classes or places that share nobody.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'scope_drift'
