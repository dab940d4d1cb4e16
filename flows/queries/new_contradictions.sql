-- One row: one contradiction that was flagged for the first time since a moment and still stands; the gravest first.
SELECT
    c.relation_id, c.kind, c.severity, coalesce(s.name, '') AS story, c.explanation,
    coalesce(c.a_quote, '') AS a_quote, coalesce(c.a_url, '') AS a_url, coalesce(c.b_quote, '') AS b_quote, coalesce(c.b_url, '') AS b_url
FROM contradictions AS c LEFT JOIN stories AS s ON s.story_id = c.story_id
WHERE c.first_seen_at >= $since
ORDER BY CASE c.severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, c.relation_id
