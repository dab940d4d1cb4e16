-- figures_have_days_in_order: critical, over figures
-- One row: one figure whose first possible day lies after its last, or whose day lies outside them.
SELECT figure_id, quote, as_of_from, as_of, as_of_to
FROM figures
WHERE as_of_from > as_of_to OR as_of < as_of_from OR as_of > as_of_to
