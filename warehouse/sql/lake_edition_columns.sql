-- One row: one column of a table as the published file has it.
SELECT column_name, column_type FROM (DESCRIBE edition.core.{table});
