-- no_decrease: warning, over relations
-- One row: a count that can only grow, and a lower one of a later day.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'decrease'
