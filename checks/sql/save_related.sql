-- What the stories at hand were related with, and how much of it could be compared.
DELETE FROM core.related WHERE story_id IN (SELECT story FROM at_hand);

INSERT INTO core.related BY NAME
SELECT
    d.story AS story_id, d.fingerprint, coalesce(c.figures, 0) AS figures, coalesce(c.comparable, 0) AS comparable, coalesce(c.pairs, 0) AS pairs,
    coalesce(c.no_place, 0) AS no_place, coalesce(c.no_class, 0) AS no_class, coalesce(c.no_day, 0) AS no_day, coalesce(c.beyond_cap, 0) AS beyond_cap
FROM due AS d
SEMI JOIN at_hand AS h USING (story)
LEFT JOIN fresh_counts AS c USING (story)
WHERE NOT d.is_gone;
