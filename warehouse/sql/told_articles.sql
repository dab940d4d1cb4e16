-- One row: one article as it tells its story.
SELECT article_id, title, left(text, $characters) AS text, url
FROM core.articles
WHERE article_id IN (SELECT unnest($articles));
