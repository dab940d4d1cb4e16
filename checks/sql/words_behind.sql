-- One row: one of these figures with the words that follow it.
SELECT o.figure_id, substr(a.text, o.behind, 200) AS words FROM core.articles AS a JOIN one_less AS o USING (article_id)
