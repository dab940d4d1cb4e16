-- One row: one day of one kind of number of one story.
SELECT * FROM timeline ORDER BY story_id, measure, population NULLS FIRST, place NULLS FIRST, unit, as_of
