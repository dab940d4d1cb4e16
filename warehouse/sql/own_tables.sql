-- One row: one table of the open file itself.
SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal;
