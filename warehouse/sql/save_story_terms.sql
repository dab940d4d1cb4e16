-- What articles' words weigh, in the place of what another scheme said.
DELETE FROM core.story_terms WHERE article_id IN (SELECT article_id FROM incoming_terms);
INSERT INTO core.story_terms SELECT * FROM incoming_terms;
