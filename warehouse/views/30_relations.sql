-- One row: one relation ever found between figures, with a person's verdict where there is one.
CREATE VIEW relations AS
WITH verdicts AS (
    SELECT
        relation_id,
        arg_max({'verdict': verdict, 'reviewed_by': reviewed_by, 'reviewed_at': reviewed_at, 'note': note}, reviewed_at) AS newest
    FROM core.reviews GROUP BY relation_id
)
SELECT
    r.relation_id,      -- Id: a hash of kind and of the figures' pages, quotes, measures and bounds
    r.story_id,         -- Story that it belongs to
    r.kind,             -- source_conflict, sum_mismatch, update, agreement, ...
    r.severity,         -- high, medium or low; null where nothing contradicts
    r.measure,          -- Measure of the figures
    r.population,       -- Class of the counted people
    r.place,            -- Place of the figures
    r.unit,             -- Unit of the figures
    r.as_of,            -- Day of the newer side
    r.figure_ids,       -- All figures that it rests on
    r.a_figure_ids,     -- Figures of side a
    r.b_figure_ids,     -- Figures of side b
    r.a_quote,          -- Words of side a
    r.a_outlet,         -- Outlet of side a
    r.a_url,            -- Address of side a
    r.a_low,            -- Least number that side a allows
    r.a_high,           -- Greatest number that side a allows
    r.b_quote,          -- Words of side b
    r.b_outlet,         -- Outlet of side b
    r.b_url,            -- Address of side b
    r.b_low,            -- Least number that side b allows
    r.b_high,           -- Greatest number that side b allows
    r.gap,              -- How far the two sides stand apart, in unit
    r.rule,             -- The rule that found it
    r.explanation,      -- Why, in one sentence
    r.voices,           -- How many independent voices take part
    r.first_seen_at,    -- When it was found first
    r.last_seen_at,     -- When it was found last
    CASE                -- open, confirmed or dismissed by a person, or closed because its articles changed
        WHEN NOT r.is_current THEN 'closed'
        WHEN v.newest.verdict IN ('confirmed', 'dismissed') THEN v.newest.verdict
        ELSE 'open'
    END AS status,
    v.newest.reviewed_by AS reviewed_by,  -- Who judged it last
    v.newest.reviewed_at AS reviewed_at,  -- When it was judged last
    v.newest.note AS note,                -- What that person noted
    v.newest.verdict AS verdict           -- What that person said; it outlives the relation's closing
FROM core.relations AS r
LEFT JOIN verdicts AS v ON v.relation_id = r.relation_id;
