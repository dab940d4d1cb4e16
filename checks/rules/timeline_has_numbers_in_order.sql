-- timeline_has_numbers_in_order: critical, over timeline
-- One row: one day of the time line whose best number is outside its lowest and highest.
SELECT story_id, measure, population, place, as_of, low, best, high
FROM timeline
WHERE low > best OR best > high OR best IS NULL
