-- One row: one verdict of a person on one relation; the newest counts.
INSERT INTO core.reviews (relation_id, verdict, reviewed_by, reviewed_at, note) VALUES ($relation, $verdict, $by, $now, $note);
