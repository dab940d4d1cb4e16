-- One row: one check of the newest run, errors and failures first.
SELECT * FROM check_results
WHERE run_id = (SELECT run_id FROM check_results ORDER BY checked_at DESC, run_id LIMIT 1)
ORDER BY CASE outcome WHEN 'error' THEN 0 WHEN 'fail' THEN 1 ELSE 2 END, severity, check_name
