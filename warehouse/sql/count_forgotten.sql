-- One row: how much leaves.
SELECT
    (SELECT count(*) FROM leaving_articles), (SELECT count(*) FROM leaving_figures), (SELECT count(*) FROM leaving_relations);
