-- no_sum_mismatch: warning, over relations
-- One row: parts that share nobody, and a whole that their sum cannot be.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'sum_mismatch'
