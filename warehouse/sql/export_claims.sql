-- One row: one figure of the latest version of a page, with what a reader needs to find it.
SELECT f.*, a.title, a.language
FROM figures AS f JOIN articles AS a ON a.article_id = f.article_id
WHERE f.is_latest
ORDER BY f.url, f.field, f.char_start;
