-- One row: where in the table of articles the latest version of one page stands.
SELECT rowid FROM core.articles WHERE is_latest ORDER BY rowid;
