-- One row: parts that share nobody, and a whole that their sum cannot be.
WITH wrong AS (
    SELECT
        w.*, w.sum_low > w.high AS is_above
    FROM sum_wholes AS w
    WHERE w.rule = 'parts' AND apart(w.sum_likely_low, w.sum_likely_high, w.likely_low, w.likely_high)
        AND (
            w.sum_low > w.high AND (w.is_one_article AND w.is_same_day OR w.is_sum_earlier AND NOT w.is_stock)
            OR w.sum_high < w.low AND w.is_complete AND w.is_same_scope AND w.is_one_article AND w.is_same_day
        )
), told AS (
    SELECT sum_id, scope, low, high, any_value(ns) AS ns, any_value(words) AS words, any_value(sum_low) AS sum_low, any_value(sum_high) AS sum_high,
        min(whole_n) AS whole_n, list(DISTINCT whole_n) AS b_all, bool_or(is_above) AS is_above
    FROM wrong GROUP BY sum_id, scope, low, high
)
SELECT
    'sum_mismatch' AS kind, 'medium' AS severity, CASE WHEN t.is_above THEN 'parts_above_whole' ELSE 'complete_parts_below_whole' END AS rule,
    s.story, s.measure, s.unit, s.population, s.place, coalesce(b.as_of, a.as_of) AS as_of,
    t.ns AS a, [t.whole_n] AS b, t.ns AS a_all, t.b_all, t.sum_low AS a_low, t.sum_high AS a_high, t.low AS b_low, t.high AS b_high,
    t.words || ' ' || topic_words(s.measure, NULL, s.place, s.unit) || ' make ' || number_words(coalesce(t.sum_high, t.sum_low))
        || ' by ' || a.told_by || ' (' || a.told_in || '); ' || b.told_by || agreeing(b.claimant, ' says ', ' say ')
        || b.amount || ' (' || b.told_in || ')' AS explanation
FROM told AS t
JOIN scopes AS s USING (scope)
JOIN statements AS a ON a.n = t.ns[1]
JOIN statements AS b ON b.n = t.whole_n
