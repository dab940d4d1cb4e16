-- One row: one source, when it was last read and last gave a page.
SELECT
    source, max(fetched_at) AS read_at, max(fetched_at) FILTER (WHERE outcome = 'page') AS changed_at,
    count(*) FILTER (WHERE outcome = 'skipped' AND reason NOT IN ('listing', 'not_due')) AS skips
FROM fetches
GROUP BY source
ORDER BY source
