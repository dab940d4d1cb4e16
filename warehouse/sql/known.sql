-- One row: one address that was ever read, with what the last reading that was worth keeping said of it.
-- A page on which a worker crashed or hung is not known: the next run tries it again. One that has vanished was visited.
SELECT
    url,
    arg_max(sha256, fetched_at) FILTER (WHERE sha256 IS NOT NULL) AS sha256,
    arg_max({'value': etag}, fetched_at) FILTER (WHERE sha256 IS NOT NULL).value AS etag,
    arg_max({'value': last_modified}, fetched_at) FILTER (WHERE sha256 IS NOT NULL).value AS last_modified,
    list(DISTINCT sha256) FILTER (WHERE sha256 IS NOT NULL) AS seen,
    max(fetched_at) AS fetched_at,
    max(fetched_at) FILTER (WHERE sha256 IS NOT NULL AND outcome <> 'unchanged') AS changed_at,
    arg_max(page_url, fetched_at) FILTER (WHERE page_url IS NOT NULL) AS page_url
FROM core.fetches
WHERE
    (sha256 IS NOT NULL AND reason NOT IN ('crash', 'hang', 'timeout'))
    OR reason IN ('not_found', 'gone', 'soft_404', 'redirect_to_front_page')
GROUP BY url
HAVING count(sha256) > 0;
