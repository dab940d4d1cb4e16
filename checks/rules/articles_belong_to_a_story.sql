-- articles_belong_to_a_story: critical, over articles
-- One row: one latest article whose story is not in the list of stories.
SELECT a.article_id, a.url, a.story_id
FROM articles AS a
ANTI JOIN core.stories AS s USING (story_id)
WHERE a.is_latest AND a.story_id IS NOT NULL
