-- figures_have_bounds_in_order: critical, over figures
-- One row: one figure whose least number is above its greatest, or that has no number at all.
SELECT figure_id, quote, value, low, high, likely_low, likely_high
FROM figures
WHERE low > high OR likely_low > likely_high OR coalesce(value, low, high, likely_low, likely_high) IS NULL
