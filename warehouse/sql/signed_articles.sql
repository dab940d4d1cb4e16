-- One row: the latest version of one page with the signature of its text, which is null until it was made.
SELECT article_id, signature, url, published_at, CASE WHEN signature IS NULL THEN text END AS unsigned_text
FROM core.articles
WHERE is_latest
ORDER BY article_id;
