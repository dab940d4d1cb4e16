-- Relations of the stories at hand that were not found again are closed; none is ever deleted.
UPDATE core.relations SET is_current = false
WHERE is_current AND story_id IN (SELECT story FROM at_hand) AND relation_id NOT IN (SELECT relation_id FROM fresh_relations);
