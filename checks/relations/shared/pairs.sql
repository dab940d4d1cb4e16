-- One row: one pair of bounds in one scope, with who gave it and when; the most spoken of where a scope has very many.
CREATE OR REPLACE TEMP TABLE bounds AS
SELECT row_number() OVER (ORDER BY scope, first) AS bound, * EXCLUDE (is_outermost)
FROM (
    SELECT
        *, count(*) OVER (PARTITION BY scope) AS in_scope,
        row_number() OVER (PARTITION BY scope ORDER BY low DESC NULLS LAST, first) = 1
            OR row_number() OVER (PARTITION BY scope ORDER BY high NULLS LAST, first) = 1 AS is_outermost
    FROM (
        SELECT
            scope, low, high, likely_low, likely_high, any_value(is_stock) AS is_stock,
            min(n) AS first, count(*) AS mentions, count(DISTINCT voice) AS voices,
            min(day_to) AS soonest, max(day_from) AS latest, min(day_from) AS from_day, max(day_to) AS to_day,
            min(published_at) AS first_at, max(published_at) AS last_at, bool_or(is_narrow) AS has_day
        FROM scoped
        GROUP BY scope, low, high, likely_low, likely_high
    )
)
QUALIFY row_number() OVER (PARTITION BY scope ORDER BY is_outermost DESC, voices DESC, mentions DESC, first) <= most_bounds();

-- One row: one comparable figure with its pair of bounds.
CREATE OR REPLACE TEMP TABLE mentions AS
SELECT
    b.bound, s.scope, s.n, s.article_id, s.voice, s.claimant, s.claimant_kind, s.day_from, s.day_to, s.is_narrow, s.is_exact_day,
    s.is_inherited, s.is_place_doubtful, s.is_stock,
    s.is_one_site, s.published_at, s.low, s.high, s.value, s.field, s.sentence_key, s.stated
FROM scoped AS s
JOIN bounds AS b
    ON b.scope = s.scope AND b.low IS NOT DISTINCT FROM s.low AND b.high IS NOT DISTINCT FROM s.high
    AND b.likely_low IS NOT DISTINCT FROM s.likely_low AND b.likely_high IS NOT DISTINCT FROM s.likely_high;

-- One row: two pairs of bounds of one scope, the smaller first.
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT
    l.scope, l.bound AS l, h.bound AS h, l.is_stock,
    -- Hard bounds are wide already where the words are vague: what a reader takes them to mean tells whether a hedge parts them.
    apart(l.low, l.high, h.low, h.high) AND (coalesce(l.low = l.high AND h.low = h.high, false) OR coalesce(h.likely_low, h.low) - coalesce(l.likely_high, l.high) > hedge() * h.low) AS is_apart,
    apart(l.likely_low, l.likely_high, h.likely_low, h.likely_high) AS is_likely_apart,
    coalesce(l.high, l.low) / nullif(coalesce(h.low, h.high), 0) AS share,
    l.soonest < h.latest AS rises, h.soonest < l.latest AS falls,
    l.from_day <= h.to_day AND h.from_day <= l.to_day AS may_meet,
    l.to_day >= h.from_day AND (l.last_at IS NULL OR h.first_at IS NULL OR l.last_at >= h.first_at) AS is_low_still_said,
    l.has_day AND h.has_day AS has_days
FROM bounds AS l
JOIN bounds AS h
    ON l.scope = h.scope AND (coalesce(l.likely_low, l.low, 0), coalesce(l.likely_high, l.high, 1e20), l.bound)
        < (coalesce(h.likely_low, h.low, 0), coalesce(h.likely_high, h.high, 1e20), h.bound);

-- One row: one pair of bounds on one day of a scope. A level holds for the day after it too.
-- Named voices are bodies and persons; a medium or the narrator may only relay what another has counted.
CREATE OR REPLACE TEMP TABLE days AS
SELECT
    scope, bound, day, min(n) AS n, list(n ORDER BY n) AS ns, min(article_id) AS one_article, max(article_id) AS other_article,
    min(published_at) AS first_at, max(published_at) AS last_at, bool_and(is_one_site) AS is_one_site,
    min(voice) FILTER (is_named) AS one_voice, max(voice) FILTER (is_named) AS other_voice, min(n) FILTER (is_named) AS named_n
FROM (
    SELECT
        *, claimant IS NOT NULL AND coalesce(claimant_kind, '') <> 'medium' AS is_named,
        unnest(generate_series(day_from, day_to + is_stock::INTEGER, INTERVAL 1 DAY))::DATE AS day
    FROM mentions WHERE is_narrow
)
GROUP BY scope, bound, day;

-- One row: two pairs of bounds that one article gives for one day, the smaller first; likely_apart leaves roundings out.
CREATE OR REPLACE TEMP TABLE article_pairs AS
WITH told AS (
    SELECT article_id, scope, bound, claimant, voice, day_from, day_to, field, sentence_key, any_value(is_stock) AS is_stock, any_value(is_one_site) AS is_one_site,
        bool_and(is_narrow) AS is_narrow, bool_and(is_place_doubtful) AS is_place_doubtful, min(n) AS n,
        bool_and(field = 'title') OVER (PARTITION BY article_id, bound) AS is_headline_only
    FROM mentions
    GROUP BY article_id, scope, bound, claimant, voice, day_from, day_to, field, sentence_key
    QUALIFY row_number() OVER (PARTITION BY article_id, scope ORDER BY min(n)) <= most_in_article()
), met AS MATERIALIZED (
    SELECT
        p.scope, p.l, p.h, p.share, l.article_id, l.n AS l_n, h.n AS h_n, l.sentence_key = h.sentence_key AS is_one_sentence,
        l.claimant IS NULL OR h.claimant IS NULL OR l.voice = h.voice AS is_one_voice,
        -- A headline whose number the text never gives.
        l.is_headline_only OR h.is_headline_only AS is_headline_alone,
        l.is_stock, l.is_one_site,
        (l.is_place_doubtful <> h.is_place_doubtful)::INTEGER AS steps
    FROM told AS l
    JOIN told AS h
        ON l.article_id = h.article_id AND l.scope = h.scope
        AND ((l.day_from = h.day_from AND l.day_to = h.day_to)
            OR (l.is_narrow AND h.is_narrow AND l.day_from <= h.day_to + l.is_stock::INTEGER AND h.day_from <= l.day_to + l.is_stock::INTEGER))
    JOIN pairs AS p ON p.l = l.bound AND p.h = h.bound
    WHERE p.is_apart AND p.is_likely_apart
), backward AS (
    -- Only the sentences that matter are read for it.
    SELECT n, looks_back(sentence) AS is_back FROM statements SEMI JOIN (SELECT l_n AS n FROM met UNION SELECT h_n FROM met) USING (n)
), judged AS MATERIALIZED (
    SELECT m.*, lb.is_back <> hb.is_back AND NOT m.is_stock AS is_looking_back, low.measure, low.unit, high.value - low.value AS gap,
        low.figure_id AS low_id, low.counted
    FROM met AS m
    JOIN backward AS lb ON lb.n = m.l_n
    JOIN backward AS hb ON hb.n = m.h_n
    JOIN statements AS low ON low.n = m.l_n
    JOIN statements AS high ON high.n = m.h_n
    WHERE CASE
        -- One voice that gives two numbers in one breath lists parts or stages; it does not contradict itself.
        WHEN is_one_voice THEN NOT is_one_sentence AND NOT is_looking_back AND (is_headline_alone OR share >= least_share())
        ELSE NOT m.is_one_site AND (is_one_sentence OR is_headline_alone OR NOT is_looking_back AND share >= least_share_of_two_bodies())
    END
), added_up AS (
    -- "19 in one street and another seven in the next, 26 in all": what the article itself adds up is no conflict.
    SELECT j.l_n, j.h_n
    FROM judged AS j
    JOIN statements AS rest ON rest.article_id = j.article_id AND rest.measure = j.measure AND rest.unit = j.unit AND rest.value = j.gap
    WHERE rest.n NOT IN (j.l_n, j.h_n) AND rest.aspect <> 'difference' AND NOT rest.is_background AND NOT rest.negated AND rest.trackable
    UNION
    -- "Six guards ran at once; at night another guard followed": seven, without a number for the last.
    SELECT j.l_n, j.h_n
    FROM (SELECT * FROM judged WHERE gap = 1) AS j
    JOIN words_behind AS w ON w.figure_id = j.low_id
    WHERE says_one_more(w.words, j.counted)
)
SELECT j.* EXCLUDE (measure, unit, gap, low_id, counted) FROM judged AS j ANTI JOIN added_up AS x ON x.l_n = j.l_n AND x.h_n = j.h_n;

-- One row: one scope inside another of the same story, by class or by place.
CREATE OR REPLACE TEMP TABLE insides AS
WITH classes AS (
    SELECT population, ancestor FROM population_tree UNION SELECT population, population FROM scopes
), places AS (
    SELECT place, ancestor FROM place_tree UNION SELECT place, place FROM scopes
)
SELECT part.scope AS part, whole.scope AS whole, part.place <> whole.place AS is_by_place
FROM scopes AS part
JOIN classes AS c ON c.population = part.population
JOIN places AS p ON p.place = part.place
JOIN scopes AS whole
    ON whole.story = part.story AND whole.measure = part.measure AND whole.unit = part.unit
    AND whole.population = c.ancestor AND whole.place = p.ancestor AND whole.scope <> part.scope;
