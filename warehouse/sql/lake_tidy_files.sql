-- States that are older than the lake's own option expire_older_than says, where it is set; then files that no state
-- needs. They stay for a day: a query that began before may read them.
CALL ducklake_expire_snapshots('lake');

CALL ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL 1 DAY);
