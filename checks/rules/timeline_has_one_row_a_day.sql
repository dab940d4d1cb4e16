-- timeline_has_one_row_a_day: critical, over timeline
-- One row: one day and kind of number that the time line tells twice.
SELECT story_id, measure, population, place, unit, as_of, count(*) AS rows
FROM timeline GROUP BY ALL HAVING count(*) > 1
