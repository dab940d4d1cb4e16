-- relations_rest_on_figures: critical, over relations
-- One row: one relation that holds and names a figure that is not there, or names none on one of its sides.
SELECT r.relation_id, r.kind, count(*) - count(f.figure_id) AS missing
FROM (
    SELECT relation_id, kind, unnest(figure_ids) AS figure_id FROM core.relations WHERE is_current AND len(a_figure_ids) > 0 AND len(b_figure_ids) > 0
    UNION ALL
    SELECT relation_id, kind, NULL FROM core.relations WHERE is_current AND (len(a_figure_ids) = 0 OR len(b_figure_ids) = 0)
) AS r
LEFT JOIN core.figures AS f USING (figure_id)
GROUP BY r.relation_id, r.kind
HAVING count(f.figure_id) < count(*)
