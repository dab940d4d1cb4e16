-- One row: one kind of number whose best value changed between its last two days.
WITH ranked AS (
    SELECT
        *, lag(best) OVER series AS best_before, lag(as_of) OVER series AS as_of_before,
        row_number() OVER (PARTITION BY story_id, measure, population, place, unit ORDER BY as_of DESC) AS from_last
    FROM timeline
    WINDOW series AS (PARTITION BY story_id, measure, population, place, unit ORDER BY as_of)
), moved AS MATERIALIZED (
    SELECT ranked.*, row_number() OVER (ORDER BY story_id, measure, population, place, unit) AS moved_id
    FROM ranked
    WHERE from_last = 1 AND best_before IS NOT NULL AND best IS DISTINCT FROM best_before
), only_surpassed AS (
    -- "more than 300,000" behind 300,000 is 300,001 at least, which is no news of one more.
    SELECT DISTINCT m.moved_id
    FROM (SELECT moved_id, best, best_before, unnest(figure_ids) AS figure_id FROM moved) AS m
    JOIN figures AS f USING (figure_id)
    WHERE f.qualifier = 'more_than' AND f.value = m.best_before AND f.low = m.best
)
SELECT
    moved.* EXCLUDE (moved_id), stories.name AS story_name, best - best_before AS change
FROM moved
JOIN stories USING (story_id)
WHERE moved_id NOT IN (FROM only_surpassed)
ORDER BY as_of DESC, abs(best - best_before) DESC NULLS LAST, story_id, measure, population, place
LIMIT 60
