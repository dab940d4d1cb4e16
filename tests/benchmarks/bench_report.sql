-- Fills the base tables with articles of one flood, for the benchmark of the pages.
INSERT INTO core.articles BY NAME
SELECT
    'a' || i AS article_id, 'p' || i AS page_id, 'https://news.example/' || i AS url, 'Outlet ' || i % 25 AS outlet, 'bench' AS source,
    'Toll of the flood, report ' || i AS title, TIMESTAMPTZ '2026-03-01' + INTERVAL (i % 30) DAY AS published_at,
    TIMESTAMPTZ '2026-03-31' AS fetched_at, TIMESTAMPTZ '2026-03-31' AS last_seen_at, '' AS captions, 900 AS words, 1 AS version,
    true AS is_latest, 's' || i // $articles_a_story AS story_id, 'bench' AS extractor,
    repeat('At least 123 people were counted by the ministry in the town, officials said on the day. ', 60) AS text
FROM range($articles) AS t(i);

INSERT INTO core.figures BY NAME
SELECT
    'f' || f AS figure_id, 'a' || i AS article_id, 'text' AS field, 'At least 123 people' AS quote, n * 89 AS char_start,
    n * 89 + 19 AS char_end, 'At least 123 people were counted by the ministry in the town.' AS sentence, f % 400 AS value,
    f % 400 AS low, NULL AS high, f % 400 AS likely_low, f % 400 + 20 AS likely_high, 'at_least' AS qualifier, 'person' AS unit,
    ['killed', 'injured', 'missing', 'detained', 'evacuated'][n % 5 + 1] AS measure, 'Town ' || n % 2 AS place,
    DATE '2026-03-01' + (i % 30)::INTEGER AS as_of, 'Ministry ' || n AS claimant, 'v' || n AS voice_id, 'reported' AS speech,
    'stated' AS modality, false AS negated, false AS is_background, true AS trackable, 'bench' AS extractor, 'bench' AS rule
FROM (SELECT f, f // $figures_an_article AS i, f % $figures_an_article AS n FROM range($articles * $figures_an_article) AS t(f));

INSERT INTO core.stories BY NAME
SELECT story_id, story_id AS name, count(*) AS articles, 25 AS outlets FROM core.articles GROUP BY story_id;

INSERT INTO core.timeline BY NAME
SELECT
    story_id, measure, place, f.unit, as_of, min(low) AS low, max(low) AS best, max(likely_high) AS high, 'bench' AS best_rule,
    1 AS voices, ['Outlet 1'] AS outlets, list(figure_id) AS figure_ids
FROM core.figures AS f JOIN core.articles USING (article_id) GROUP BY ALL;

INSERT INTO core.relations BY NAME
SELECT
    'r' || i AS relation_id, 's' || (i * 5) // $articles_a_story AS story_id, 'source_conflict' AS kind, 'high' AS severity,
    'killed' AS measure, ['f' || i * 50, 'f' || i * 50 + 5] AS figure_ids, ['f' || i * 50] AS a_figure_ids,
    ['f' || i * 50 + 5] AS b_figure_ids, 'bench' AS rule, 'Outlet 1 says one number; Outlet 2 says another.' AS explanation,
    2 AS voices, TIMESTAMPTZ '2026-03-31' AS first_seen_at, TIMESTAMPTZ '2026-03-31' AS last_seen_at, true AS is_current
FROM range($articles // 5) AS t(i);

INSERT INTO core.claimants BY NAME
SELECT 'v' || n AS voice_id, 'Ministry ' || n AS name, 'Ministry ' || n AS spelling, 'official' AS kind, 1 AS figures FROM range(10) AS t(n);
