"""The only DuckDB code."""
