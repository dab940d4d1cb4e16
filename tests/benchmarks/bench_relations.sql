-- One row: one invented figure; stories of about a hundred, tallies that grow by the day, some claimants out of step.
CREATE OR REPLACE TEMP TABLE invented AS
SELECT
    i, i // 100 AS story, i // 5 AS article, hash(i, $seed) AS h,
    ['killed', 'injured', 'missing', 'detained'][1 + i % 4] AS measure,
    DATE '2031-01-01' + ((i // 10) % 10)::INTEGER AS day,
    ['Fire Brigade', 'Health Ministry', 'Interior Ministry', 'Red Cross', NULL][1 + (hash(i, $seed) % 5)::INTEGER] AS claimant,
    (20 + (i // 10) % 10 * 3 + CASE WHEN hash(i, $seed, 1) % 20 = 0 THEN 40 ELSE hash(i, $seed, 1) % 2 END)::DECIMAL(28, 6) AS number
FROM range($figures::BIGINT) AS r(i);

INSERT INTO core.stories (story_id, name, place, articles, outlets)
SELECT DISTINCT 'story ' || story, 'Story ' || story, 'Norland', 20, 20 FROM invented;

INSERT INTO core.articles (article_id, page_id, url, outlet, source, published_at, fetched_at, last_seen_at, text, captions, words, version,
    is_latest, story_id, syndication_id, extractor)
SELECT DISTINCT 'article ' || article, 'page ' || article, 'https://paper.example/' || article, 'Paper ' || article % 50, 'bench',
    day::TIMESTAMPTZ + INTERVAL 9 HOUR, $now::TIMESTAMPTZ, $now::TIMESTAMPTZ, '', '', 0, 1, true, 'story ' || story, 'article ' || article, 'bench 1'
FROM invented;

INSERT INTO core.figures
SELECT
    'figure ' || i, 'article ' || article, 'text', number::INTEGER || ' people', 0, 9, 'In all ' || number::INTEGER || ' people were counted, ' || i || '.',
    number, number, number, number, number, 'exact', 'person', 'people', 'people', measure, NULL,
    'Norland', 'Norland', 'stated', day, day, day, claimant, CASE WHEN claimant IS NOT NULL THEN 'official' END, NULL, 'reported', 'stated',
    false, NULL, NULL, false, true, 'bench 1', 'bench'
FROM invented;

DROP TABLE invented;
