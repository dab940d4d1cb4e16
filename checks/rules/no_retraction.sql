-- no_retraction: warning, over relations
-- One row: a number that an article withdraws, corrects or denies, and the number that stands instead.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'retraction'
