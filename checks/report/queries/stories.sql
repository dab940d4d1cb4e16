-- One row: one story, the most contradicted first.
SELECT
    stories.*, count(contradictions.relation_id) AS contradictions
FROM stories
LEFT JOIN contradictions USING (story_id)
GROUP BY ALL
ORDER BY contradictions DESC, last_published_at DESC NULLS LAST, story_id
