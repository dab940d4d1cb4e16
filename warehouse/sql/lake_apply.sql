-- What the comparison found, in the transaction of the whole edition.
DELETE FROM lake.core.{table} WHERE rowid IN (SELECT place FROM gone);

INSERT INTO lake.core.{table}
SELECT e.* FROM edition.core.{table} AS e WHERE e.rowid IN (SELECT place FROM come);
