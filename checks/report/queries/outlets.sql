-- One row: one outlet, with what it printed and how often it changed a number in silence.
WITH revised AS (
    SELECT a_outlet AS outlet, count(*) AS revisions FROM relations WHERE kind = 'revision' GROUP BY a_outlet
),
contradicted AS (
    SELECT outlet, count(DISTINCT relation_id) AS contradictions
    FROM (SELECT a_outlet AS outlet, relation_id FROM contradictions UNION ALL SELECT b_outlet, relation_id FROM contradictions)
    GROUP BY outlet
),
printed AS (
    SELECT
        outlet, count(*) FILTER (WHERE is_latest) AS articles, count(*) FILTER (WHERE copy_of IS NOT NULL AND is_latest) AS copies,
        max(published_at) AS last_published_at
    FROM articles
    WHERE outlet IS NOT NULL
    GROUP BY outlet
),
counted AS (SELECT outlet, count(*) AS figures FROM figures WHERE is_latest AND trackable GROUP BY outlet)
SELECT
    printed.*, coalesce(figures, 0) AS figures, coalesce(revisions, 0) AS revisions, coalesce(contradictions, 0) AS contradictions
FROM printed
LEFT JOIN revised USING (outlet)
LEFT JOIN contradicted USING (outlet)
LEFT JOIN counted USING (outlet)
ORDER BY outlet
