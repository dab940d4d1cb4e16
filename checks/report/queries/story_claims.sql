-- One row: one tracked figure in the latest version of its article.
SELECT
    story_id, figure_id, article_id, measure, population, place, unit, as_of, low, high, likely_low, likely_high, value, qualifier,
    outlet, url, claimant, published_at, sentence, quote, aspect, modality
FROM figures
WHERE is_latest AND trackable AND story_id IS NOT NULL
ORDER BY story_id, measure, population NULLS FIRST, place NULLS FIRST, unit, as_of NULLS LAST, published_at NULLS LAST, url, char_start
