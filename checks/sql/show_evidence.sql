-- One row: one figure of the relation, side a first, in the order of publication.
SELECT f.figure_id, s.side, f.outlet, f.url, f.published_at, a.title, f.sentence, f.quote, f.low, f.high, f.measure, f.population, f.place,
    f.as_of, f.claimant
FROM (
    SELECT 'a' AS side, unnest(a_figure_ids) AS figure_id FROM core.relations WHERE relation_id = $relation
    UNION
    SELECT 'b', unnest(b_figure_ids) FROM core.relations WHERE relation_id = $relation
) AS s
JOIN figures AS f USING (figure_id)
JOIN core.articles AS a USING (article_id)
ORDER BY s.side, f.published_at NULLS LAST, f.url, f.field, f.char_start;
