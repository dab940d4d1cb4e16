-- One row: one base table of a published file.
SELECT table_name
FROM duckdb_tables()
WHERE database_name = 'edition' AND schema_name = 'core'
ORDER BY table_name;
