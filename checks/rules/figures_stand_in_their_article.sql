-- figures_stand_in_their_article: critical, over figures
-- One row: one figure whose quote is not what stands between its offsets.
SELECT f.figure_id, f.field, f.char_start, f.char_end, f.quote
FROM core.figures AS f
JOIN core.articles AS a USING (article_id)
WHERE f.quote = '' OR substr(
    CASE f.field WHEN 'title' THEN coalesce(a.title, '') WHEN 'caption' THEN a.captions ELSE a.text END,
    f.char_start + 1, f.char_end - f.char_start
) <> f.quote
