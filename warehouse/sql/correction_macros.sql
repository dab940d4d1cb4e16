-- What a person's correction makes of one field: changes maps names of columns to new values, as text; null = no correction.
CREATE OR REPLACE MACRO core.corrected_text(changes, field, old) AS
CASE WHEN map_contains(changes, field) THEN changes[field] ELSE old END;

CREATE OR REPLACE MACRO core.corrected_number(changes, field, old) AS
CASE WHEN map_contains(changes, field) THEN TRY_CAST(changes[field] AS DECIMAL(28, 6)) ELSE old END;

CREATE OR REPLACE MACRO core.corrected_day(changes, field, old) AS
CASE WHEN map_contains(changes, field) THEN TRY_CAST(changes[field] AS DATE) ELSE old END;

CREATE OR REPLACE MACRO core.corrected_flag(changes, field, old) AS
CASE WHEN map_contains(changes, field) THEN coalesce(TRY_CAST(changes[field] AS BOOLEAN), old) ELSE old END;
