-- One row: two numbers for one thing that cannot both be true, given by one article under one claimant or none.
WITH told AS (
    SELECT scope, l, h, min([l_n, h_n]) AS witness, min(steps) AS steps, list(DISTINCT l_n) AS a_all, list(DISTINCT h_n) AS b_all,
        count(DISTINCT article_id) AS articles
    FROM article_pairs WHERE is_one_voice
    GROUP BY scope, l, h
)
SELECT
    'internal_conflict' AS kind, step_down('high', t.steps) AS severity,
    CASE WHEN a.field <> b.field THEN a.field || '_against_' || b.field ELSE 'same_article' END AS rule,
    s.story, s.measure, s.unit, s.population, s.place, coalesce(a.as_of, b.as_of) AS as_of,
    [a.n] AS a, [b.n] AS b, t.a_all, t.b_all, a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    a.printed_in || ' gives two numbers ' || s.topic || ': '
        || a.amount || CASE a.field WHEN 'title' THEN ' in the headline' WHEN 'caption' THEN ' in a caption' ELSE '' END
        || ' and ' || b.amount
        || CASE b.field WHEN 'title' THEN ' in the headline' WHEN 'caption' THEN ' in a caption' ELSE '' END AS explanation
FROM told AS t
JOIN scopes AS s USING (scope)
JOIN statements AS a ON a.n = t.witness[1]
JOIN statements AS b ON b.n = t.witness[2]
