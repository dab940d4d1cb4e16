-- Articles into their stories; only what changes is written.
UPDATE core.articles AS a SET story_id = m.story_id
FROM incoming_members AS m
WHERE m.article_id = a.article_id AND a.story_id IS DISTINCT FROM m.story_id;

-- Stories as their articles now make them: pages and outlets by the latest versions.
CREATE OR REPLACE TEMP TABLE told AS
SELECT
    a.story_id,
    min(a.published_at) AS first_published_at, max(a.published_at) AS last_published_at,
    count(DISTINCT a.page_id)::INTEGER AS articles, count(DISTINCT a.outlet)::INTEGER AS outlets
FROM core.articles AS a WHERE a.story_id IS NOT NULL GROUP BY a.story_id;

MERGE INTO core.stories AS s
USING (
    SELECT
        t.story_id, coalesce(i.name, o.name) AS name,
        CASE WHEN i.story_id IS NULL THEN o.tracker ELSE i.tracker END AS tracker,
        CASE WHEN i.story_id IS NULL THEN o.place ELSE i.place END AS place,
        CASE WHEN i.story_id IS NULL THEN o.country ELSE i.country END AS country,
        t.first_published_at, t.last_published_at, t.articles, t.outlets,
        CASE WHEN i.story_id IS NULL THEN o.named_from ELSE i.named_from END AS named_from
    FROM told AS t
    LEFT JOIN incoming_stories AS i ON i.story_id = t.story_id
    LEFT JOIN core.stories AS o ON o.story_id = t.story_id
    WHERE coalesce(i.name, o.name) IS NOT NULL
) AS n
ON s.story_id = n.story_id
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED BY TARGET THEN INSERT
WHEN NOT MATCHED BY SOURCE THEN DELETE;
