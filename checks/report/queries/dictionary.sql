-- One row: one column of the public views.
SELECT * FROM data_dictionary ORDER BY ALL
