-- One row: one incoming article that is new, or that a newer extractor has read again; was_there tells which.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT i.article_id, a.article_id IS NOT NULL AS was_there
FROM incoming_articles AS i
LEFT JOIN core.articles AS a ON a.article_id = i.article_id
WHERE a.article_id IS NULL OR a.extractor <> i.extractor;
