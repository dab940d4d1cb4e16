-- A small table anew.
DELETE FROM {table};
INSERT INTO {table} SELECT * FROM incoming_rows;
