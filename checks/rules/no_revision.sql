-- no_revision: warning, over relations
-- One row: a number that one page printed first, and the one that now stands in the same words of the same page.
SELECT relation_id, story_id, severity, explanation FROM contradictions WHERE kind = 'revision'
