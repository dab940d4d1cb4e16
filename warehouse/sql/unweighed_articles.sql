-- One row: where in the table of articles the latest version of one page stands whose words no run has weighed.
SELECT a.rowid
FROM core.articles AS a
WHERE a.is_latest AND NOT EXISTS (FROM core.story_terms AS t WHERE t.article_id = a.article_id AND t.scheme = $scheme)
ORDER BY a.rowid;
