-- What every public view, column and macro means, as rows, so that it can be read under any name that a client attaches the file by.
DELETE FROM core.dictionary;

INSERT INTO core.dictionary
SELECT v.view_name, 'view', NULL, 0, NULL, v.comment
FROM duckdb_views() AS v
WHERE v.database_name = current_database() AND v.schema_name = 'main' AND NOT v.internal
ORDER BY v.view_name;

INSERT INTO core.dictionary
SELECT c.table_name, 'column', c.column_name, c.column_index, c.data_type, c.comment
FROM duckdb_columns() AS c
WHERE c.database_name = current_database() AND c.schema_name = 'main' AND NOT c.internal
ORDER BY c.table_name, c.column_index;

INSERT INTO core.dictionary
SELECT m.function_name, 'macro', NULL, 0, array_to_string(m.parameters, ', '), m.comment
FROM duckdb_functions() AS m
WHERE m.database_name = current_database() AND m.schema_name = 'main' AND m.function_type = 'table_macro' AND NOT m.internal
ORDER BY m.function_name;
