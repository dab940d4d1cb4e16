-- Whether a table holds just the incoming rows.
SELECT
    NOT EXISTS (SELECT * FROM {table} EXCEPT ALL SELECT * FROM incoming_rows)
    AND NOT EXISTS (SELECT * FROM incoming_rows EXCEPT ALL SELECT * FROM {table});
