-- One row: one contradiction that stands and was flagged first at a moment or later.
SELECT relation_id, first_seen_at FROM contradictions WHERE first_seen_at >= $since
