-- One row: one version of a page that has several.
SELECT page_id, article_id, version, is_latest, title, text, fetched_at
FROM articles
WHERE page_id IN (SELECT page_id FROM articles GROUP BY page_id HAVING count(*) > 1)
ORDER BY page_id, version
