-- That, when and why a page was removed; its address only as a hash.
INSERT INTO core.forgotten
SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM core.forgotten WHERE page_id = $1);
