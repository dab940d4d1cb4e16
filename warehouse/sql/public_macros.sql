CREATE OR REPLACE MACRO contradictions_of(story) AS TABLE
SELECT *
FROM contradictions AS c
WHERE c.story_id = story OR c.story_id IN (SELECT s.story_id FROM stories AS s WHERE s.name = story)
ORDER BY CASE c.severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, c.as_of DESC NULLS LAST, c.relation_id;
COMMENT ON MACRO TABLE contradictions_of IS 'The contradictions of one story, given by id or name, gravest first';

CREATE OR REPLACE MACRO timeline_of(story, measure_name) AS TABLE
SELECT *
FROM timeline AS t
WHERE
    t.measure = measure_name
    AND (t.story_id = story OR t.story_id IN (SELECT s.story_id FROM stories AS s WHERE s.name = story))
ORDER BY t.population NULLS FIRST, t.place NULLS FIRST, t.unit NULLS FIRST, t.as_of;
COMMENT ON MACRO TABLE timeline_of IS 'How one measure of one story moved; the story is given by id or name';

CREATE OR REPLACE MACRO evidence(figure) AS TABLE
SELECT f.figure_id, f.outlet, f.title, f.url, f.published_at, f.field, f.sentence, f.quote, f.value, f.low, f.high, f.unit,
    f.measure, f.population, f.place, f.as_of, f.claimant, f.rule
FROM (SELECT figures.*, articles.title FROM figures JOIN articles USING (article_id)) AS f
WHERE f.figure_id = figure;
COMMENT ON MACRO TABLE evidence IS 'Where one figure stands: outlet, headline, sentence and quote';
