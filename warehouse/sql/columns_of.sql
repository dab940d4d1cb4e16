-- One row: one column of one table, in order.
SELECT column_name FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = $1 AND table_name = $2
ORDER BY column_index;
