-- One row: one story at hand with figures, and what of it was compared and what could not be; pairs are counted, not listed.
CREATE OR REPLACE TEMP TABLE fresh_counts AS
WITH kinds AS (
    SELECT story, measure, unit, count(*) AS n, count(*) FILTER (place IS NULL) AS unplaced,
        count(*) FILTER (place IS NOT NULL AND population IS NULL) AS unclassed
    FROM standing GROUP BY story, measure, unit
), unknown AS (
    SELECT
        story, sum(n) AS figures,
        sum(n * (n - 1) / 2 - (n - unplaced) * (n - unplaced - 1) / 2) AS no_place,
        sum((n - unplaced) * (n - unplaced - 1) / 2 - (n - unplaced - unclassed) * (n - unplaced - unclassed - 1) / 2) AS no_class
    FROM kinds GROUP BY story
), compared AS (
    SELECT story, sum(in_scope * (in_scope - 1) / 2) AS pairs,
        sum(in_scope * (in_scope - 1) / 2 - kept * (kept - 1) / 2) AS beyond_cap
    FROM (SELECT scope, any_value(in_scope) AS in_scope, count(*) AS kept FROM bounds GROUP BY scope) JOIN scopes USING (scope)
    GROUP BY story
), undated AS (
    SELECT story, count(*) AS no_day
    FROM pairs JOIN scopes USING (scope)
    WHERE is_apart AND is_likely_apart AND NOT rises AND NOT falls AND NOT has_days
    GROUP BY story
), comparables AS (
    SELECT story, count(*) AS comparable FROM scoped GROUP BY story
)
SELECT
    story, u.figures::BIGINT AS figures, coalesce(s.comparable, 0)::BIGINT AS comparable, coalesce(c.pairs, 0)::BIGINT AS pairs,
    u.no_place::BIGINT AS no_place, u.no_class::BIGINT AS no_class, coalesce(w.no_day, 0)::BIGINT AS no_day,
    coalesce(c.beyond_cap, 0)::BIGINT AS beyond_cap
FROM unknown AS u
LEFT JOIN compared AS c USING (story)
LEFT JOIN undated AS w USING (story)
LEFT JOIN comparables AS s USING (story);
