-- A table of the lake as the published file has it, without rows.
CREATE OR REPLACE TABLE lake.core.{table} AS FROM edition.core.{table} LIMIT 0;
