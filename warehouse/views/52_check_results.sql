-- One row: the outcome of one check in one run.
CREATE VIEW check_results AS
SELECT
    run_id,        -- Run in which it was checked
    check_name,    -- Name of the check
    severity,      -- critical, warning or info
    outcome,       -- pass, fail, or error where the check itself broke
    rows_checked,  -- How many rows it looked at
    rows_failed,   -- How many broke it
    sample,        -- Some of those, for a reader
    message,       -- What it means
    checked_at     -- When
FROM core.check_results;
