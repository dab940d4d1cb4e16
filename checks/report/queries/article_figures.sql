-- One row: one figure, article by article.
SELECT
    article_id, figure_id, field, char_start, char_end, quote, sentence, value, low, high, likely_low, likely_high, qualifier, unit,
    counted, population, measure, aspect, place, country, place_source, as_of, as_of_from, as_of_to, claimant, speech, modality,
    negated, part_of, corrects, is_background, trackable, rule
FROM figures
ORDER BY article_id, field DESC, char_start
