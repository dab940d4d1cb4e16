-- One row: one figure of the stories at hand, as persons corrected it.
WITH as_read AS (
    FROM core.figures AS f
    SEMI JOIN (FROM core.articles SEMI JOIN batch USING (page_id)) AS a ON a.article_id = f.article_id
), as_corrected AS (
    FROM as_read AS f
    ANTI JOIN corrected AS c ON c.figure_id = f.figure_id
    ANTI JOIN no_figures AS n ON n.figure_id = f.figure_id
    -- Voices are joined a batch at a time, after the corrections were read.
    UNION ALL BY NAME SELECT c.* REPLACE (f.voice_id AS voice_id) FROM as_read AS f JOIN corrected AS c ON c.figure_id = f.figure_id
)
SELECT
    f.figure_id, f.article_id, f.field, f.char_start, f.quote, f.sentence, f.value, f.low, f.high, f.likely_low, f.likely_high, f.qualifier,
    f.measure, f.unit, f.counted, f.population, f.place, f.place_source, coalesce(f.aspect, m.aspect, 'cumulative') AS aspect,
    f.as_of, f.as_of_from, f.as_of_to, f.claimant, f.claimant_kind, f.voice_id, f.negated, f.modality, f.part_of, f.corrects,
    f.is_background, f.trackable
FROM as_corrected AS f
LEFT JOIN core.measures AS m ON m.measure = f.measure
