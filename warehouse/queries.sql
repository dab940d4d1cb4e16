-- Twenty questions that people ask of the ledger. Run one with `tallywire sql`, or paste it into any DuckDB client.

-- name: standing_contradictions
-- question: Which contradictions stand, gravest first?
SELECT severity, kind, measure, place, a_outlet, a_quote, b_outlet, b_quote, explanation
FROM contradictions
ORDER BY CASE severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, first_seen_at DESC, relation_id;

-- name: new_since_yesterday
-- question: Which contradictions were found in the last day of the ledger?
SELECT c.first_seen_at, c.severity, c.kind, c.explanation
FROM contradictions AS c
WHERE c.first_seen_at > (SELECT max(started_at) FROM runs) - INTERVAL 1 DAY
ORDER BY c.first_seen_at DESC, c.relation_id;

-- name: moved_since_yesterday
-- question: Which numbers moved since the day before?
SELECT s.name AS story, t.measure, t.population, t.place, t.as_of, t.best, t.before, t.best - t.before AS change
FROM (
    SELECT
        *,
        lag(best) OVER (PARTITION BY story_id, measure, population, place, unit ORDER BY as_of) AS before,
        row_number() OVER (PARTITION BY story_id, measure, population, place, unit ORDER BY as_of DESC) AS newest
    FROM timeline
) AS t
LEFT JOIN stories AS s ON s.story_id = t.story_id
WHERE t.newest = 1 AND t.best <> t.before
ORDER BY abs(t.best - t.before) DESC, story, t.measure;

-- name: latest_toll
-- question: What is the latest toll of each story, with its bounds?
SELECT s.name AS story, t.measure, t.population, t.place, t.as_of, t.low, t.best, t.high, t.voices, t.best_rule
FROM timeline AS t
JOIN stories AS s ON s.story_id = t.story_id
WHERE t.measure IN ('killed', 'injured', 'missing')
QUALIFY row_number() OVER (PARTITION BY t.story_id, t.measure, t.population, t.place, t.unit ORDER BY t.as_of DESC) = 1
ORDER BY story, t.measure, t.population NULLS FIRST, t.place NULLS FIRST;

-- name: who_disagrees
-- question: Who disagrees with whom, and how often?
SELECT least(a_outlet, b_outlet) AS one, greatest(a_outlet, b_outlet) AS other, count(*) AS contradictions,
    list(DISTINCT measure ORDER BY measure) AS about
FROM contradictions
WHERE a_outlet IS NOT NULL AND b_outlet IS NOT NULL AND a_outlet <> b_outlet
GROUP BY ALL
ORDER BY contradictions DESC, one, other;

-- name: who_disagrees_about_deaths
-- question: Who says what about the dead of each story?
SELECT s.name AS story, f.place, f.as_of, coalesce(f.claimant, f.outlet) AS who, f.quote, f.low, f.high, f.url
FROM figures AS f
JOIN stories AS s ON s.story_id = f.story_id
WHERE f.measure = 'killed' AND f.trackable AND f.is_latest AND NOT f.negated
ORDER BY story, f.as_of, f.low, f.url, f.char_start;

-- name: widest_gaps
-- question: Where do two statements stand furthest apart, in proportion?
SELECT kind, measure, place, a_outlet, a_quote, b_outlet, b_quote, gap,
    round(gap / nullif(least(coalesce(a_low, a_high), coalesce(b_low, b_high)), 0), 2) AS gap_ratio
FROM contradictions
WHERE gap IS NOT NULL
ORDER BY gap_ratio DESC NULLS LAST, relation_id
LIMIT 50;

-- name: silently_changed
-- question: Which pages changed a number without saying so?
SELECT a_outlet AS outlet, a_url AS url, measure, a_quote AS one_version, b_quote AS other_version, first_seen_at, explanation
FROM contradictions
WHERE kind = 'revision'
ORDER BY first_seen_at DESC, relation_id;

-- name: retracted
-- question: Which numbers were withdrawn or corrected by their own source?
SELECT f.outlet, f.url, f.quote AS now_says, f.sentence, o.quote AS withdrawn
FROM figures AS f
LEFT JOIN figures AS o ON o.figure_id = f.corrects
WHERE f.corrects IS NOT NULL AND f.is_latest
ORDER BY f.published_at DESC NULLS LAST, f.url, f.char_start;

-- name: only_repeat_an_agency
-- question: Which outlets only repeat an agency or each other?
SELECT outlet, count(*) AS articles, count(copy_of) AS copies, round(100 * count(copy_of) / count(*)) AS copies_percent,
    list(DISTINCT origin ORDER BY origin) FILTER (WHERE origin IS NOT NULL) AS agencies
FROM articles
WHERE is_latest AND outlet IS NOT NULL
GROUP BY outlet
ORDER BY copies_percent DESC, articles DESC, outlet;

-- name: independent_voices
-- question: Which numbers rest on one voice only, however many outlets print them?
SELECT s.name AS story, t.measure, t.place, t.as_of, t.best, len(t.outlets) AS outlets, t.voices
FROM timeline AS t
JOIN stories AS s ON s.story_id = t.story_id
WHERE t.voices = 1 AND len(t.outlets) > 1
ORDER BY outlets DESC, story, t.measure, t.as_of;

-- name: well_supported
-- question: Which numbers do several independent voices agree on?
SELECT measure, population, place, as_of, voices, explanation
FROM relations
WHERE kind = 'agreement' AND status = 'open' AND voices > 1
ORDER BY voices DESC, relation_id;

-- name: growing_stories
-- question: In which stories do most numbers move?
SELECT s.name AS story, count(*) FILTER (WHERE r.kind = 'update') AS updates,
    count(*) FILTER (WHERE r.kind = 'decrease') AS decreases, s.articles, s.outlets
FROM stories AS s
LEFT JOIN relations AS r ON r.story_id = s.story_id AND r.status <> 'closed'
GROUP BY ALL
ORDER BY updates + decreases DESC, story;

-- name: official_against_others
-- question: Where do officials give a lower number than others?
SELECT s.name AS story, f.measure, f.place, f.as_of,
    max(f.low) FILTER (WHERE f.claimant_kind LIKE '%official%') AS officials_say,
    max(f.low) FILTER (WHERE f.claimant_kind NOT LIKE '%official%' OR f.claimant_kind IS NULL) AS others_say
FROM figures AS f
JOIN stories AS s ON s.story_id = f.story_id
WHERE f.trackable AND f.is_latest AND NOT f.negated
GROUP BY ALL
HAVING officials_say < others_say
ORDER BY story, f.measure, f.as_of;

-- name: claimants_by_weight
-- question: Who is quoted most, and under which spellings?
SELECT name, kind, sum(figures) AS figures, list(spelling ORDER BY spelling) AS spellings
FROM claimants
GROUP BY ALL
ORDER BY figures DESC, name;

-- name: headline_against_text
-- question: Which headlines say something else than their own article?
SELECT c.a_outlet AS outlet, c.a_url AS url, c.a_quote, c.b_quote, c.explanation
FROM contradictions AS c
WHERE
    c.kind = 'internal_conflict'
    AND EXISTS (SELECT 1 FROM figures AS f WHERE list_contains(c.figure_ids, f.figure_id) AND f.field = 'title')
ORDER BY outlet, url, c.relation_id;

-- name: hedged_numbers
-- question: How does each outlet hedge its numbers?
SELECT outlet, qualifier, count(*) AS figures
FROM figures
WHERE trackable AND is_latest
GROUP BY ALL
ORDER BY outlet NULLS LAST, figures DESC, qualifier;

-- name: what_was_dropped
-- question: What was cut from the pages of each outlet, and how much of it?
SELECT a.outlet, b.reason, count(*) AS blocks, min(b.text) AS example
FROM blocks AS b
JOIN articles AS a ON a.article_id = b.article_id
WHERE NOT b.kept AND a.is_latest
GROUP BY ALL
ORDER BY a.outlet NULLS LAST, blocks DESC, b.reason;

-- name: why_skipped
-- question: What was not read, and why?
SELECT reason, count(*) AS attempts, count(DISTINCT source) AS sources, max(fetched_at) AS last_at, min(url) AS example
FROM fetches
WHERE outcome = 'skipped'
GROUP BY reason
ORDER BY attempts DESC, reason;

-- name: silent_sources
-- question: Which sources have brought nothing new for a week?
SELECT source, max(fetched_at) FILTER (WHERE outcome = 'page') AS last_new_at, count(*) AS attempts
FROM fetches
GROUP BY source
HAVING last_new_at IS NULL OR last_new_at < (SELECT max(fetched_at) FROM fetches) - INTERVAL 7 DAY
ORDER BY last_new_at NULLS FIRST, source;
