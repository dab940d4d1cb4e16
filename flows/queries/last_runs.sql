-- One row: one of the last runs.
SELECT run_id, flow, started_at, state, fetched, stored, unchanged, skipped
FROM runs
ORDER BY started_at DESC, run_id DESC
LIMIT 3
