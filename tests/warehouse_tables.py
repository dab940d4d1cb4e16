"""What two warehouses hold, for tests that compare them."""

from __future__ import annotations

from pathlib import Path

import duckdb

# What may differ between two runs over the same bytes.
MOMENTS = {
    "fetched_at", "first_seen_at", "last_seen_at", "gone_at", "quarantined_at", "forgotten_at", "run_id", "seconds",
    "started_at", "ended_at", "checked_at", "applied_at",
}  # fmt: skip
# The record of what was done, not of what is known.
RECORDS = {"migrations", "trees", "publication", "runs", "fetches", "check_results"}


def dump_tables(path: Path, *, with_records: bool = False) -> dict[str, list[tuple[str, ...]]]:
    """Every base table's rows, ids included, sorted, cells as text; moments of reading and run ids left out.

    with_records: also fetches, runs and check results, which grow with every run
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        columns: dict[str, list[str]] = {}
        for table, column in connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'core' AND NOT internal "
            "ORDER BY table_name, column_index"
        ).fetchall():
            if (with_records or table not in RECORDS) and column not in MOMENTS:
                columns.setdefault(table, []).append(column)
        return {table: _rows(connection, table, names) for table, names in columns.items()}


def table_differences(one: Path, other: Path) -> list[str]:
    """What stands in one warehouse and not in the other, as lines for a person; empty = the same tables."""
    left, right = dump_tables(one), dump_tables(other)
    lines = []
    for table in sorted(left.keys() | right.keys()):
        only_left = set(left.get(table, [])) - set(right.get(table, []))
        only_right = set(right.get(table, [])) - set(left.get(table, []))
        if left.get(table) != right.get(table):
            lines.append(f"{table}: {len(left.get(table, []))} and {len(right.get(table, []))} rows")
            lines += [f"{table} < {row}" for row in sorted(only_left)[:5]]
            lines += [f"{table} > {row}" for row in sorted(only_right)[:5]]
    return lines


def _rows(connection: duckdb.DuckDBPyConnection, table: str, names: list[str]) -> list[tuple[str, ...]]:
    cells = ", ".join(f'"{name}"' for name in names)
    return sorted(tuple(map(repr, row)) for row in connection.execute(f"SELECT {cells} FROM core.{table}").fetchall())
