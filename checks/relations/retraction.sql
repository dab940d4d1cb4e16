-- One row: a number that an article withdraws, corrects or denies, and the number that stands instead.
WITH told AS (
    SELECT old.n AS old_n, new.n AS new_n, 'corrected_in_words' AS rule
    FROM statements AS new
    -- The same measure is asked for here, where the figure is named: DuckDB would else pair all figures of one measure first.
    JOIN statements AS old ON old.figure_id = new.corrects AND old.measure = new.measure AND old.unit = new.unit
    WHERE NOT new.negated AND new.is_latest
    UNION ALL
    SELECT old.n, arg_min(new.n, (abs(new.char_start - old.char_start), new.n)), 'denied_in_words'
    FROM statements AS old
    JOIN standing AS new USING (article_id, field, measure, unit)
    WHERE old.negated AND abs(new.char_start - old.char_start) <= 400
        AND apart(old.low, old.high, new.low, new.high)
        AND old.figure_id NOT IN (SELECT corrects FROM statements WHERE corrects IS NOT NULL)
    GROUP BY old.n
), pairs_of_bounds AS (
    SELECT new.story, new.measure, new.unit, new.population, coalesce(new.place, old.place) AS place, old.low AS old_low, old.high AS old_high,
        new.low AS new_low, new.high AS new_high, max(new.day_from) AS day_from, min(old.n) AS old_n, arg_min(new.n, old.n) AS new_n, arg_min(rule, old.n) AS rule,
        list(DISTINCT old.n) AS olds, list(DISTINCT new.n) AS news
    FROM told
    JOIN statements AS old ON old.n = told.old_n
    JOIN statements AS new ON new.n = told.new_n
    WHERE (old.trackable OR new.trackable)
        AND (old.low IS DISTINCT FROM new.low OR old.high IS DISTINCT FROM new.high)
    GROUP BY ALL
), elsewhere AS (
    SELECT old_n, new_n, list(n) FILTER (is_old) AS olds, list(n) FILTER (NOT is_old) AS news
    FROM (
        SELECT p.old_n, p.new_n, s.n, s.low IS NOT DISTINCT FROM p.old_low AND s.high IS NOT DISTINCT FROM p.old_high AS is_old
        FROM pairs_of_bounds AS p
        JOIN standing AS s
            ON s.story = p.story AND s.measure = p.measure AND s.unit = p.unit AND s.population IS NOT DISTINCT FROM p.population
            AND ((s.low IS NOT DISTINCT FROM p.old_low AND s.high IS NOT DISTINCT FROM p.old_high)
                -- The new number counts where it is said from that day on; before, it may be a stage of the tally.
                OR (s.low IS NOT DISTINCT FROM p.new_low AND s.high IS NOT DISTINCT FROM p.new_high AND s.day_from >= p.day_from))
    )
    GROUP BY old_n, new_n
)
SELECT
    'retraction' AS kind, 'high' AS severity, p.rule, p.story, p.measure, p.unit, p.population, p.place, new.as_of,
    [p.old_n] AS a, [p.new_n] AS b,
    list_distinct(p.olds || coalesce(e.olds, [])) AS a_all, list_distinct(p.news || coalesce(e.news, [])) AS b_all,
    p.old_low AS a_low, p.old_high AS a_high, p.new_low AS b_low, p.new_high AS b_high,
    new.told_by || agreeing(new.claimant, ' takes back ', ' take back ')
        || old.amount || ' ' || topic_words(p.measure, p.population, p.place, p.unit)
        || agreeing(new.claimant, ' and gives ', ' and give ') || new.amount
        || ' instead (' || new.told_in || ')' AS explanation
FROM pairs_of_bounds AS p
JOIN statements AS old ON old.n = p.old_n
JOIN statements AS new ON new.n = p.new_n
LEFT JOIN elsewhere AS e USING (old_n, new_n)
