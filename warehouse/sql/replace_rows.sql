-- A table anew.
DELETE FROM {table};
INSERT INTO {table} SELECT * FROM incoming_rows ORDER BY ALL;
