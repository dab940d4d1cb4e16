-- What the checks of one run said before.
DELETE FROM core.check_results WHERE run_id = $run_id;
