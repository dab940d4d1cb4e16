-- One row: one view of ours in the lake.
SELECT view_name
FROM duckdb_views()
WHERE database_name = 'lake' AND schema_name = 'main' AND NOT internal;
