-- One row: one source that gave nothing in the newest run that asked it, or whose newest article is a week behind the newest of all.
WITH attempts AS (
    SELECT
        source, run_id, max(fetched_at) AS asked_at, count(*) AS asked,
        count(*) FILTER (WHERE outcome <> 'skipped') AS answered, mode(reason) FILTER (WHERE outcome = 'skipped') AS reason
    FROM fetches
    GROUP BY source, run_id
),
newest AS (SELECT * FROM attempts QUALIFY row_number() OVER (PARTITION BY source ORDER BY asked_at DESC, run_id) = 1),
published AS (SELECT source, max(coalesce(published_at, fetched_at)) AS last_article_at FROM articles GROUP BY source)
SELECT newest.source, asked_at, asked, answered, reason, last_article_at
FROM newest
LEFT JOIN published USING (source)
WHERE answered = 0 OR last_article_at < (SELECT max(last_article_at) FROM published) - INTERVAL 7 DAY
ORDER BY source
