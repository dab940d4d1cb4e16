-- One row: the text of one of the given rows of the table of articles; the range spares the look at all others.
SELECT article_id, title, left(text, $characters) AS text
FROM core.articles
WHERE rowid BETWEEN $first AND $last AND rowid IN (SELECT unnest($rows));
