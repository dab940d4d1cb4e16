-- figures_belong_to_an_article: critical, over figures
-- One row: one figure whose article is not there.
SELECT f.figure_id, f.article_id, f.quote FROM core.figures AS f ANTI JOIN core.articles AS a USING (article_id)
