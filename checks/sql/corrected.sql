-- One row: one figure with persons' corrections; those that nobody corrected, nearly all, are read as they are.
CREATE OR REPLACE TEMP TABLE corrected AS
SELECT f.* EXCLUDE (story_id, url, outlet, published_at, is_latest, is_corrected) FROM figures AS f WHERE f.is_corrected;

-- One row: one figure that a person found to be none; the public view leaves it out.
CREATE OR REPLACE TEMP TABLE no_figures AS
SELECT f.figure_id
FROM (SELECT DISTINCT page_id, field, quote, sentence FROM core.corrections WHERE changed = 'is_figure') AS c
JOIN core.articles AS a USING (page_id)
JOIN core.figures AS f ON f.article_id = a.article_id AND f.field = c.field AND f.quote = c.quote AND f.sentence = c.sentence
ANTI JOIN figures AS seen ON seen.figure_id = f.figure_id;
