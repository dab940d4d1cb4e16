-- All that rests on the leaving articles.
CREATE OR REPLACE TEMP TABLE leaving_figures AS
SELECT figure_id FROM core.figures WHERE article_id IN (SELECT article_id FROM leaving_articles);

CREATE OR REPLACE TEMP TABLE leaving_relations AS
SELECT relation_id FROM core.relations
WHERE
    a_url IN (SELECT url FROM leaving_articles) OR b_url IN (SELECT url FROM leaving_articles)
    OR list_has_any(figure_ids, (SELECT coalesce(list(figure_id), []) FROM leaving_figures));
