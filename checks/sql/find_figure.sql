-- One row: the words by which a correction finds its figure again.
SELECT a.page_id, f.field, f.quote, f.sentence FROM core.figures AS f JOIN core.articles AS a USING (article_id) WHERE f.figure_id = $figure;
