-- One row: a count that grew from one day to a later one; each number is held against the next higher one alone.
WITH steps AS (
    SELECT bound AS l, lead(bound) OVER (
        PARTITION BY scope ORDER BY coalesce(likely_low, low, 0), coalesce(likely_high, high, 1e20), bound
    ) AS h
    FROM bounds WHERE NOT is_stock
)
SELECT
    'update' AS kind, NULL AS severity, CASE WHEN p.rises THEN 'higher_later' ELSE 'higher_so_later' END AS rule,
    s.story, s.measure, s.unit, s.population, s.place, b.as_of,
    [a.n] AS a, [b.n] AS b, [a.n] AS a_all, [b.n] AS b_all, a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    'The count of ' || s.topic || ' grew from '
        || a.amount || ' (' || a.printed_in || ') to '
        || b.amount || ' (' || b.printed_in || ')' AS explanation
FROM steps
JOIN pairs AS p ON p.l = steps.l AND p.h = steps.h
JOIN bounds AS l ON l.bound = p.l
JOIN bounds AS h ON h.bound = p.h
JOIN scopes AS s ON s.scope = p.scope
JOIN statements AS a ON a.n = l.first
JOIN statements AS b ON b.n = h.first
WHERE (p.rises OR NOT p.falls AND NOT p.has_days)
    AND (p.is_apart AND p.is_likely_apart OR l.high IS NULL AND h.low > l.low)
