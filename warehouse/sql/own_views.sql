-- One row: one public view of the open file, the latest made first, so that none is dropped before those that read it.
SELECT view_name FROM duckdb_views()
WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
ORDER BY view_oid DESC;
