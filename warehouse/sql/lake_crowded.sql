-- One row: one table of ours that lies in more files than it should, with the lists of rows that were taken out of them.
SELECT t.table_name
FROM ducklake_table_info('lake') AS t
JOIN duckdb_tables() AS ours ON ours.database_name = 'edition' AND ours.table_name = t.table_name
WHERE t.file_count + t.delete_file_count > $files
ORDER BY t.table_name;
