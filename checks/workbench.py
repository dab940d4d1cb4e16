"""Where relations are worked out: tables in memory, beside the transaction that stores what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:  # DuckDB brings it in where it is used
    import pyarrow as pa


class Workbench:
    """A second connection to the warehouse, whose temporary tables are gone from memory as soon as they are dropped.

    Within a transaction DuckDB gives nothing of a dropped table back before the commit: the relations of a million
    figures had left 4 GB behind. Here each statement commits by itself. The workbench sees no row that is not
    committed, so what it works with is brought to it. Both connections share one limit of memory; what goes from one
    to the other, a table at a time, comes on top of it.
    """

    def __init__(self, warehouse: duckdb.DuckDBPyConnection, tables: duckdb.DuckDBPyConnection) -> None:
        """warehouse: with the open transaction; tables: another connection to the same database, without one."""
        self.warehouse = warehouse
        self.tables = tables
        self._windows: dict[str, Window] = {}

    def bring(self, table: str, query: str) -> None:
        """Fill a table of the workbench with the rows that a query finds in the warehouse."""
        self.tables.register("brought", self.warehouse.execute(query).to_arrow_table())
        self.tables.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM brought")
        self.tables.unregister("brought")

    @contextmanager
    def handed_over(self, table: str) -> Iterator[None]:
        """Take a table off the workbench and let the warehouse read its rows, by its name, while the block runs."""
        rows = self.tables.table(table).to_arrow_table()
        self.tables.execute(f"DROP TABLE {table}")
        if table in self._windows:
            self._windows[table].rows = rows
        else:
            self._windows[table] = Window(rows)
            self.warehouse.register(table, self._windows[table])
        try:
            yield
        finally:
            self._windows[table].rows = rows.schema.empty_table()

    def clear(self) -> None:
        """Take back the names that the warehouse knew."""
        while self._windows:
            self.warehouse.unregister(self._windows.popitem()[0])


@dataclass(slots=True)
class Window:
    """Rows that the warehouse reads under a name.

    A name that is taken back within a transaction keeps alive what it stood for until the commit; so the rows change
    behind a name that stays.
    """

    rows: pa.Table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows, as Arrow hands them from one library to another."""
        return self.rows.__arrow_c_stream__(requested_schema)


@contextmanager
def workbench_of(warehouse: duckdb.DuckDBPyConnection) -> Iterator[Workbench]:
    """A workbench beside the warehouse until the block ends."""
    with warehouse.cursor() as tables:
        tables.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        bench = Workbench(warehouse, tables)
        yield bench
        bench.clear()  # not after a failure: a transaction that has failed refuses this too, and would hide why
