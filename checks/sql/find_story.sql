-- One row: one story of that id or name.
SELECT story_id FROM core.stories WHERE story_id = $story OR name = $story LIMIT 1;
