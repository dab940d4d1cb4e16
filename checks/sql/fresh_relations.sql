-- One row: one relation found in the stories at hand that is kept, with its id. Only narrow rows are sorted out here: the words come after.
CREATE OR REPLACE TEMP TABLE kept_relations AS
WITH sides AS (
    SELECT f.rowid AS found_id, 'a' AS side, s.n, s.page_id, s.quote, s.low, s.high, s.measure
    FROM (SELECT rowid, unnest(a) AS n FROM found WHERE len(a) > 1) AS f JOIN statements AS s USING (n)
    UNION ALL
    SELECT f.rowid, 'b', s.n, s.page_id, s.quote, s.low, s.high, s.measure
    FROM (SELECT rowid, unnest(b) AS n FROM found WHERE len(b) > 1) AS f JOIN statements AS s USING (n)
), joined AS (
    -- Sides of several figures are few: sums, and what lies in them.
    SELECT found_id, side, string_agg(witness_words(page_id, quote, measure, low, high), '+' ORDER BY page_id, quote, low, high, n) AS words
    FROM sides GROUP BY found_id, side
), named AS (
    SELECT
        f.rowid AS found_id, f.kind, f.rule, f.story, f.population, f.place, f.as_of, hash(f.explanation) AS words, list_position(getvariable('kinds'), f.kind) AS kind_rank,
        coalesce(ja.words, witness_words(sa.page_id, sa.quote, sa.measure, sa.low, sa.high)) AS a_words,
        coalesce(jb.words, witness_words(sb.page_id, sb.quote, sb.measure, sb.low, sb.high)) AS b_words,
        hash(f.story, f.measure, f.unit, least((f.a_low, f.a_high), (f.b_low, f.b_high)), greatest((f.a_low, f.a_high), (f.b_low, f.b_high))) AS two_bounds
    FROM found AS f
    JOIN statements AS sa ON sa.n = f.a[1]
    JOIN statements AS sb ON sb.n = f.b[1]
    LEFT JOIN joined AS ja ON ja.found_id = f.rowid AND ja.side = 'a'
    LEFT JOIN joined AS jb ON jb.found_id = f.rowid AND jb.side = 'b'
), ranked AS (
    SELECT
        found_id, kind, rule, kind_rank, two_bounds, hash(two_bounds, population, place) AS same_bounds,
        left(sha256(concat_ws(chr(31), kind, least(a_words, b_words), greatest(a_words, b_words))), 24) AS relation_id,
        (story, as_of, rule, population, place, words) AS turn
    FROM named
), standing_still AS (
    -- What a retraction explains is no conflict as well.
    SELECT * FROM ranked WHERE kind = 'retraction' OR rule = 'cited_after_its_retraction'
    UNION ALL
    SELECT * FROM ranked WHERE kind <> 'retraction' AND rule <> 'cited_after_its_retraction'
        AND two_bounds NOT IN (SELECT two_bounds FROM ranked WHERE kind = 'retraction')
), once AS (
    SELECT relation_id, arg_min({'id': found_id, 'rank': kind_rank, 'bounds': same_bounds, 'kind': kind, 'rule': rule}, turn) AS first
    FROM standing_still GROUP BY relation_id
)
-- Two numbers get one relation: the gravest that holds.
SELECT arg_min(relation_id, (first.rank, relation_id)) AS relation_id, arg_min(first.id, (first.rank, relation_id)) AS found_id
FROM once
GROUP BY first.bounds, first.kind = 'agreement', first.rule = 'cited_after_its_retraction';

-- One row: one relation of the stories at hand, as it is stored.
CREATE OR REPLACE TEMP TABLE fresh_relations AS
WITH kept AS MATERIALIZED (
    SELECT k.relation_id, k.found_id, f.* FROM kept_relations AS k JOIN found AS f ON f.rowid = k.found_id
), sides AS MATERIALIZED (
    SELECT found_id, 'a' AS side, a_all AS ns FROM kept UNION ALL SELECT found_id, 'b', b_all FROM kept
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
), quoted AS (
    SELECT m.found_id, m.side, string_agg(s.quote, ' + ' ORDER BY s.n) AS quote
    FROM (
        SELECT found_id, 'a' AS side, unnest(a) AS n FROM kept WHERE len(a) > 1
        UNION ALL SELECT found_id, 'b', unnest(b) FROM kept WHERE len(b) > 1
    ) AS m
    JOIN statements AS s USING (n)
    GROUP BY m.found_id, m.side
)
SELECT
    k.relation_id, k.story AS story_id, k.kind, k.severity, k.measure, k.population, nullif(k.place, '') AS place, k.unit, k.as_of,
    list_sort(list_distinct(la.figure_ids || lb.figure_ids)) AS figure_ids, la.figure_ids AS a_figure_ids, lb.figure_ids AS b_figure_ids,
    coalesce(qa.quote, sa.quote) AS a_quote, sa.outlet AS a_outlet, sa.url AS a_url, k.a_low, k.a_high,
    coalesce(qb.quote, sb.quote) AS b_quote, sb.outlet AS b_outlet, sb.url AS b_url, k.b_low, k.b_high,
    CASE WHEN apart(k.a_low, k.a_high, k.b_low, k.b_high) THEN gap_between(k.a_low, k.a_high, k.b_low, k.b_high) END AS gap,
    k.rule, sentence_case(k.explanation) AS explanation, len(list_distinct(la.voices || lb.voices))::INTEGER AS voices,
    $now AS first_seen_at, $now AS last_seen_at, true AS is_current
FROM kept AS k
JOIN statements AS sa ON sa.n = k.a[1]
JOIN statements AS sb ON sb.n = k.b[1]
JOIN listed AS la ON la.found_id = k.found_id AND la.side = 'a'
JOIN listed AS lb ON lb.found_id = k.found_id AND lb.side = 'b'
LEFT JOIN quoted AS qa ON qa.found_id = k.found_id AND qa.side = 'a'
LEFT JOIN quoted AS qb ON qb.found_id = k.found_id AND qb.side = 'b';
