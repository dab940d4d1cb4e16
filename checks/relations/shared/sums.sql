-- One row: parts that one sentence gives for one measure, with their sum's bounds; only parts that share nobody are added up.
CREATE OR REPLACE TEMP TABLE sums AS
WITH parts AS (
    SELECT s.*, count(*) OVER sentence_of AS parts
    FROM standing AS s
    WHERE s.population IS NOT NULL AND s.place IS NOT NULL
    WINDOW sentence_of AS (
        PARTITION BY s.article_id, s.field, s.sentence, s.measure, s.unit, s.place, s.voice, s.day_from, s.day_to, s.part_of
    )
), grouped AS (
    SELECT
        min(n) AS sum_id, article_id, field, sentence, story, measure, unit, place, day_from, day_to, any_value(part_of) AS part_of,
        list(n ORDER BY n) AS ns, list(DISTINCT population) AS classes, count(*) AS parts,
        sum(low) AS low, CASE WHEN count(high) = count(*) THEN sum(high) END AS high,
        sum(likely_low) AS likely_low, CASE WHEN count(likely_high) = count(*) THEN sum(likely_high) END AS likely_high,
        string_agg(number_words(value) || ' ' || coalesce(counted, replace(population, '_', ' ')), ' and ' ORDER BY n) AS words,
        bool_or(is_inherited) AS is_inherited
    FROM parts
    WHERE parts BETWEEN 2 AND 8
    GROUP BY article_id, field, sentence, story, measure, unit, place, voice, day_from, day_to, part_of
    HAVING count(DISTINCT population) = count(*) AND count(value) = count(*)
), apart_classes AS (
    SELECT g.sum_id
    FROM (SELECT sum_id, parts, unnest(classes) AS class FROM grouped) AS g
    JOIN (SELECT sum_id, unnest(classes) AS class FROM grouped) AS o USING (sum_id)
    JOIN core.population_disjoint AS d ON d.a = g.class AND d.b = o.class
    GROUP BY g.sum_id
    HAVING count(*) = any_value(g.parts) * (any_value(g.parts) - 1)
), holders AS (
    SELECT u.sum_id, t.ancestor, sum(t.depth) AS depth
    FROM (SELECT sum_id, parts, unnest(classes) AS class FROM grouped) AS u
    JOIN core.population_tree AS t ON t.population = u.class
    GROUP BY u.sum_id, t.ancestor
    HAVING count(*) = any_value(u.parts)
)
SELECT
    g.*, 'parts' AS rule, says_complete(g.sentence) AS is_complete,
    (SELECT arg_min(h.ancestor, (h.depth, h.ancestor)) FROM holders AS h WHERE h.sum_id = g.sum_id) AS population
FROM grouped AS g
SEMI JOIN apart_classes AS c USING (sum_id)
UNION ALL BY NAME
-- "about 3,000 soldiers, as well as almost 1,000 more from elsewhere": a base and what comes on top.
SELECT
    base.n AS sum_id, base.article_id, base.field, base.sentence, base.story, base.measure, base.unit, base.place, base.day_from, base.day_to,
    base.part_of, [base.n, more.n] AS ns, [base.population] AS classes, 2 AS parts,
    base.low + more.low AS low, base.high + more.high AS high,
    base.likely_low + more.likely_low AS likely_low, base.likely_high + more.likely_high AS likely_high,
    amount_words(base.qualifier, base.value, base.low, base.high, base.quote) || ' and '
        || amount_words(more.qualifier, more.value, more.low, more.high, more.quote) || ' more' AS words,
    base.is_inherited OR more.is_inherited AS is_inherited, 'more' AS rule, false AS is_complete, base.population
FROM standing AS base
JOIN statements AS more USING (article_id, field, sentence, measure, unit)
WHERE more.trackable AND NOT more.negated AND NOT more.is_background AND more.n <> base.n AND more.char_start > base.char_start
    AND more.char_start - base.char_start < 120
    AND base.population IS NOT NULL AND base.place IS NOT NULL AND (more.place IS NULL OR more.place = base.place)
    AND regexp_matches(lower(more.sentence), '\b(as well as|plus|along with|in addition to|together with)\b[^.;]{0,60}\b(more|another|additional|further|others?)\b')
    AND (more.aspect = 'increment' OR regexp_matches(lower(more.quote), '\b(more|another|additional|further|others?)\b'));

-- One row: a sum and one figure that should hold all of it.
CREATE OR REPLACE TEMP TABLE sum_wholes AS
WITH classes AS (
    SELECT population, ancestor FROM core.population_tree UNION SELECT population, population FROM sums
), places AS (
    SELECT place, ancestor FROM core.place_tree UNION SELECT place, place FROM sums
)
SELECT
    s.sum_id, s.ns, s.rule, s.words, s.is_complete, s.low AS sum_low, s.high AS sum_high, s.likely_low AS sum_likely_low,
    s.likely_high AS sum_likely_high, w.n AS whole_n, w.scope, w.low, w.high, w.likely_low, w.likely_high, w.is_stock,
    w.article_id = s.article_id AS is_one_article,
    w.population = s.population AND w.place = s.place AS is_same_scope,
    w.day_from = s.day_from AND w.day_to = s.day_to OR w.is_narrow AND s.day_to - s.day_from <= 1
        AND w.day_from <= s.day_to AND s.day_from <= w.day_to AS is_same_day,
    s.day_to < w.day_from AS is_sum_earlier, w.day_to < s.day_from AS is_whole_earlier,
    s.is_inherited OR w.is_inherited AS is_inherited, w.day_to AS whole_day_to
FROM sums AS s
JOIN classes AS c ON c.population = s.population
JOIN places AS p ON p.place = s.place
JOIN scoped AS w
    ON w.story = s.story AND w.measure = s.measure AND w.unit = s.unit AND w.population = c.ancestor AND w.place = p.ancestor
    AND NOT list_contains(s.ns, w.n);
