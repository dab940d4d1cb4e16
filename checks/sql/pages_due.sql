-- One row: one page of a story that is due.
CREATE OR REPLACE TEMP TABLE pages_due AS
WITH pages AS (
    SELECT page_id, coalesce(any_value(story_id) FILTER (is_latest), 'article:' || any_value(article_id) FILTER (is_latest)) AS story
    FROM core.articles GROUP BY page_id
)
SELECT p.page_id, p.story FROM pages AS p SEMI JOIN due AS d USING (story);
