"""Copies the work file to a fresh one and renames it over the published one: readers see all of a run, or nothing.

A file that is nearly full is copied as it is, which costs a tenth; else its rows are, which leaves no free blocks.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from uuid import uuid4

import duckdb

from warehouse.load import merge_rows
from warehouse.neighbours import Neighbours, full_disk_named, put_in_place

MOST_FREE = 0.25  # of the blocks of a file that is copied as it is


def publish(connection: duckdb.DuckDBPyConnection, beside: Neighbours, now: datetime, *, afresh: bool) -> None:
    """Put the connection's state before readers and close it; where that fails, the old file stays in place.

    afresh: copy the rows in any case; what was deleted still stands in the work file
    Raises WarehouseFull where the system refuses the file, else what DuckDB raises: the store names it.
    """
    try:
        merge_rows(connection, "core.publication", [(uuid4().hex, now)], key=["token"])
        connection.execute("CHECKPOINT")
        by_rows = afresh or _free_share(connection) > MOST_FREE
        if by_rows:
            _copy_rows(connection, beside)
    finally:
        connection.close()
    with full_disk_named(beside.published):
        if not by_rows:
            shutil.copyfile(beside.work, beside.publishing)
        put_in_place(beside.publishing, beside.published)


def _free_share(connection: duckdb.DuckDBPyConnection) -> float:
    """The share of the work file's blocks that hold nothing."""
    row = connection.execute(
        "SELECT free_blocks / total_blocks FROM pragma_database_size() WHERE database_name = current_database()"
    ).fetchone()
    assert row is not None
    return float(row[0])


def _copy_rows(connection: duckdb.DuckDBPyConnection, beside: Neighbours) -> None:
    """COPY FROM DATABASE keeps views, macros and comments, and leaves no free blocks behind."""
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    # ATTACH takes no parameters: quotes are doubled
    connection.execute(f"""ATTACH '{str(beside.publishing).replace("'", "''")}' AS "next edition" """)
    connection.execute(f'COPY FROM DATABASE "{str(row[0]).replace(chr(34), chr(34) * 2)}" TO "next edition"')
    connection.execute('CHECKPOINT "next edition"')
    connection.execute('DETACH "next edition"')
