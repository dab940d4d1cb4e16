-- One row: the outcome of one check in one run.
INSERT INTO core.check_results (run_id, check_name, severity, outcome, rows_checked, rows_failed, sample, message, checked_at)
VALUES ($run_id, $name, $severity, $outcome, $checked, $failed, $sample, $message, $now);
