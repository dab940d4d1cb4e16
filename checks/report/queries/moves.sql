-- One row: one kind of number whose best value changed between its last two days.
WITH ranked AS (
    SELECT
        *, lag(best) OVER series AS best_before, lag(as_of) OVER series AS as_of_before,
        row_number() OVER (PARTITION BY story_id, measure, population, place, unit ORDER BY as_of DESC) AS from_last
    FROM timeline
    WINDOW series AS (PARTITION BY story_id, measure, population, place, unit ORDER BY as_of)
)
SELECT
    ranked.*, stories.name AS story_name, best - best_before AS change
FROM ranked
JOIN stories USING (story_id)
WHERE from_last = 1 AND best_before IS NOT NULL AND best IS DISTINCT FROM best_before
ORDER BY as_of DESC, abs(best - best_before) DESC NULLS LAST, story_id, measure, population, place
LIMIT 60
