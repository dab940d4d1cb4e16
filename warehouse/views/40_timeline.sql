-- One row: what was known on one day of one kind of number of one story.
CREATE VIEW timeline AS
SELECT
    story_id,    -- Story
    measure,     -- What happened: killed, injured, detained, ...
    population,  -- Class of the counted people
    place,       -- Place
    unit,        -- What is counted
    as_of,       -- The day that the numbers speak of
    low,         -- Lowest likely number of any independent voice
    best,        -- Number of the best-placed claimant, else the conservative one; never an average
    high,        -- Highest likely number of any independent voice that names one
    best_rule,   -- How best was chosen
    voices,      -- How many independent voices spoke
    outlets,     -- Outlets that printed them
    figure_ids   -- Figures behind the row
FROM core.timeline;
