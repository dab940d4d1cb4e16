-- One row: one page of the stories at hand.
CREATE OR REPLACE TEMP TABLE batch AS
WITH pages AS (
    SELECT page_id, coalesce(any_value(story_id) FILTER (is_latest), 'article:' || any_value(article_id) FILTER (is_latest)) AS story
    FROM core.articles GROUP BY page_id
)
SELECT p.page_id, p.story FROM pages AS p SEMI JOIN at_hand AS h USING (story);
