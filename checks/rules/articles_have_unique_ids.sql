-- articles_have_unique_ids: critical, over articles
-- One row: one article_id that two versions of articles carry.
SELECT article_id, count(*) AS versions FROM articles GROUP BY article_id HAVING count(*) > 1
