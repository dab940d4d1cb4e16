-- Figures of the stories at hand speak with their claimant's voice, else with that of the syndicated text they stand in.
CREATE OR REPLACE TEMP TABLE spoken AS
SELECT f.figure_id, coalesce(v.voice_id, a.syndication_id, a.article_id) AS voice_id
FROM core.figures AS f
JOIN (FROM core.articles JOIN batch USING (page_id)) AS a USING (article_id)
LEFT JOIN voices AS v ON v.story = a.story AND v.claimant = f.claimant
WHERE f.voice_id IS DISTINCT FROM coalesce(v.voice_id, a.syndication_id, a.article_id);

UPDATE core.figures AS f SET voice_id = s.voice_id FROM spoken AS s WHERE s.figure_id = f.figure_id;

MERGE INTO core.claimants AS c
USING (SELECT voice_id, claimant AS spelling, min(name) AS name, min(evidence) AS evidence FROM voices GROUP BY voice_id, claimant) AS v
ON c.voice_id = v.voice_id AND c.spelling = v.spelling
WHEN MATCHED THEN UPDATE SET name = v.name, evidence = v.evidence
WHEN NOT MATCHED THEN INSERT (voice_id, name, spelling, evidence, figures) VALUES (v.voice_id, v.name, v.spelling, v.evidence, 0);

DROP TABLE spoken;

DROP TABLE voices;
