-- One row: two numbers that can both be true to the letter but are not likely to be, or a number still cited after it was withdrawn.
WITH strained AS (
    SELECT p.scope, p.l, p.h
    FROM pairs AS p
    JOIN bounds AS lb ON lb.bound = p.l
    JOIN bounds AS hb ON hb.bound = p.h
    WHERE NOT p.is_apart AND p.is_likely_apart AND CASE WHEN p.is_stock THEN p.may_meet ELSE p.is_low_still_said END
    -- One loose word strains against every number of a story: the number most spoken of stands for them.
    QUALIFY row_number() OVER (PARTITION BY p.l ORDER BY hb.voices DESC, hb.mentions DESC, hb.first) = 1
        AND row_number() OVER (PARTITION BY p.h ORDER BY lb.voices DESC, lb.mentions DESC, lb.first) = 1
), told AS (
    SELECT scope, [lb.first] AS a, [hb.first] AS b, 'likely_bounds_apart' AS rule, NULL AS words,
        NULL::DECIMAL(28, 6) AS sum_low, NULL::DECIMAL(28, 6) AS sum_high
    FROM strained
    JOIN bounds AS lb USING (scope)
    JOIN bounds AS hb USING (scope)
    WHERE lb.bound = strained.l AND hb.bound = strained.h
    UNION ALL
    SELECT w.scope, any_value(w.ns), [min(w.whole_n)], 'sum_of_parts', any_value(w.words), any_value(w.sum_low), any_value(w.sum_high)
    FROM sum_wholes AS w
    WHERE w.sum_likely_low > w.likely_high AND NOT w.is_whole_earlier
        AND (w.rule = 'more' OR NOT apart(w.sum_low, w.sum_high, w.low, w.high))
    GROUP BY w.sum_id, w.scope, w.low, w.high
    UNION ALL
    SELECT again.scope, [min(again.n)], [min(new.n)], 'cited_after_its_retraction', NULL, NULL, NULL
    FROM statements AS new
    JOIN statements AS old ON old.figure_id = new.corrects
    JOIN scoped AS again
        ON again.story = old.story AND again.measure = old.measure AND again.unit = old.unit
        AND again.low IS NOT DISTINCT FROM old.low AND again.high IS NOT DISTINCT FROM old.high
        AND again.population IS NOT DISTINCT FROM new.population
    WHERE new.is_latest AND again.article_id <> new.article_id AND again.day_from > new.day_to AND apart(old.low, old.high, new.low, new.high)
    GROUP BY again.scope, again.low, again.high, new.low, new.high
)
SELECT
    'tension' AS kind, 'low' AS severity, t.rule, s.story, s.measure, s.unit, s.population, s.place, coalesce(b.as_of, a.as_of) AS as_of,
    t.a, t.b, t.a AS a_all, t.b AS b_all,
    coalesce(t.sum_low, a.low) AS a_low, CASE WHEN t.words IS NULL THEN a.high ELSE t.sum_high END AS a_high, b.low AS b_low, b.high AS b_high,
    CASE
        WHEN t.rule = 'cited_after_its_retraction' THEN
            a.printed_in || ' still gives ' || a.amount || ' '
            || s.topic || ', which was withdrawn for '
            || b.amount || ' (' || b.printed_in || ')'
        ELSE
            coalesce(t.words, a.amount) || ' ' || s.topic
            || ' by ' || a.told_by || ' (' || a.told_in || ') sits uneasily beside '
            || b.amount || ' by ' || b.told_by
            || ' (' || b.told_in || ')'
    END AS explanation
FROM told AS t
JOIN scopes AS s USING (scope)
JOIN statements AS a ON a.n = t.a[1]
JOIN statements AS b ON b.n = t.b[1]
