-- One row: one column of a table as the lake has it, none where it has no such table.
SELECT column_name, data_type
FROM duckdb_columns()
WHERE database_name = 'lake' AND schema_name = 'core' AND table_name = $table
ORDER BY column_index;
