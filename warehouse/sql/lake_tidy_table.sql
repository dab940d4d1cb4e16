-- A table's rows that were kept in the catalog, and its many files, into few; what was taken out stays behind.
-- Older states can still be asked for.
CALL ducklake_flush_inlined_data('lake', schema_name => 'core', table_name => '{table}');

CALL ducklake_rewrite_data_files('lake', '{table}', schema => 'core', delete_threshold => 0.2);

CALL ducklake_merge_adjacent_files('lake', '{table}', schema => 'core');
