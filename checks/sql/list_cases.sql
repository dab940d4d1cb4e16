-- One row: one contradiction with the given status, the gravest first, then the newest.
SELECT r.relation_id, r.kind, r.severity, r.status, s.name AS story, r.explanation, r.last_seen_at
FROM relations AS r
LEFT JOIN core.stories AS s USING (story_id)
WHERE r.severity IS NOT NULL AND r.status = $status AND ($story IS NULL OR s.story_id = $story OR s.name = $story)
ORDER BY list_position(['high', 'medium', 'low'], r.severity), r.as_of DESC NULLS LAST, r.relation_id
LIMIT $limit;
