-- One row: one address that was ever read, with what the last reading that was worth keeping said of it.
-- A page on which a worker crashed or hung is not known: the next run tries it again.
SELECT
    url,
    arg_max(sha256, fetched_at) AS sha256,
    arg_max({'value': etag}, fetched_at).value AS etag,
    arg_max({'value': last_modified}, fetched_at).value AS last_modified,
    list(DISTINCT sha256) AS seen,
    max(fetched_at) AS fetched_at,
    max(fetched_at) FILTER (WHERE outcome = 'page') AS changed_at
FROM core.fetches
WHERE sha256 IS NOT NULL AND reason NOT IN ('crash', 'hang', 'timeout')
GROUP BY url;
