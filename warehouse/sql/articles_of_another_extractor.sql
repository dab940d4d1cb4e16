-- One row: one stored article that another extractor version read.
SELECT
    article_id, page_id, url, source, outlet, title, text, fetched_at, captions, author, published_at,
    published_from, modified_at, canonical_url, language, origin
FROM core.articles
WHERE extractor <> $1 AND article_id > $2
ORDER BY article_id
LIMIT $3;
