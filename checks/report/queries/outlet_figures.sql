-- One row: one tracked figure, outlet by outlet, newest first, at most 200 an outlet.
SELECT
    outlet, article_id, figure_id, measure, population, place, unit, as_of, low, high, claimant, sentence, quote, published_at
FROM figures
WHERE is_latest AND trackable AND outlet IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY outlet ORDER BY published_at DESC NULLS LAST, article_id, char_start) <= 200
ORDER BY outlet, published_at DESC NULLS LAST, article_id, char_start
