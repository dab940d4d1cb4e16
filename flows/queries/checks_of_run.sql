-- One row: one check of one run; what did not pass first.
SELECT check_name, severity, outcome, rows_checked, rows_failed, coalesce(message, '') AS message
FROM check_results
WHERE run_id = $run_id
ORDER BY CASE outcome WHEN 'pass' THEN 2 ELSE 1 END, check_name
