-- One row: one story with what its name was made from.
SELECT story_id, name, named_from FROM core.stories;
