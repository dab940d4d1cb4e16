-- The days of the stories at hand, anew.
DELETE FROM core.timeline WHERE story_id IN (SELECT story FROM at_hand);

INSERT INTO core.timeline BY NAME SELECT * FROM fresh_timeline ORDER BY story_id, measure, population, place, unit, as_of;
