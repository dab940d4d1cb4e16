-- One row: how one record of a shard ended, as core.fetches has it; of several at one address and moment the last one.
-- A record of a forgotten page stays as a skip that does not name it.
CREATE OR REPLACE TEMP TABLE incoming_rows AS
SELECT
    getvariable('run_id') AS run_id,
    s.* EXCLUDE (moment_no, article_id, broken_rule, file_row_number)
        REPLACE (
            coalesce(s.fetched_at, getvariable('loaded_at') + to_microseconds(moment_no)) AS fetched_at,
            CASE WHEN f.page_id IS NULL THEN s.url ELSE 'forgotten:' || f.page_id END AS url,
            CASE WHEN f.page_id IS NULL THEN s.page_url END AS page_url,
            CASE WHEN f.page_id IS NULL THEN s.outcome ELSE 'skipped' END AS outcome,
            CASE WHEN f.page_id IS NULL THEN s.reason ELSE 'forgotten' END AS reason,
            CASE WHEN f.page_id IS NULL THEN s.detail ELSE '' END AS detail,
            CASE WHEN f.page_id IS NULL THEN s.sha256 END AS sha256
        )
FROM read_parquet(getvariable('fetches_file'), file_row_number = true, hive_partitioning = false) AS s
LEFT JOIN core.forgotten AS f ON f.url_sha256 = sha256(coalesce(s.page_url, s.url))
QUALIFY row_number() OVER (
    PARTITION BY s.url, coalesce(s.fetched_at, getvariable('loaded_at') + to_microseconds(moment_no)) ORDER BY file_row_number DESC
) = 1;

DELETE FROM core.quarantine
WHERE article_id IN (SELECT article_id FROM read_parquet(getvariable('fetches_file'), hive_partitioning = false) WHERE article_id IS NOT NULL);

INSERT INTO core.quarantine (article_id, url, rule, detail, quarantined_at)
SELECT article_id, any_value(url), any_value(broken_rule), any_value(substr(detail, length(broken_rule) + 3)), getvariable('loaded_at')
FROM read_parquet(getvariable('fetches_file'), hive_partitioning = false)
WHERE article_id IS NOT NULL AND sha256(coalesce(page_url, url)) NOT IN (SELECT url_sha256 FROM core.forgotten)
GROUP BY article_id;
