-- One row: a count that can only grow, and a lower one of a later day.
WITH falling AS (
    SELECT p.scope, p.l, p.h, p.rises, hb.soonest
    FROM pairs AS p
    JOIN bounds AS hb ON hb.bound = p.h
    WHERE p.falls AND p.is_apart AND p.is_likely_apart AND NOT p.is_stock AND p.share >= least_share()
), later AS (
    SELECT f.scope, f.l, f.h, any_value(f.rises) AS rises, min(m.day_from) AS first_day, max(m.day_from) AS last_day,
        arg_min(m.n, (m.day_from, m.n)) AS n, list(DISTINCT m.n) AS ns, max(m.published_at) AS last_at, bool_or(m.published_at IS NULL) AS is_open
    FROM falling AS f
    JOIN bounds AS hb ON hb.bound = f.h
    JOIN mentions AS m ON m.bound = f.l AND m.day_from > f.soonest
    -- An article that also gives a number as high contradicts itself, not the older report.
    JOIN statements AS s ON s.n = m.n
    WHERE NOT looks_back(s.sentence) AND NOT m.is_one_site AND NOT EXISTS (
        SELECT 1 FROM mentions AS own
        WHERE own.article_id = m.article_id AND own.scope = m.scope AND own.day_to >= m.day_from
            AND (own.high IS NULL OR own.high >= hb.low) AND own.low > m.high
    )
    GROUP BY f.scope, f.l, f.h
), earlier AS (
    SELECT t.scope, t.l, t.h, arg_max(m.n, (m.day_to, -m.n)) FILTER (m.day_to < t.first_day) AS n, list(DISTINCT m.n) AS ns
    -- What was printed later knows of no earlier count, though it may name the day of the event.
    FROM later AS t
    JOIN mentions AS m ON m.bound = t.h AND m.day_to < t.last_day AND (t.is_open OR m.published_at IS NULL OR m.published_at <= t.last_at)
    GROUP BY t.scope, t.l, t.h
)
SELECT
    'decrease' AS kind,
    step_down('medium', (a.is_place_doubtful <> b.is_place_doubtful)::INTEGER + (t.rises OR a.day_from <> a.day_to OR b.day_from <> b.day_to)::INTEGER) AS severity,
    CASE WHEN t.rises THEN 'older_number_again' ELSE 'lower_later' END AS rule,
    s.story, s.measure, s.unit, s.population, s.place, b.as_of,
    [a.n] AS a, [b.n] AS b, e.ns AS a_all, t.ns AS b_all, a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    'The count of ' || s.topic || ' goes down: '
        || a.amount || ' by ' || a.told_by
        || ' (' || a.told_in || '), later '
        || b.amount || ' by ' || b.told_by
        || ' (' || b.told_in || ')' AS explanation
FROM later AS t
JOIN earlier AS e USING (scope, l, h)
JOIN scopes AS s USING (scope)
JOIN statements AS a ON a.n = e.n
JOIN statements AS b ON b.n = t.n
