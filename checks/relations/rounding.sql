-- One row: two numbers of one scope of which one is the other, rounded.
SELECT
    'rounding' AS kind, NULL AS severity, 'likely_bounds_meet' AS rule, s.story, s.measure, s.unit, s.population, s.place,
    coalesce(a.as_of, b.as_of) AS as_of, [a.n] AS a, [b.n] AS b, [a.n] AS a_all, [b.n] AS b_all,
    a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    amount_words(a.qualifier, a.value, a.low, a.high, a.quote) || ' (' || source_words(a.printed_by, a.as_of) || ') and '
        || amount_words(b.qualifier, b.value, b.low, b.high, b.quote) || ' (' || source_words(b.printed_by, b.as_of) || ') '
        || topic_words(s.measure, s.population, s.place, s.unit) || ' are one number, rounded' AS explanation
FROM pairs AS p
JOIN bounds AS l ON l.bound = p.l
JOIN bounds AS h ON h.bound = p.h
JOIN scopes AS s ON s.scope = p.scope
JOIN statements AS a ON a.n = l.first
JOIN statements AS b ON b.n = h.first
WHERE p.is_apart AND NOT p.is_likely_apart
