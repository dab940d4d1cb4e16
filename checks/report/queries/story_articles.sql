-- One row: one article of a story, latest version.
SELECT story_id, article_id, title, outlet, url, published_at, copy_of, syndication_id, version
FROM articles
WHERE is_latest AND story_id IS NOT NULL
ORDER BY story_id, published_at NULLS LAST, url
