-- figures_have_unique_ids: critical, over figures
-- One row: one figure_id that two figures carry.
SELECT figure_id, count(*) AS figures FROM figures GROUP BY figure_id HAVING count(*) > 1
