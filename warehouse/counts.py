"""Counts for the summary of a run."""

from __future__ import annotations

import duckdb


def count_open(connection: duckdb.DuckDBPyConnection) -> int:
    """How many contradictions stand."""
    row = connection.execute("SELECT count(*) FROM contradictions").fetchone()
    return 0 if row is None else int(row[0])
