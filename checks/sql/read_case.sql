-- One row: one relation with its status and what was noted.
SELECT relation_id, kind, severity, status, explanation, note FROM relations WHERE relation_id = $relation;
