-- relations_stay_in_one_story: critical, over relations
-- One row: one relation that holds figures of one story against figures of another.
SELECT r.relation_id, r.kind, list(DISTINCT a.story_id) AS stories
FROM (SELECT relation_id, kind, unnest(figure_ids) AS figure_id FROM core.relations WHERE is_current AND kind <> 'revision') AS r
JOIN core.figures AS f USING (figure_id)
JOIN core.articles AS a USING (article_id)
GROUP BY r.relation_id, r.kind
HAVING count(DISTINCT coalesce(a.story_id, a.article_id)) > 1
