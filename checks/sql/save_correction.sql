-- One row: one person's correction of one field of one figure; the newest counts.
INSERT INTO core.corrections (page_id, field, quote, sentence, changed, new_value, reviewed_by, reviewed_at, note)
VALUES ($page, $field, $quote, $sentence, $changed, $value, $by, $now, $note);
