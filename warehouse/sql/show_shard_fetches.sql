-- One row: how one record of a shard ended, as core.fetches has it; of several at one address and moment the last one.
CREATE OR REPLACE TEMP TABLE incoming_rows AS
SELECT
    getvariable('run_id') AS run_id,
    * EXCLUDE (moment_no, article_id, broken_rule, file_row_number)
        REPLACE (coalesce(fetched_at, getvariable('loaded_at') + to_microseconds(moment_no)) AS fetched_at)
FROM read_parquet(getvariable('fetches_file'), file_row_number = true)
QUALIFY row_number() OVER (
    PARTITION BY url, coalesce(fetched_at, getvariable('loaded_at') + to_microseconds(moment_no)) ORDER BY file_row_number DESC
) = 1;

DELETE FROM core.quarantine
WHERE article_id IN (SELECT article_id FROM read_parquet(getvariable('fetches_file')) WHERE article_id IS NOT NULL);

INSERT INTO core.quarantine (article_id, url, rule, detail, quarantined_at)
SELECT article_id, any_value(url), any_value(broken_rule), any_value(substr(detail, length(broken_rule) + 3)), getvariable('loaded_at')
FROM read_parquet(getvariable('fetches_file'))
WHERE article_id IS NOT NULL
GROUP BY article_id;
