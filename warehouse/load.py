"""Rows into tables, in one MERGE by key, each key once: many rows through Arrow, few through a file of JSON lines.

DuckDB loads pandas at the first bound parameter and pyarrow at the first array, two seconds in all: too much for a run
that finds nothing new. So what such a run saves is spooled to a file that DuckDB reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from warehouse.neighbours import full_disk_named
from warehouse.statements import statement

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[object, ...]


@contextmanager
def incoming(connection: duckdb.DuckDBPyConnection, **batches: tuple[str, Sequence[Row]]) -> Iterator[None]:
    """Show many rows to SQL as views named like the arguments; each is (table whose shape they have, rows).

    rows: in the order of the table's columns; moments must be aware
    """
    for name, (table, rows) in batches.items():
        connection.register(name, arrow_table(rows, schema_of(connection, table)))
    yield
    for name in batches:  # after an error the transaction takes them along
        connection.unregister(name)


def schema_of(connection: duckdb.DuckDBPyConnection, table: str) -> pa.Schema:
    """The columns of a table of ours."""
    return connection.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema  # noqa: S608  our own names


def arrow_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Rows as columns of the types that they have in the warehouse."""
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table(
        [pa.array(cells, column.type) for cells, column in zip(columns, schema, strict=True)], schema=schema
    )


@contextmanager
def few_incoming(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> Iterator[None]:
    """Show at most some thousand rows to SQL as the view `incoming_rows`, with the shape of `table`; no BLOBs."""
    columns = {name: data_type for name, data_type, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}
    with TemporaryDirectory(prefix="tallywire-") as folder:
        spool = Path(folder) / "rows.json"
        with full_disk_named(spool), spool.open("w", encoding="ascii") as lines:
            for row in rows:
                lines.write(json.dumps(dict(zip(columns, row, strict=True)), default=str, allow_nan=False) + "\n")
        shape = ", ".join(f"'{name}': '{data_type}'" for name, data_type in columns.items())
        connection.execute(statement("show_spooled").format(path=str(spool).replace("'", "''"), shape=shape))
        yield
        connection.execute("DROP VIEW temp.incoming_rows")  # after an error the transaction takes it along


def merge_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert a few rows or replace those with the same key; of rows that share a key in the batch the last one counts.

    table, key: names of ours, never from a page; key columns must not be null
    """
    if not rows:
        return
    names = [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
    places = [names.index(column) for column in key]
    once = {tuple(row[place] for place in places): row for row in rows}
    with few_incoming(connection, table, list(once.values())):
        connection.execute(statement("merge_rows").format(table=table, key=", ".join(key)))
