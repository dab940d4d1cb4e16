-- Attempts by run, address and moment.
MERGE INTO core.fetches AS f USING incoming_rows AS i
ON f.run_id = i.run_id AND f.url = i.url AND f.fetched_at = i.fetched_at
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED THEN INSERT;

-- A page that is as it was has been seen again.
UPDATE core.articles AS a SET last_seen_at = greatest(a.last_seen_at, i.fetched_at), gone_at = NULL
FROM (
    SELECT coalesce(page_url, url) AS url, max(fetched_at) AS fetched_at
    FROM incoming_rows
    WHERE outcome = 'unchanged'
    GROUP BY ALL
) AS i
WHERE a.url = i.url AND a.is_latest;

-- A page that the server no longer has is marked, once.
UPDATE core.articles AS a SET gone_at = i.fetched_at
FROM (
    SELECT coalesce(page_url, url) AS url, min(fetched_at) AS fetched_at
    FROM incoming_rows
    WHERE reason IN ('not_found', 'gone', 'soft_404', 'redirect_to_front_page')
    GROUP BY ALL
) AS i
WHERE a.url = i.url AND a.is_latest AND a.gone_at IS NULL;
