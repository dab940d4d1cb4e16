-- warehouse_is_not_empty: warning, over articles
-- One row: one table that holds nothing, so that no other check had anything to look at.
SELECT t.name FROM (
    SELECT 'articles' AS name, count(*) AS n FROM articles UNION ALL SELECT 'figures', count(*) FROM figures
) AS t
WHERE t.n = 0
