-- One row: one printed sentence of one contradiction that stands; the gravest first, side a before side b.
WITH sides AS (
    SELECT relation_id, 'a' AS side, unnest(a_figure_ids) AS figure_id FROM contradictions
    UNION ALL
    SELECT relation_id, 'b' AS side, unnest(b_figure_ids) AS figure_id FROM contradictions
)

SELECT
    c.relation_id, c.kind, c.severity, coalesce(s.name, '') AS story, c.explanation,
    coalesce(f.outlet, '') AS outlet, f.quote, f.sentence, f.url
FROM contradictions AS c
INNER JOIN sides AS p ON p.relation_id = c.relation_id
INNER JOIN figures AS f ON f.figure_id = p.figure_id
LEFT JOIN stories AS s ON s.story_id = c.story_id
ORDER BY
    CASE c.severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END,
    s.name, c.kind, c.explanation, c.relation_id, p.side, f.published_at, f.url, f.char_start
