-- One row: a part (by place, by class, or stated as one) that is greater than the whole it lies in.
WITH stated AS (
    SELECT part.n AS part_n, whole.n AS whole_n, [whole.n] AS whole_ns, 'stated_part' AS rule, 0 AS steps
    FROM standing AS part
    JOIN standing AS whole ON whole.figure_id = part.part_of
    LEFT JOIN population_tree AS c ON c.population = part.stated AND c.ancestor = whole.stated
    WHERE part.measure = whole.measure AND part.unit = whole.unit AND (c.ancestor IS NOT NULL OR part.stated = whole.stated)
        AND part.low > whole.high AND coalesce(part.likely_low, part.low) > coalesce(whole.likely_high, whole.high)
), inside AS (
    SELECT i.part, i.whole, i.is_by_place, p.bound AS p, w.bound AS w
    FROM insides AS i
    JOIN bounds AS p ON p.scope = i.part
    JOIN bounds AS w ON w.scope = i.whole
    WHERE p.low > w.high AND coalesce(p.likely_low, p.low) > coalesce(w.likely_high, w.high)
        AND p.from_day <= w.to_day -- spares the search below; the days of each figure are looked at there
), told AS (
    SELECT i.p, i.w, i.is_by_place, min([p.n, w.n]) AS witness, list(DISTINCT p.n) AS a_all, list(DISTINCT w.n) AS b_all,
        bool_or(p.article_id = w.article_id) AS is_one_article
    FROM inside AS i
    JOIN mentions AS p ON p.bound = i.p AND NOT (i.is_by_place AND p.is_inherited)
    JOIN mentions AS w ON w.bound = i.w
    -- What was compared as a wider class is no whole for other classes of it.
    -- A number beside a greater one in the same article and scope is itself a part, not the whole.
    WHERE NOT EXISTS (
        SELECT 1 FROM mentions AS own
        WHERE own.article_id = w.article_id AND own.scope = w.scope AND own.low > w.high AND coalesce(own.high, own.low) >= p.low
    ) AND (p.stated = w.stated OR (p.stated, w.stated) IN (SELECT (population, ancestor) FROM population_tree))
    AND (p.article_id = w.article_id AND p.day_from = w.day_from AND p.day_to = w.day_to
        OR NOT p.is_stock AND p.day_to < w.day_from
        OR p.is_narrow AND w.is_narrow AND p.day_from <= w.day_to AND w.day_from <= p.day_to
            AND (p.is_stock OR p.article_id = w.article_id OR p.published_at <= w.published_at AND p.low > growth_within_a_day() * w.high))
    GROUP BY i.p, i.w, i.is_by_place
), all_parts AS (
    SELECT [part_n] AS a, [whole_n] AS b, [part_n] AS a_all, [whole_n] AS b_all, rule, NULL AS sum_words, NULL::DECIMAL(28, 6) AS sum_low,
        NULL::DECIMAL(28, 6) AS sum_high
    FROM stated
    UNION ALL
    SELECT [witness[1]], [witness[2]], a_all, b_all, CASE WHEN is_by_place THEN 'place_inside' ELSE 'class_inside' END, NULL, NULL, NULL
    FROM told
    UNION ALL
    SELECT [part.n], s.ns, [part.n], s.ns, 'inside_a_sum', s.words, s.low, s.high
    FROM sums AS s
    JOIN scoped AS part USING (article_id, measure, unit)
    JOIN place_tree AS p ON p.place = part.place AND p.ancestor = s.place
    JOIN population_tree AS c ON c.population = part.stated AND c.ancestor = s.population
    WHERE s.is_complete AND part.low > s.high AND coalesce(part.likely_low, part.low) > coalesce(s.likely_high, s.high)
        AND part.day_from = s.day_from AND part.day_to = s.day_to AND p.depth > 0 AND NOT part.is_inherited
)
SELECT
    'part_exceeds_whole' AS kind,
    CASE WHEN t.rule = 'stated_part' THEN 'high' ELSE step_down('high', b.is_place_doubtful::INTEGER + (a.day_from <> b.day_from)::INTEGER) END AS severity,
    t.rule, b.story, b.measure, b.unit, b.population, b.place, coalesce(b.as_of, a.as_of) AS as_of,
    t.a, t.b, t.a_all, t.b_all, a.low AS a_low, a.high AS a_high, coalesce(t.sum_low, b.low) AS b_low, coalesce(t.sum_high, b.high) AS b_high,
    a.amount || ' ' || a.topic
        || ' alone, by ' || a.told_by || ' (' || a.told_in || '), is more than '
        || CASE WHEN t.sum_words IS NULL THEN b.amount
            ELSE 'the ' || number_words(t.sum_high) END
        || ' ' || topic_words(b.measure, CASE WHEN t.sum_words IS NULL THEN b.population END, b.place, b.unit)
        || coalesce(' that ' || t.sum_words || ' make', '')
        || ' by ' || b.told_by || ' (' || b.told_in || ')' AS explanation
FROM all_parts AS t
JOIN statements AS a ON a.n = t.a[1]
JOIN statements AS b ON b.n = t.b[1]
