-- One row: one number of one scope that two or more independent voices give.
WITH told AS (
    SELECT scope, value, arg_min(voice, n) AS voice, min(n) AS n, count(DISTINCT voice) AS voices
    FROM mentions WHERE value IS NOT NULL
    GROUP BY scope, value
    HAVING count(DISTINCT voice) >= 2
), sides AS (
    SELECT t.scope, t.value, t.n AS a_n, min(m.n) FILTER (m.voice <> t.voice) AS b_n,
        list(m.n ORDER BY m.n) FILTER (m.voice = t.voice) AS a_all, list(m.n ORDER BY m.n) FILTER (m.voice <> t.voice) AS b_all, any_value(t.voices) AS voices
    FROM told AS t JOIN mentions AS m USING (scope, value)
    GROUP BY t.scope, t.value, t.n
)
SELECT
    'agreement' AS kind, NULL AS severity, 'same_number' AS rule, s.story, s.measure, s.unit, s.population, s.place,
    coalesce(a.as_of, b.as_of) AS as_of, [a.n] AS a, [b.n] AS b, t.a_all, t.b_all, a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    t.voices || ' independent voices give ' || number_words(t.value) || ' ' || s.topic
        || ', first ' || a.told_by || ' (' || a.told_in || ')' AS explanation
FROM sides AS t
JOIN scopes AS s USING (scope)
JOIN statements AS a ON a.n = t.a_n
JOIN statements AS b ON b.n = t.b_n
