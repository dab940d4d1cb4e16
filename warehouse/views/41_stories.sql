-- One row: one story, which is one event and the articles that tell it.
CREATE VIEW stories AS
SELECT
    story_id,            -- Id of the story
    name,                -- Name for a reader
    tracker,             -- Tracker of the user that names the story; null = found by its words
    place,               -- Main place
    country,             -- Country of that place
    first_published_at,  -- When its first article was published
    last_published_at,   -- When its latest article was published
    articles,            -- How many pages tell it
    outlets              -- How many outlets tell it
FROM core.stories;
