-- One row: one update or agreement of a story, newest first, for what moved without contradiction.
SELECT * FROM relations WHERE kind IN ('update', 'rounding', 'agreement') AND status <> 'closed' AND story_id IS NOT NULL
ORDER BY story_id, kind DESC, as_of DESC NULLS LAST, relation_id
