"""Relations between figures, and data quality; the only Great Expectations code."""
