-- no_part_exceeds_whole: warning, over relations
-- One row: a part (by place, by class, or stated as one) that is greater than the whole it lies in.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'part_exceeds_whole'
