-- One row: one line of a spooled file, with the types of the table that it goes to.
CREATE OR REPLACE TEMP VIEW incoming_rows AS
SELECT * FROM read_json(
    '{path}', columns = {{{shape}}}, format = 'newline_delimited', maximum_object_size = 4194304, ignore_errors = false,
    hive_partitioning = false
);
