-- One row: one figure in a text that gives the next number of the same kind as well, and where its words end.
CREATE OR REPLACE TEMP TABLE one_less AS
SELECT f.figure_id, f.article_id, f.char_start + len(f.quote) AS behind
FROM figures_at_hand AS f
SEMI JOIN figures_at_hand AS next ON next.article_id = f.article_id AND next.measure = f.measure AND next.value = f.value + 1
WHERE f.field = 'text';
