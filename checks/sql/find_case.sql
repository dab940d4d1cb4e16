-- One row: one relation whose id begins so; two are enough to know that the beginning is too short.
SELECT relation_id FROM core.relations WHERE starts_with(relation_id, $beginning) ORDER BY relation_id LIMIT 2;
