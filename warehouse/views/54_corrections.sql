-- One row: one correction of one field of one figure by a person; the newest counts.
CREATE VIEW corrections AS
SELECT
    page_id,      -- Page on which the figure stands
    field,        -- Where it stands there: title, text or caption
    quote,        -- Its words
    sentence,     -- The sentence around it
    changed,      -- Name of the corrected column of figures; is_figure where the number is no figure at all
    new_value,    -- What it should be; null = unknown
    reviewed_by,  -- Who corrected it
    reviewed_at,  -- When
    note          -- Why
FROM core.corrections;
