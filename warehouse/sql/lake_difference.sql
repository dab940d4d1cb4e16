-- One row: one row of the lake that the published file does not have, or no longer as it was.
CREATE OR REPLACE TEMP TABLE gone AS
SELECT l.rowid AS place
FROM lake.core.{table} AS l
WHERE sha256(l::VARCHAR) NOT IN (SELECT sha256(e::VARCHAR) FROM edition.core.{table} AS e);

-- One row: one row of the published file that the lake does not have; its address in the file.
CREATE OR REPLACE TEMP TABLE come AS
SELECT e.rowid AS place
FROM edition.core.{table} AS e
WHERE sha256(e::VARCHAR) NOT IN (SELECT sha256(l::VARCHAR) FROM lake.core.{table} AS l);

-- One row: how many rows the lake must lose or gain.
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM come);
