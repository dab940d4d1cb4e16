-- One row: one address on the web that led to an article which is still there, and when the article or its story last moved.
-- Of several addresses that lead to one page, the page's own.
WITH moved AS (SELECT story_id, max(fetched_at) AS moved_at FROM core.articles WHERE story_id IS NOT NULL GROUP BY story_id),
led AS (
    SELECT url, arg_max(source, fetched_at) AS source, arg_max(page_url, fetched_at) AS page_url, arg_max(reason, fetched_at) AS reason
    FROM core.fetches
    WHERE page_url IS NOT NULL AND (url LIKE 'http://%' OR url LIKE 'https://%')
    GROUP BY url
)
SELECT l.source, l.url, greatest(a.fetched_at, m.moved_at) AS moved_at
FROM led AS l
JOIN core.articles AS a ON a.url = l.page_url AND a.is_latest
LEFT JOIN moved AS m ON m.story_id = a.story_id
WHERE l.reason <> 'gone'
QUALIFY row_number() OVER (PARTITION BY l.page_url ORDER BY l.url <> l.page_url, l.url) = 1
ORDER BY l.source, l.url;
