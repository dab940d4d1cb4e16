-- runs_reconcile: critical, over runs
-- One row: one run that lost sight of what it fetched: not stored, not unchanged, not skipped.
SELECT run_id, flow, fetched, stored, unchanged, skipped
FROM runs
WHERE state = 'completed' AND fetched <> stored + unchanged + skipped
