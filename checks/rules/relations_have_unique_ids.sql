-- relations_have_unique_ids: critical, over relations
-- One row: one relation_id that two relations carry.
SELECT relation_id, count(*) AS relations FROM core.relations GROUP BY relation_id HAVING count(*) > 1
