-- One row: one contradiction that stands, flagged first at a moment or later, of a severity, story and days; the gravest first.
SELECT
    c.relation_id, c.kind, c.severity, coalesce(s.name, '') AS story, c.explanation, c.measure, c.place, c.as_of, c.first_seen_at,
    c.a_outlet, c.a_url, c.a_quote, c.a_low, c.a_high, a.sentence AS a_sentence,
    c.b_outlet, c.b_url, c.b_quote, c.b_low, c.b_high, b.sentence AS b_sentence
FROM contradictions AS c
LEFT JOIN stories AS s ON s.story_id = c.story_id
LEFT JOIN figures AS a ON a.figure_id = c.a_figure_ids[1]
LEFT JOIN figures AS b ON b.figure_id = c.b_figure_ids[1]
WHERE
    c.first_seen_at >= $since
    AND list_contains($severities, c.severity)
    AND contains(lower(coalesce(s.name, '')), lower($story))
    AND (CAST($first_day AS DATE) IS NULL OR c.as_of >= CAST($first_day AS DATE))
    AND (CAST($last_day AS DATE) IS NULL OR c.as_of <= CAST($last_day AS DATE))
ORDER BY CASE c.severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, s.name, c.kind, c.explanation, c.relation_id
