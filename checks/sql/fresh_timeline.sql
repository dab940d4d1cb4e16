-- One row: one day of one kind of number of the stories at hand; a number's life ends where it is taken back.
CREATE OR REPLACE TEMP TABLE fresh_timeline AS
WITH taken_back AS (
    SELECT old.story, old.measure, old.unit, old.low, old.high, min(new.day_from) AS day
    FROM statements AS new JOIN statements AS old ON old.figure_id = new.corrects
    WHERE new.is_latest GROUP BY ALL
), living AS (
    SELECT
        s.*, s.day_from AS day, 
        -- "more than 2,000" says 2,001 at least: the number lies inside its own bounds.
        greatest(coalesce(s.low, 0), least(coalesce(s.value, s.likely_low, s.low, s.high), coalesce(s.high, s.value, s.likely_low, s.low))) AS number,
        CASE WHEN s.claimant IS NULL THEN 'narrator' WHEN s.claimant_kind IN ('official', 'medium') THEN s.claimant_kind ELSE 'named' END AS standing_of
    FROM scoped AS s
    WHERE s.is_exact_day AND NOT EXISTS (
        SELECT 1 FROM taken_back AS t
        WHERE t.story = s.story AND t.measure = s.measure AND t.unit = s.unit AND t.low IS NOT DISTINCT FROM s.low
            AND t.high IS NOT DISTINCT FROM s.high AND s.day_from >= t.day
    )
), ranked AS (
    SELECT *, list_position(['official', 'named', 'medium', 'narrator'], standing_of) AS placed FROM living
), newest AS (
    SELECT *, rank() OVER (PARTITION BY scope, day ORDER BY (value IS NULL)::INTEGER, placed, published_at DESC NULLS LAST) AS place_in_day
    FROM ranked
)
SELECT
    any_value(story) AS story_id, any_value(measure) AS measure, any_value(population) AS population, nullif(any_value(place), '') AS place,
    any_value(unit) AS unit, day AS as_of, least(min(coalesce(likely_low, low, number)), min(number) FILTER (place_in_day = 1)) AS low,
    min(number) FILTER (place_in_day = 1) AS best,
    greatest(max(likely_high), min(number) FILTER (place_in_day = 1)) AS high,
    CASE WHEN count(DISTINCT number) FILTER (place_in_day = 1) > 1 THEN 'conservative' ELSE min(standing_of) FILTER (place_in_day = 1) END AS best_rule,
    count(DISTINCT voice)::INTEGER AS voices,
    coalesce(list_sort(list(DISTINCT outlet) FILTER (outlet IS NOT NULL)), []) AS outlets, list_sort(list(figure_id)) AS figure_ids
FROM newest
GROUP BY scope, day;
