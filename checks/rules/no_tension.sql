-- no_tension: warning, over relations
-- One row: two numbers that can both be true to the letter but are not likely to be, or a number still cited after it was withdrawn.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'tension'
