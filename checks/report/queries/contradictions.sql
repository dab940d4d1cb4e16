-- One row: one open or confirmed contradiction, gravest and newest first.
SELECT
    contradictions.*, stories.name AS story_name,
    first_seen_at >= (SELECT coalesce(max(started_at), TIMESTAMPTZ '1970-01-01') FROM runs) AS is_new
FROM contradictions
LEFT JOIN stories USING (story_id)
ORDER BY
    CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, first_seen_at DESC, kind, relation_id
