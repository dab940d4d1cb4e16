-- One row: one relation found in the stories at hand, as it is stored.
CREATE OR REPLACE TEMP TABLE fresh_relations AS
WITH numbered AS (
    SELECT row_number() OVER () AS found_id, f.* FROM found AS f
), joined AS (
    -- Sides of several figures are few: sums, and what lies in them.
    SELECT
        w.found_id, w.side, string_agg(s.quote, ' + ' ORDER BY s.n) AS quote,
        string_agg(witness_words(s.page_id, s.quote, s.measure, s.low, s.high), '+' ORDER BY s.page_id, s.quote, s.low, s.high, s.n) AS words
    FROM (
        SELECT found_id, 'a' AS side, unnest(a) AS n FROM numbered WHERE len(a) > 1
        UNION ALL SELECT found_id, 'b', unnest(b) FROM numbered WHERE len(b) > 1
    ) AS w
    JOIN statements AS s USING (n)
    GROUP BY w.found_id, w.side
), sides AS MATERIALIZED (
    SELECT found_id, 'a' AS side, a_all AS ns FROM numbered UNION ALL SELECT found_id, 'b', b_all FROM numbered
), groups AS MATERIALIZED (
    -- In a crowded story the same figures stand against many others: who they are is looked up once.
    SELECT row_number() OVER () AS group_id, ns FROM (SELECT DISTINCT ns FROM sides)
), grouped AS (
    SELECT
        m.group_id, list(DISTINCT s.voice_key) AS voices,
        list(s.figure_id ORDER BY s.figure_id) FILTER (m.at <= most_listed()) AS figure_ids
    FROM (
        SELECT group_id, unnest(ns) AS n, generate_subscripts(ns, 1) AS at
        FROM (SELECT group_id, list_sort(list_distinct(ns)) AS ns FROM groups)
    ) AS m
    JOIN statements AS s USING (n)
    GROUP BY m.group_id
), listed AS (
    SELECT x.found_id, x.side, d.figure_ids, d.voices
    FROM sides AS x
    JOIN groups AS g ON g.ns = x.ns
    JOIN grouped AS d USING (group_id)
), witnessed AS (
    SELECT
        f.* EXCLUDE (a_all, b_all), coalesce(ja.quote, sa.quote) AS a_quote, coalesce(jb.quote, sb.quote) AS b_quote,
        coalesce(ja.words, witness_words(sa.page_id, sa.quote, sa.measure, sa.low, sa.high)) AS a_words,
        coalesce(jb.words, witness_words(sb.page_id, sb.quote, sb.measure, sb.low, sb.high)) AS b_words,
        sa.outlet AS a_outlet, sa.url AS a_url, sb.outlet AS b_outlet, sb.url AS b_url
    FROM numbered AS f
    JOIN statements AS sa ON sa.n = f.a[1]
    JOIN statements AS sb ON sb.n = f.b[1]
    LEFT JOIN joined AS ja ON ja.found_id = f.found_id AND ja.side = 'a'
    LEFT JOIN joined AS jb ON jb.found_id = f.found_id AND jb.side = 'b'
), ranked AS (
    SELECT
        f.*, left(sha256(concat_ws(chr(31), f.kind, least(f.a_words, f.b_words), greatest(f.a_words, f.b_words))), 24) AS relation_id,
        list_position(getvariable('kinds'), f.kind) AS kind_rank,
        hash(f.story, f.measure, f.unit, f.population, f.place, least((f.a_low, f.a_high), (f.b_low, f.b_high)),
            greatest((f.a_low, f.a_high), (f.b_low, f.b_high))) AS same_bounds
    FROM witnessed AS f
), taken_back AS (
    SELECT story, measure, unit, a_low, a_high, b_low, b_high FROM ranked WHERE kind = 'retraction'
), kept AS (
    -- Two numbers get one relation: the gravest that holds.
    SELECT r.*
    FROM ranked AS r
    WHERE r.kind = 'retraction' OR r.rule = 'cited_after_its_retraction' OR NOT EXISTS (
        SELECT 1 FROM taken_back AS t
        WHERE t.story = r.story AND t.measure = r.measure AND t.unit = r.unit
            AND ((t.a_low, t.a_high, t.b_low, t.b_high) IS NOT DISTINCT FROM (r.a_low, r.a_high, r.b_low, r.b_high)
                OR (t.b_low, t.b_high, t.a_low, t.a_high) IS NOT DISTINCT FROM (r.a_low, r.a_high, r.b_low, r.b_high))
    )
    QUALIFY row_number() OVER (PARTITION BY r.same_bounds, r.kind = 'agreement', r.rule = 'cited_after_its_retraction' ORDER BY r.kind_rank, r.relation_id) = 1
        AND row_number() OVER (PARTITION BY r.relation_id ORDER BY r.story, r.as_of, r.rule, r.explanation) = 1
)
SELECT
    k.relation_id, k.story AS story_id, k.kind, k.severity, k.measure, k.population, nullif(k.place, '') AS place, k.unit, k.as_of,
    list_sort(list_distinct(la.figure_ids || lb.figure_ids)) AS figure_ids, la.figure_ids AS a_figure_ids, lb.figure_ids AS b_figure_ids,
    k.a_quote, k.a_outlet, k.a_url, k.a_low, k.a_high, k.b_quote, k.b_outlet, k.b_url, k.b_low, k.b_high,
    CASE WHEN apart(k.a_low, k.a_high, k.b_low, k.b_high) THEN gap_between(k.a_low, k.a_high, k.b_low, k.b_high) END AS gap,
    k.rule, sentence_case(k.explanation) AS explanation, len(list_distinct(la.voices || lb.voices))::INTEGER AS voices,
    $now AS first_seen_at, $now AS last_seen_at, true AS is_current
FROM kept AS k
JOIN listed AS la ON la.found_id = k.found_id AND la.side = 'a'
JOIN listed AS lb ON lb.found_id = k.found_id AND lb.side = 'b';

MERGE INTO core.relations AS r USING fresh_relations AS f ON r.relation_id = f.relation_id
WHEN MATCHED THEN UPDATE SET
    story_id = f.story_id, severity = f.severity, measure = f.measure, population = f.population, place = f.place, unit = f.unit, as_of = f.as_of,
    figure_ids = f.figure_ids, a_figure_ids = f.a_figure_ids, b_figure_ids = f.b_figure_ids,
    a_quote = f.a_quote, a_outlet = f.a_outlet, a_url = f.a_url, a_low = f.a_low, a_high = f.a_high,
    b_quote = f.b_quote, b_outlet = f.b_outlet, b_url = f.b_url, b_low = f.b_low, b_high = f.b_high,
    gap = f.gap, rule = f.rule, explanation = f.explanation, voices = f.voices, last_seen_at = f.last_seen_at, is_current = true
WHEN NOT MATCHED THEN INSERT;
