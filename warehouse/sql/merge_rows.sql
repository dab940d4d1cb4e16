-- Rows by key: replaced where the key is there, added where it is not.
MERGE INTO {table} USING incoming_rows USING ({key})
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED THEN INSERT;
