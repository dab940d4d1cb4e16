-- One row: one figure that may be a part of a sum: what its sentence gives inside it, if anything, is a part instead.
CREATE OR REPLACE TEMP TABLE sentence_parts AS
WITH together AS (
    SELECT * REPLACE (stated AS population), hash(article_id, field, sentence, measure, unit, voice, day_from, day_to, part_of) AS breath
    FROM standing
    WHERE population IS NOT NULL AND place IS NOT NULL AND value IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY breath) BETWEEN 2 AND 12
), containers AS (
    SELECT DISTINCT whole.n
    FROM together AS whole
    JOIN together AS part ON part.breath = whole.breath
    JOIN population_tree AS c ON c.population = part.population AND c.ancestor = whole.population
    JOIN place_tree AS p ON p.place = part.place AND p.ancestor = whole.place
    WHERE c.depth + p.depth > 0
)
SELECT t.* FROM together AS t ANTI JOIN containers AS c ON c.n = t.n;

-- One row: parts that one sentence gives for one measure, with their sum's bounds; only parts that share nobody are added up:
-- disjoint classes of one place, or one class of places that lie apart.
CREATE OR REPLACE TEMP TABLE sums AS
WITH grouped AS (
    SELECT
        min(n) AS sum_id, 'class' AS parted_by, list(n ORDER BY n) AS ns, list(DISTINCT population) AS parts, any_value(breath) AS breath,
        string_agg(number_words(value) || ' ' || coalesce(counted, replace(population, '_', ' ')), ' and ' ORDER BY n) AS words
    FROM sentence_parts
    GROUP BY breath, place
    HAVING count(*) >= 2 AND count(DISTINCT population) = count(*)
    UNION ALL
    SELECT
        min(n), 'place', list(n ORDER BY n), list(DISTINCT place), any_value(breath),
        string_agg(number_words(value) || ' in ' || place, ' and ' ORDER BY n)
    FROM sentence_parts
    WHERE NOT is_inherited
    GROUP BY breath, population
    HAVING count(*) >= 2 AND count(DISTINCT place) = count(*)
), classes AS (
    SELECT sum_id, parted_by, unnest(parts) AS part FROM grouped WHERE parted_by = 'class'
), sharing AS (
    -- Places that hold each other are parted already: the wider one is no part.
    SELECT DISTINCT g.sum_id, g.parted_by
    FROM classes AS g
    JOIN classes AS o ON o.sum_id = g.sum_id AND o.part <> g.part
    WHERE (g.part, o.part) NOT IN (SELECT (a, b) FROM population_disjoint)
), holders AS (
    SELECT u.sum_id, u.parted_by, t.ancestor, sum(t.depth) AS depth
    FROM (SELECT sum_id, parted_by, len(parts) AS size, unnest(parts) AS part FROM grouped) AS u
    JOIN (
        SELECT 'class' AS parted_by, population AS part, ancestor, depth FROM population_tree
        UNION ALL SELECT 'place', place, ancestor, depth FROM place_tree
    ) AS t USING (parted_by, part)
    GROUP BY u.sum_id, u.parted_by, t.ancestor
    HAVING count(*) = any_value(u.size)
), held AS (
    SELECT sum_id, parted_by, arg_min(ancestor, (depth, ancestor)) AS holder FROM holders GROUP BY sum_id, parted_by
)
SELECT
    g.sum_id, g.ns, g.words, 'parts' AS rule, any_value(s.article_id) AS article_id, any_value(s.field) AS field, any_value(s.sentence) AS sentence,
    any_value(s.story) AS story, any_value(s.measure) AS measure, any_value(s.unit) AS unit,
    any_value(CASE g.parted_by WHEN 'class' THEN h.holder ELSE s.population END) AS population,
    any_value(CASE g.parted_by WHEN 'place' THEN h.holder ELSE s.place END) AS place,
    any_value(s.day_from) AS day_from, any_value(s.day_to) AS day_to, says_complete(any_value(s.sentence)) AS is_complete,
    sum(s.low) AS low, CASE WHEN count(s.high) = count(*) THEN sum(s.high) END AS high,
    sum(s.likely_low) AS likely_low, CASE WHEN count(s.likely_high) = count(*) THEN sum(s.likely_high) END AS likely_high
FROM grouped AS g
JOIN held AS h USING (sum_id, parted_by)
JOIN sentence_parts AS s ON list_contains(g.ns, s.n) AND s.breath = g.breath
ANTI JOIN sharing AS x ON x.sum_id = g.sum_id AND x.parted_by = g.parted_by
GROUP BY g.sum_id, g.parted_by, g.ns, g.words
UNION ALL BY NAME
-- "about 3,000 soldiers, as well as almost 1,000 more from elsewhere": a base and what comes on top.
SELECT
    base.n AS sum_id, base.article_id, base.field, base.sentence, base.story, base.measure, base.unit, base.place, base.day_from, base.day_to,
    [base.n, more.n] AS ns,
    base.low + more.low AS low, base.high + more.high AS high,
    base.likely_low + more.likely_low AS likely_low, base.likely_high + more.likely_high AS likely_high,
    base.amount || ' and '
        || more.amount || ' more' AS words,
    'more' AS rule, false AS is_complete, base.stated AS population
FROM standing AS base
JOIN statements AS more USING (article_id, field, sentence, measure, unit)
WHERE more.trackable AND NOT more.negated AND NOT more.is_background AND more.char_start > base.char_start
    AND more.char_start - base.char_start < 120
    AND (more.place IS NULL OR more.place = base.place)
    AND regexp_matches(lower(more.sentence), '\b(as well as|plus|along with|in addition to|together with)\b[^.;]{0,60}\b(more|another|additional|further|others?)\b')
    AND (more.aspect = 'increment' OR regexp_matches(lower(more.quote), '\b(more|another|additional|further|others?)\b'));

-- One row: a sum and one figure that should hold all of it.
CREATE OR REPLACE TEMP TABLE sum_wholes AS
WITH classes AS (
    SELECT population, ancestor FROM population_tree UNION SELECT population, population FROM sums
), places AS (
    SELECT place, ancestor FROM place_tree UNION SELECT place, place FROM sums
)
SELECT
    hash(s.sum_id, s.ns) AS sum_id, s.ns, s.rule, s.words, s.is_complete, s.low AS sum_low, s.high AS sum_high, s.likely_low AS sum_likely_low,
    s.likely_high AS sum_likely_high, w.n AS whole_n, w.scope, w.low, w.high, w.likely_low, w.likely_high, w.is_stock,
    w.article_id = s.article_id AS is_one_article,
    w.stated = s.population AND w.place = s.place AS is_same_scope,
    w.day_from = s.day_from AND w.day_to = s.day_to OR w.is_narrow AND s.day_to - s.day_from <= 1
        AND w.day_from <= s.day_to AND s.day_from <= w.day_to AS is_same_day,
    s.day_to < w.day_from AS is_sum_earlier, w.day_to < s.day_from AS is_whole_earlier,
    w.day_to AS whole_day_to
FROM sums AS s
JOIN classes AS c ON c.population = s.population
JOIN places AS p ON p.place = s.place
JOIN scoped AS w
    ON w.story = s.story AND w.measure = s.measure AND w.unit = s.unit AND w.stated = c.ancestor AND w.place = p.ancestor
    AND NOT list_contains(s.ns, w.n);
