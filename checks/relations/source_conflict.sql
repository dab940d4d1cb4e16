-- One row: two numbers for one thing on days that meet, too far apart to both be true, from two claimants or two articles.
WITH meeting AS (
    SELECT
        p.scope, p.l, p.h, p.is_stock, p.share, l.day, l.ns AS l_ns, h.ns AS h_ns,
        l.one_article <> l.other_article OR h.one_article <> h.other_article OR l.one_article <> h.one_article AS has_two_articles,
        coalesce(l.one_voice <> h.other_voice OR l.other_voice <> h.one_voice, false) AS has_two_bodies,
        l.is_one_site AND l.one_voice IS DISTINCT FROM h.one_voice AS is_one_site, coalesce(l.named_n, l.n) AS l_named, coalesce(h.named_n, h.n) AS h_named, l.n AS l_n, h.n AS h_n,
        coalesce(l.last_at < h.first_at, false) AS is_low_earlier, coalesce(l.first_at > h.last_at, false) AS is_low_later
    FROM pairs AS p
    JOIN days AS l ON l.bound = p.l
    JOIN days AS h ON h.bound = p.h AND h.day = l.day
    WHERE p.is_apart AND p.is_likely_apart
), across AS (
    SELECT m.*
    FROM meeting AS m
    JOIN bounds AS lb ON lb.bound = m.l
    JOIN bounds AS hb ON hb.bound = m.h
    JOIN scopes AS s ON s.scope = m.scope
    WHERE m.has_two_articles AND NOT m.is_one_site
        -- Of people, so small a share is another event or a part; crowds and sums of money are guessed that far apart.
        AND (m.share >= least_share_of_two_bodies() OR s.unit <> 'person' OR s.measure = 'protesters')
        -- A count that only grows may have grown between two reports of one day: no conflict while that explains it.
        AND (m.is_stock OR NOT m.is_low_earlier AND (m.has_two_bodies OR m.is_low_later OR hb.low > growth_within_a_day() * lb.high))
        -- An article that gives the higher number too contradicts itself, not the others.
        AND NOT EXISTS (
            SELECT 1 FROM mentions AS own JOIN mentions AS low ON low.article_id = own.article_id AND low.n = m.l_n
            WHERE own.scope = m.scope AND own.day_to >= low.day_from AND own.low > lb.high AND (own.high IS NULL OR own.high >= hb.low)
        )
), told AS (
    SELECT
        scope, l, h, min(day) AS day,
        arg_min(CASE WHEN has_two_bodies THEN [l_named, h_named] ELSE [l_n, h_n] END, day) AS witness,
        -- Nearly all meet on one day: its list is then the answer.
        CASE WHEN count(*) = 1 THEN any_value(l_ns) ELSE list_distinct(flatten(list(l_ns))) END AS a_all,
        CASE WHEN count(*) = 1 THEN any_value(h_ns) ELSE list_distinct(flatten(list(h_ns))) END AS b_all, 'same_day' AS rule
    FROM across GROUP BY scope, l, h
    UNION ALL
    SELECT scope, l, h, NULL, min([l_n, h_n]), list(DISTINCT l_n), list(DISTINCT h_n), 'two_claimants_in_one_article'
    FROM article_pairs WHERE NOT is_one_voice
    GROUP BY scope, l, h
), merged AS (
    -- Two bodies side by side in one article are out of step by no report's delay: that witness comes first.
    SELECT scope, l, h, min(day) AS day, arg_max(witness, rule) AS witness, max(rule) AS rule,
        CASE WHEN count(*) = 1 THEN any_value(a_all) ELSE list_distinct(flatten(list(a_all))) END AS a_all,
        CASE WHEN count(*) = 1 THEN any_value(b_all) ELSE list_distinct(flatten(list(b_all))) END AS b_all
    FROM told GROUP BY scope, l, h
)
SELECT
    'source_conflict' AS kind,
    step_down(
        CASE WHEN a.voice = b.voice AND a.claimant IS NOT NULL THEN 'high' ELSE 'medium' END,
        CASE WHEN t.rule = 'same_day' THEN
                -- Two counters of a running tally are rarely in step.
                (a.aspect = 'cumulative' AND b.low <= growth_within_a_day() * a.high)::INTEGER + (a.is_place_doubtful <> b.is_place_doubtful)::INTEGER + (a.day_from <> a.day_to OR b.day_from <> b.day_to)::INTEGER
            ELSE 0 END
    ) AS severity,
    t.rule, s.story, s.measure, s.unit, s.population, s.place, coalesce(t.day, a.as_of, b.as_of) AS as_of,
    [a.n] AS a, [b.n] AS b, t.a_all, t.b_all, a.low AS a_low, a.high AS a_high, b.low AS b_low, b.high AS b_high,
    a.told_by || agreeing(a.claimant, ' gives ', ' give ') || a.amount || ' '
        || s.topic || ' (' || a.told_in || '); '
        || b.told_by || agreeing(b.claimant, ' says ', ' say ') || b.amount
        || ' (' || b.told_in || ')' AS explanation
FROM merged AS t
JOIN scopes AS s USING (scope)
JOIN statements AS a ON a.n = t.witness[1]
JOIN statements AS b ON b.n = t.witness[2]
