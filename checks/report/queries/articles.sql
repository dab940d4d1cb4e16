-- One row: one version of one article, in the order of the other article queries.
SELECT
    article_id, page_id, url, outlet, source, title, author, published_at, published_from, fetched_at, language, text, captions,
    words, story_id, version, is_latest, copy_of, syndication_id
FROM articles
ORDER BY article_id
