-- One row: one measure that a figure can have.
SELECT measure FROM core.measures ORDER BY measure;
