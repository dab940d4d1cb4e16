-- One row: one version of an article of the stories at hand, without its text.
SELECT
    a.article_id, a.page_id, a.version, a.is_latest, a.outlet, a.url, a.title, a.published_at, a.syndication_id, b.story,
    s.place AS story_place
FROM core.articles AS a
JOIN batch AS b USING (page_id)
LEFT JOIN core.stories AS s ON s.story_id = b.story
