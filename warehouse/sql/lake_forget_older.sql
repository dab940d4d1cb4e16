-- Few rows at a time are kept in the catalog: they go into files. Rows that were taken out leave the files, then go the
-- snapshots that still showed them, then the files of those.
CALL ducklake_flush_inlined_data('lake');

CALL ducklake_rewrite_data_files('lake', delete_threshold => 0);

CALL ducklake_expire_snapshots('lake', older_than => now());

CALL ducklake_cleanup_old_files('lake', cleanup_all => true);
