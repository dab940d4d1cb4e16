"""Copies the work file to a fresh one and renames it over the published one: readers see all of a run, or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import duckdb

from warehouse.load import merge_rows
from warehouse.neighbours import Neighbours, full_disk_named, put_in_place


def publish(connection: duckdb.DuckDBPyConnection, beside: Neighbours, now: datetime) -> None:
    """Put the connection's state before readers and close it; where that fails, the old file stays in place.

    Raises WarehouseFull where the system refuses the file, else what DuckDB raises: the store names it.
    """
    try:
        _copy(connection, beside, now)
    finally:
        connection.close()
    with full_disk_named(beside.published):
        put_in_place(beside.publishing, beside.published)


def _copy(connection: duckdb.DuckDBPyConnection, beside: Neighbours, now: datetime) -> None:
    """COPY FROM DATABASE keeps views, macros and comments, and leaves no free blocks behind."""
    merge_rows(connection, "core.publication", [(uuid4().hex, now)], key=["token"])
    connection.execute("CHECKPOINT")
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    # ATTACH takes no parameters: quotes are doubled
    connection.execute(f"""ATTACH '{str(beside.publishing).replace("'", "''")}' AS "next edition" """)
    connection.execute(f'COPY FROM DATABASE "{str(row[0]).replace(chr(34), chr(34) * 2)}" TO "next edition"')
    connection.execute('CHECKPOINT "next edition"')
    connection.execute('DETACH "next edition"')
