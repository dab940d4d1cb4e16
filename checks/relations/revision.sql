-- One row: a number that one page printed first, and the one that now stands in the same words of the same page.
WITH worded AS (
    SELECT
        s.*, regexp_replace(replace(s.sentence, s.quote, '#'), '[0-9][0-9.,]*', '#', 'g') AS wording,
        count(*) OVER (PARTITION BY s.article_id, s.field, s.measure, regexp_replace(replace(s.sentence, s.quote, '#'), '[0-9][0-9.,]*', '#', 'g')) AS alike
    FROM statements AS s
    WHERE s.trackable AND NOT s.negated
), former AS (
    SELECT * FROM worded WHERE NOT is_latest AND alike = 1
    QUALIFY version = max(version) OVER (PARTITION BY page_id)
)
SELECT
    'revision' AS kind, 'medium' AS severity, 'same_words_other_number' AS rule, new.story, new.measure, new.unit, new.population, new.place,
    new.as_of, [old.n] AS a, [new.n] AS b, [old.n] AS a_all, [new.n] AS b_all,
    old.low AS a_low, old.high AS a_high, new.low AS b_low, new.high AS b_high,
    new.printed_in || ' first printed ' || old.amount
        || ' ' || new.topic || ' and now has '
        || new.amount || ' in the same words, without saying so' AS explanation
FROM former AS old
JOIN worded AS new
    ON new.page_id = old.page_id AND new.is_latest AND new.alike = 1 AND new.field = old.field AND new.measure = old.measure
    AND new.unit = old.unit AND new.wording = old.wording
WHERE apart(old.low, old.high, new.low, new.high) AND new.corrects IS NULL
    -- A page that moves to a new day with a higher count keeps a tally, it does not rewrite one.
    AND NOT (new.aspect = 'cumulative' AND new.day_from > old.day_to AND new.low > old.high)
    -- Where the article itself takes the old number back, that is a retraction in the open.
    AND NOT EXISTS (
        SELECT 1 FROM statements AS taken JOIN withdrawn AS w USING (n)
        WHERE taken.article_id = new.article_id AND taken.measure = old.measure AND taken.low IS NOT DISTINCT FROM old.low
            AND taken.high IS NOT DISTINCT FROM old.high
    )
