-- Who repeats whom, for all articles; only what changes is written.
UPDATE core.articles AS a SET copy_of = c.copy_of, syndication_id = c.syndication_id
FROM (
    SELECT o.article_id, i.copy_of, i.syndication_id
    FROM core.articles AS o LEFT JOIN incoming_copies AS i ON i.article_id = o.article_id
) AS c
WHERE
    c.article_id = a.article_id
    AND (a.copy_of IS DISTINCT FROM c.copy_of OR a.syndication_id IS DISTINCT FROM c.syndication_id);

UPDATE core.articles AS a SET signature = s.signature
FROM incoming_signatures AS s
WHERE s.article_id = a.article_id AND a.signature IS DISTINCT FROM s.signature;
