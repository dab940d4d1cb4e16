-- One row: one reading that counts, of those in a part of a shard: of several of one article the first one does.
CREATE OR REPLACE TEMP TABLE shard_part AS
SELECT reading, article_id, page_id, coalesce(fetched_at, getvariable('loaded_at') + to_microseconds(moment_no)) AS read_at
FROM read_parquet(getvariable('articles_file'), hive_partitioning = false)
WHERE reading BETWEEN getvariable('first_reading') AND getvariable('last_reading')
    AND page_id NOT IN (SELECT page_id FROM core.forgotten)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY read_at, reading) = 1;

-- One row: one article of the part, as core.articles has it.
CREATE OR REPLACE TEMP TABLE incoming_articles AS
SELECT a.* EXCLUDE (reading, moment_no, scheme, weighed_words, weights, names) REPLACE (p.read_at AS fetched_at, p.read_at AS last_seen_at)
FROM read_parquet(getvariable('articles_file'), hive_partitioning = false) AS a
JOIN shard_part AS p ON p.reading = a.reading
WHERE a.reading BETWEEN getvariable('first_reading') AND getvariable('last_reading');

-- One row: what the words of one of those articles weigh.
CREATE OR REPLACE TEMP TABLE incoming_terms AS
SELECT a.article_id, a.scheme, a.weighed_words AS words, a.weights, a.names
FROM read_parquet(getvariable('articles_file'), hive_partitioning = false) AS a
JOIN shard_part AS p ON p.reading = a.reading
WHERE a.reading BETWEEN getvariable('first_reading') AND getvariable('last_reading');

-- One row: one block of those articles.
CREATE OR REPLACE TEMP TABLE incoming_blocks AS
SELECT b.* EXCLUDE (reading)
FROM read_parquet(getvariable('blocks_file'), hive_partitioning = false) AS b
WHERE b.reading BETWEEN getvariable('first_reading') AND getvariable('last_reading')
    AND b.reading IN (SELECT reading FROM shard_part);

-- One row: one figure of those articles.
CREATE OR REPLACE TEMP TABLE incoming_figures AS
SELECT f.* EXCLUDE (reading)
FROM read_parquet(getvariable('figures_file'), hive_partitioning = false) AS f
WHERE f.reading BETWEEN getvariable('first_reading') AND getvariable('last_reading')
    AND f.reading IN (SELECT reading FROM shard_part);
