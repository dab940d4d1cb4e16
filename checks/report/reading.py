"""Rows for the pages, each query a file of its own in `queries/`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

Row = dict[str, Any]
"""One row by column name; it never leaves this folder, where the templates read it."""

BATCH_ROWS = 2_000


@cache
def query(name: str) -> str:
    """The text of queries/<name>.sql."""
    return files("checks.report").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")


def stream(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> Iterator[Row]:
    """The rows of one query, without holding them all."""
    cursor = connection.cursor().execute(query(name), values or None)
    columns = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(BATCH_ROWS):
        yield from (dict(zip(columns, row, strict=True)) for row in batch)


def rows(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[Row]:
    """All rows of one query."""
    return list(stream(connection, name, **values))


def grouped(connection: duckdb.DuckDBPyConnection, name: str, key: str, **values: object) -> dict[str, list[Row]]:
    """All rows of one query that is ordered by `key`, by the value of that column."""
    return {value: list(group) for value, group in groupby(stream(connection, name, **values), key=itemgetter(key))}


class Follower:
    """Walks a stream that is ordered by one key beside another stream ordered by the same key, in flat memory."""

    def __init__(self, stream_of_rows: Iterator[Row], key: str) -> None:
        self._groups = groupby(stream_of_rows, key=itemgetter(key))
        self._ahead: tuple[str, list[Row]] | None = None

    def rows_of(self, value: str) -> list[Row]:
        """The rows of this key; keys must be asked for in the stream's order."""
        while self._ahead is None or self._ahead[0] < value:
            following = next(self._groups, None)
            if following is None:
                return []
            self._ahead = (following[0], list(following[1]))
        return self._ahead[1] if self._ahead[0] == value else []
