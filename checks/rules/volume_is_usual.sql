-- volume_is_usual: warning, over fetches
-- One row: one source that gave less than a third of what it gave in the middle one of its last ten runs.
WITH given AS (
    SELECT source, run_id, count(*) FILTER (outcome <> 'skipped') AS pages, max(fetched_at) AS last_at FROM fetches GROUP BY source, run_id
), before AS (
    SELECT source, pages FROM given WHERE run_id <> getvariable('run_id')
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY last_at DESC) <= 10
), usual AS (
    SELECT source, median(pages) AS pages FROM before GROUP BY source HAVING count(*) >= 5
)
SELECT g.source, g.pages, u.pages AS usual_pages
FROM given AS g
JOIN usual AS u USING (source)
WHERE g.run_id = getvariable('run_id') AND g.pages * 3 < u.pages
