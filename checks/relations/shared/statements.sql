-- One row: one figure of the stories at hand, older versions of their pages included; n is the order in which witnesses are called.
CREATE OR REPLACE TEMP TABLE statements AS
WITH told AS (
    SELECT
        row_number() OVER (
            ORDER BY a.published_at NULLS LAST, a.url, a.version, a.article_id,
                list_position(['title', 'text', 'caption'], f.field), f.char_start, f.figure_id
        ) AS n,
        a.story,
        f.figure_id, a.article_id, a.page_id, a.version, a.is_latest, a.outlet, a.url, a.published_at,
        printer(a.outlet, a.title, a.url) AS printed_by,
        f.field, f.char_start, f.quote, f.sentence, f.value, f.low, f.high, f.likely_low, f.likely_high, f.qualifier,
        f.measure, coalesce(f.unit, 'person') AS unit, f.counted,
        class_of(f.measure, f.unit, f.population, f.counted, f.sentence, f.quote, counted_class(f.measure, f.population, f.counted)) AS population,
        class_of(f.measure, f.unit, f.population, f.counted, f.sentence, f.quote, stated_class(f.measure, f.population, f.counted)) AS stated,
        -- A company's cuts have no place unless one is named.
        CASE WHEN f.measure = 'jobs_cut' AND f.place_source IS DISTINCT FROM 'stated' THEN '' ELSE f.place END AS place,
        coalesce(f.place_source = 'inherited', false) AS is_inherited,
        -- What an article leaves unsaid because it is the place of the whole story is hardly in doubt.
        coalesce(f.place_source = 'inherited', false) AND f.measure <> 'jobs_cut' AND f.place IS DISTINCT FROM a.story_place AS is_place_doubtful,
        f.aspect,
        coalesce(f.as_of_from, f.as_of, DATE '0001-01-01') AS day_from,
        coalesce(f.as_of_to, f.as_of, DATE '9999-12-31') AS day_to,
        f.as_of, f.claimant, f.claimant_kind, hash(f.sentence) AS sentence_key,
        coalesce(f.voice_id, a.syndication_id, a.article_id) AS voice, hash(coalesce(f.voice_id, a.syndication_id, a.article_id)) AS voice_key,
        is_one_site(f.claimant) AS is_one_site, f.negated, f.modality, f.part_of, f.corrects, f.is_background, f.trackable
    FROM figures_at_hand AS f
    JOIN articles_at_hand AS a USING (article_id)
), sourced AS (
    SELECT hash(article_id, measure, unit, low, high) AS number, arg_min({'voice': voice, 'voice_key': voice_key, 'claimant': claimant, 'kind': claimant_kind, 'site': is_one_site}, n) AS source
    FROM told WHERE claimant IS NOT NULL AND NOT negated AND trackable AND NOT is_background
    GROUP BY number
), spoken_for AS (
    -- A number that an article gives in its headline, and in its text from somebody, is that somebody's: one voice and not two.
    SELECT
        t.* REPLACE (
            coalesce(s.source.voice, t.voice) AS voice, coalesce(s.source.voice_key, t.voice_key) AS voice_key,
            coalesce(t.claimant, s.source.claimant) AS claimant, coalesce(t.claimant_kind, s.source.kind) AS claimant_kind,
            coalesce(s.source.site, t.is_one_site) AS is_one_site
        )
    FROM told AS t
    -- One key on each side: with more conditions the join compares all with all.
    LEFT JOIN sourced AS s
        ON s.number = CASE WHEN t.claimant IS NULL AND t.trackable AND NOT t.is_background THEN hash(t.article_id, t.measure, t.unit, t.low, t.high) END
)
SELECT
    t.*,
    -- The figure in words, made once: a witness is called in many relations.
    amount_words(qualifier, value, low, high, quote) AS amount, topic_words(measure, population, place, unit) AS topic,
    teller(claimant, printed_by) AS told_by, where_words(claimant, printed_by, as_of) AS told_in, source_words(printed_by, as_of) AS printed_in
FROM spoken_for AS t;

-- One row: one figure that its own article withdraws, denies or replaces.
CREATE OR REPLACE TEMP TABLE withdrawn AS
SELECT s.n, s.figure_id FROM statements AS s WHERE s.negated
UNION
SELECT old.n, old.figure_id FROM statements AS new JOIN statements AS old ON old.figure_id = new.corrects;

-- One row: one claim of an article that stands, whatever is known of its place, class and day.
CREATE OR REPLACE TEMP VIEW standing AS
SELECT s.* FROM statements AS s
ANTI JOIN withdrawn AS w ON w.n = s.n
WHERE s.is_latest AND s.trackable AND NOT s.is_background AND s.measure <> 'other' AND s.aspect IN ('cumulative', 'stock')
    AND (s.low IS NOT NULL OR s.high IS NOT NULL)
    AND (s.modality IN ('stated', 'alleged', 'estimated')
        OR s.modality = 'expected' AND s.measure IN ('jobs_cut', 'deployed', 'withdrawn'));

-- One row: one kind of number that can be compared: story, measure, class, place, unit.
CREATE OR REPLACE TEMP TABLE scopes AS
SELECT
    row_number() OVER (ORDER BY story, measure, unit, population, place) AS scope,
    story, measure, unit, population, place, any_value(topic) AS topic, max(aspect = 'stock') AS is_stock
FROM standing
WHERE population IS NOT NULL AND place IS NOT NULL
GROUP BY story, measure, unit, population, place;

-- One row: one comparable figure in its scope. Stated parts of another figure are held against that figure alone.
CREATE OR REPLACE TEMP TABLE scoped AS
SELECT
    s.* EXCLUDE (quote, sentence, page_id, url, counted, char_start, version, is_latest, negated, modality, part_of, corrects,
        amount, topic, told_by, told_in, printed_in, printed_by),
    c.scope, c.is_stock, s.day_to - s.day_from <= 1 AS is_narrow, s.day_from = s.day_to AS is_exact_day
FROM standing AS s
JOIN scopes AS c USING (story, measure, unit, population, place)
WHERE s.part_of IS NULL;
