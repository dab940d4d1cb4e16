-- One row: two numbers of one scope of which one is the other, rounded.
SELECT
    'rounding' AS kind, NULL AS severity, 'likely_bounds_meet' AS rule, s.story, s.measure, s.unit, s.population, s.place,
    coalesce(a.as_of, b.as_of) AS as_of, [a.n] AS a, [b.n] AS b, [a.n] AS a_all, [b.n] AS b_all,
    a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    a.amount || ' (' || a.printed_in || ') and '
        || b.amount || ' (' || b.printed_in || ') '
        || s.topic || ' are one number, rounded' AS explanation
FROM pairs AS p
JOIN bounds AS l ON l.bound = p.l
JOIN bounds AS h ON h.bound = p.h
JOIN scopes AS s ON s.scope = p.scope
JOIN statements AS a ON a.n = l.first
JOIN statements AS b ON b.n = h.first
WHERE p.is_apart AND NOT p.is_likely_apart
