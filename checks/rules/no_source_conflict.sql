-- no_source_conflict: warning, over relations
-- One row: two numbers for one thing on days that meet, too far apart to both be true, from two claimants or two articles.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'source_conflict'
