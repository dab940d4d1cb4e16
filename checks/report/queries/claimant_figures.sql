-- One row: one tracked figure, claimant by claimant, newest first, at most 200 a claimant.
SELECT
    voice_id, article_id, figure_id, outlet, measure, population, place, unit, as_of, low, high, claimant, sentence, quote, published_at
FROM figures
WHERE is_latest AND trackable AND claimant IS NOT NULL AND voice_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY voice_id ORDER BY as_of DESC NULLS LAST, article_id, char_start) <= 200
ORDER BY voice_id, as_of DESC NULLS LAST, article_id, char_start
