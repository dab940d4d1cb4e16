-- sources_are_fresh: warning, over fetches
-- One row: one source that this run tried and that has given nothing readable for three days or more.
SELECT source, max(fetched_at) FILTER (outcome <> 'skipped') AS last_read_at, count(*) FILTER (run_id = getvariable('run_id')) AS tried
FROM fetches
GROUP BY source
HAVING count(*) FILTER (run_id = getvariable('run_id')) > 0
    AND coalesce(max(fetched_at) FILTER (outcome <> 'skipped'), min(fetched_at)) <= getvariable('now') - INTERVAL 3 DAY
