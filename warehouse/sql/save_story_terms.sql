-- What articles' words weigh, in the place of what another scheme said; those of superseded versions go.
DELETE FROM core.story_terms WHERE article_id IN (SELECT article_id FROM incoming_terms);
DELETE FROM core.story_terms WHERE article_id NOT IN (SELECT article_id FROM core.articles WHERE is_latest);
INSERT INTO core.story_terms
SELECT * FROM incoming_terms WHERE article_id IN (SELECT article_id FROM core.articles WHERE is_latest);
