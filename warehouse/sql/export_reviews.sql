-- One row: one relation on which a person gave a verdict, standing or closed.
SELECT relation_id, kind, explanation, figure_ids, verdict, reviewed_by, reviewed_at, note
FROM relations
WHERE verdict IN ('confirmed', 'dismissed')
ORDER BY relation_id;
