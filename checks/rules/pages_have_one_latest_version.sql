-- pages_have_one_latest_version: critical, over articles
-- One row: one page that has no latest version, or more than one.
SELECT page_id, count(*) FILTER (is_latest) AS latest FROM articles GROUP BY page_id HAVING count(*) FILTER (is_latest) <> 1
