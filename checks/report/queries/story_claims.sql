-- One row: one tracked figure in the latest version of its article, under the kind of number whose time line it is on.
WITH placed AS (
    SELECT unnest(figure_ids) AS figure_id, population, place FROM timeline
)
SELECT
    f.story_id, f.figure_id, f.article_id, f.measure,
    -- A toll without a noun counts people; claims of an inexact day are on no time line.
    coalesce(p.population, f.population, CASE WHEN f.unit = 'person' THEN 'people' END) AS population,
    coalesce(p.place, f.place) AS place, f.unit, f.as_of, f.low, f.high, f.likely_low, f.likely_high, f.value, f.qualifier,
    f.outlet, f.url, f.claimant, f.published_at, f.sentence, f.quote, f.aspect, f.modality
FROM figures AS f
LEFT JOIN placed AS p ON p.figure_id = f.figure_id
WHERE f.is_latest AND f.trackable AND f.story_id IS NOT NULL
ORDER BY
    f.story_id, f.measure, population NULLS FIRST, place NULLS FIRST, f.unit, f.as_of NULLS LAST, f.published_at NULLS LAST, f.url,
    f.char_start
