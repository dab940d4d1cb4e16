-- One row: one number that one claimant is said to have given on one day, for two classes or places that share nobody.
WITH told AS (
    SELECT s.scope, s.story, s.measure, s.unit, s.population, s.place, s.voice, s.value, s.day_from AS day,
        s.stated, min(s.n) AS n, list(s.n ORDER BY s.n) AS ns, list(s.article_id) AS articles
    FROM scoped AS s
    WHERE s.is_exact_day AND s.claimant IS NOT NULL AND s.qualifier = 'exact' AND s.value >= 10 AND NOT s.is_inherited AND s.place <> ''
    GROUP BY s.scope, s.story, s.measure, s.unit, s.population, s.stated, s.place, s.voice, s.value, s.day_from
), drifted AS (
    SELECT one.n AS a_n, other.n AS b_n, one.ns AS a_all, other.ns AS b_all, one.day, one.population <> other.population AS is_by_class,
        EXISTS (
            SELECT 1 FROM place_tree AS t
            WHERE t.depth > 0 AND (t.place = one.place AND t.ancestor = other.place OR t.place = other.place AND t.ancestor = one.place)
        ) AS is_inside
    FROM told AS one
    JOIN told AS other USING (story, measure, unit, voice, value, day)
    WHERE one.n < other.n AND NOT list_has_any(one.articles, other.articles)
        AND (
            one.place = other.place AND EXISTS (
                SELECT 1 FROM population_disjoint AS d WHERE d.a = one.stated AND d.b = other.stated)
            OR one.population = other.population AND one.place <> other.place
        )
)
SELECT
    'scope_drift' AS kind, step_down('medium', d.is_inside::INTEGER) AS severity, CASE WHEN d.is_by_class THEN 'other_class' ELSE 'other_place' END AS rule,
    a.story, a.measure, a.unit, a.population, a.place, d.day AS as_of, [a.n] AS a, [b.n] AS b, d.a_all, d.b_all,
    a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    number_words(a.value) || ' by ' || a.claimant || ' on ' || day_words(d.day) || ' stands for '
        || topic_words(a.measure, coalesce(nullif(a.population, 'people'), a.counted, 'people'), a.place, a.unit)
        || ' at ' || a.printed_by || ' and for '
        || topic_words(b.measure, coalesce(nullif(b.population, 'people'), b.counted, 'people'), b.place, b.unit)
        || ' at ' || b.printed_by AS explanation
FROM drifted AS d
JOIN statements AS a ON a.n = d.a_n
JOIN statements AS b ON b.n = d.b_n
-- The dead of a city are the dead of its country too; soldiers or marchers stand in one or across the other.
WHERE NOT d.is_inside OR a.measure IN ('deployed', 'withdrawn', 'protesters', 'detained')
