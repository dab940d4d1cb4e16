"""Rows into tables: through Arrow, in one MERGE by key, each key once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from warehouse.statements import statement

Row = tuple[object, ...]


def arrow_batch(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> Any:  # noqa: ANN401  pyarrow has no types
    """The rows as an Arrow table with the columns and types of `table`.

    rows: in the order of the table's columns; moments must be aware
    """
    import pyarrow as pa  # it loads pandas, two seconds in all: only where there is something to save

    schema = connection.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema  # noqa: S608  our own names
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table(
        [pa.array(cells, column.type) for cells, column in zip(columns, schema, strict=True)], schema=schema
    )


@contextmanager
def incoming(connection: duckdb.DuckDBPyConnection, **batches: tuple[str, Sequence[Row]]) -> Iterator[None]:
    """Show rows to SQL as views named like the arguments; each is (table whose shape they have, rows)."""
    for name, (table, rows) in batches.items():
        connection.register(name, arrow_batch(connection, table, rows))
    try:
        yield
    finally:
        for name in batches:
            connection.unregister(name)


def merge_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert rows or replace those with the same key; of rows that share a key in the batch the last one counts.

    table, key: names of ours, never from a page; key columns must not be null
    """
    if not rows:
        return
    names = [column for (column,) in connection.execute(statement("columns_of"), table.split(".")).fetchall()]
    places = [names.index(column) for column in key]
    once = {tuple(row[place] for place in places): row for row in rows}
    with incoming(connection, incoming_rows=(table, list(once.values()))):
        connection.execute(statement("merge_rows").format(table=table, key=", ".join(key)))
