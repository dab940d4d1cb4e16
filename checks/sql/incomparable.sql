-- One row: one reason why figures of one story and measure were not held against each other, with the pairs it concerns.
WITH sums AS (
    SELECT coalesce(sum(pairs), 0) AS pairs, coalesce(sum(no_place), 0) AS no_place, coalesce(sum(no_class), 0) AS no_class,
        coalesce(sum(no_day), 0) AS no_day
    FROM core.related
)
SELECT 'incomparable_place_unknown' AS name, (pairs + no_place)::BIGINT AS pairs, no_place::BIGINT AS found,
    no_place::BIGINT || ' pairs of figures were not compared: no place is known of one of them' AS words
FROM sums
UNION ALL
SELECT 'incomparable_class_unknown', (pairs + no_class)::BIGINT, no_class::BIGINT,
    no_class::BIGINT || ' pairs of figures were not compared: it is unknown who or what one of them counts' FROM sums
UNION ALL
SELECT 'incomparable_day_unknown', (pairs + no_day)::BIGINT, no_day::BIGINT,
    no_day::BIGINT || ' pairs of different numbers contradict nothing: their days may or may not meet' FROM sums
