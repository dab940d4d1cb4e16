-- Everything that came from the leaving articles goes.
DELETE FROM core.corrections WHERE page_id IN (SELECT page_id FROM leaving_articles);
DELETE FROM core.reviews WHERE relation_id IN (SELECT relation_id FROM leaving_relations);
DELETE FROM core.relations WHERE relation_id IN (SELECT relation_id FROM leaving_relations);
DELETE FROM core.timeline
WHERE list_has_any(figure_ids, (SELECT coalesce(list(figure_id), []) FROM leaving_figures));
DELETE FROM core.figures WHERE figure_id IN (SELECT figure_id FROM leaving_figures);
DELETE FROM core.blocks WHERE article_id IN (SELECT article_id FROM leaving_articles);
-- A name may hold the article's words; where a later version of some page has the story, it is named anew.
UPDATE core.stories SET name = coalesce(place, 'unnamed'), named_from = NULL
WHERE tracker IS NULL AND story_id IN (SELECT story_id FROM core.articles WHERE article_id IN (SELECT article_id FROM leaving_articles));
DELETE FROM core.story_terms WHERE article_id IN (SELECT article_id FROM leaving_articles);
UPDATE core.articles SET copy_of = NULL WHERE copy_of IN (SELECT article_id FROM leaving_articles);
DELETE FROM core.articles WHERE article_id IN (SELECT article_id FROM leaving_articles);
DELETE FROM core.stories
WHERE story_id NOT IN (SELECT story_id FROM core.articles WHERE story_id IS NOT NULL);
DELETE FROM core.claimants
WHERE NOT EXISTS (SELECT 1 FROM core.figures AS f WHERE f.claimant = spelling);
