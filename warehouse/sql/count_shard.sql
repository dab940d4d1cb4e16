-- One row: what became of a part of a shard, before it is saved.
SELECT
    (
        SELECT count(*) FROM read_parquet(getvariable('articles_file'), hive_partitioning = false)
        WHERE reading BETWEEN getvariable('first_reading') AND getvariable('last_reading')
    ) AS given,
    (
        SELECT count(*) FROM read_parquet(getvariable('articles_file'), hive_partitioning = false)
        WHERE reading BETWEEN getvariable('first_reading') AND getvariable('last_reading')
            AND page_id IN (SELECT page_id FROM core.forgotten)
    ) AS forgotten,
    (SELECT count(*) FROM fresh WHERE NOT was_there) AS stored,
    (SELECT count(*) FROM fresh WHERE was_there) AS reread,
    (SELECT count(*) FROM incoming_figures WHERE article_id IN (SELECT article_id FROM fresh)) AS figures;
