-- One row: one figure that takes part in an open or confirmed contradiction, with its side.
WITH sides AS (
    SELECT relation_id, 'a' AS side, unnest(a_figure_ids) AS figure_id FROM contradictions
    UNION ALL
    SELECT relation_id, 'b', unnest(b_figure_ids) FROM contradictions
)
SELECT
    sides.relation_id, sides.side, figures.figure_id, figures.article_id, figures.outlet, figures.url, figures.published_at,
    figures.claimant, figures.sentence, figures.quote, figures.field, figures.low, figures.high, figures.as_of
FROM sides
JOIN figures USING (figure_id)
ORDER BY sides.relation_id, sides.side, figures.published_at NULLS LAST, figures.url, figures.char_start
