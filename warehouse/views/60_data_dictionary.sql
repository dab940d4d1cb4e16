-- One row: one public view, column or macro and what it means.
CREATE VIEW data_dictionary AS
SELECT
    name,         -- Name of the view or macro
    kind,         -- view, column or macro
    column_name,  -- Name of the column; null for the view or macro itself
    position,     -- Place of the column, from 1; 0 for the view or macro itself
    data_type,    -- Type of the column; for a macro its parameters
    description   -- What one row, the column or the answer is
FROM core.dictionary;
