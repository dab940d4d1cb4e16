"""The reader's side: the published file, without a way out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Final

import duckdb

from extract.errors import BadQuery, WarehouseBroken, WarehouseMissing
from warehouse.schema import require_version
from warehouse.statements import statement

READER_MEMORY: Final = "1GB"
QUERY_SECONDS: Final = 60.0
READING: Final = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
# Table functions that a SELECT can call and that change or crash the engine, however its configuration is locked:
# enable_logging(storage = 'file') breaks every later query, query() hides any of them in a string.
ENGINE_FUNCTION: Final = re.compile(
    r"""\b(?P<name>(?:enable|disable|verify)_\w+|write_log|truncate_duckdb_logs|query|query_table|json_execute_serialized_sql
    |(?:arrow|pandas|seq)_scan\w*|python_map_function|(?:copy|import)_database|(?:force_)?checkpoint)
    (?:"|\s|/\*.*?\*/|--[^\n]*\n)*\(""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
# Everything that would let a query read or write a file, reach the net, or look into our own variables.
LOCKED: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one query. types: as DuckDB names them; is_cut: more rows there were than were asked for."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[object, ...]]
    is_cut: bool = False


def open_reader(path: Path, *, memory: str = READER_MEMORY, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a published warehouse, without file or network access, its configuration locked.

    A process that still holds a connection to an older edition gets that edition again: close it first.
    Raises WarehouseMissing, WarehouseBroken, WarehouseTooNew.
    """
    if not path.is_file():
        raise WarehouseMissing(
            f"there is no warehouse at {path}: run `tallywire ingest` or `tallywire track` first, or give its path"
        )
    config = LOCKED | {"memory_limit": memory} | ({"threads": threads} if threads else {})
    try:
        connection = duckdb.connect(str(path), read_only=True, config=config)
        _settle(connection)
        if require_version(connection, path) == 0:
            raise WarehouseBroken(f"{path} is an empty DuckDB file, not a warehouse of tallywire: give another path")
    except duckdb.Error as error:
        raise WarehouseBroken(f"{path} cannot be read as a warehouse: {error}") from error
    return connection


def _settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Set what is to be set and lock it; where another reader of this process did so, it holds for this one too."""
    if connection.execute("SELECT current_setting('lock_configuration')").fetchone() != (True,):
        connection.execute(statement("settings"))
        connection.execute("SET lock_configuration = true")


def ask(
    connection: duckdb.DuckDBPyConnection, sql: str, *, most_rows: int | None = None, seconds: float = QUERY_SECONDS
) -> Answer:
    """Run one reading query that a person wrote.

    most_rows: rows beyond it are left and `is_cut` is set; seconds: after which the query is stopped
    Raises BadQuery for more than one statement, for one that is no query, that DuckDB refuses, or that takes too long.
    """
    _require_one_query(sql)
    clock = Timer(seconds, connection.interrupt)
    clock.daemon = True
    clock.start()
    try:
        connection.execute(sql)
        described = connection.description or []
        rows = connection.fetchall() if most_rows is None else connection.fetchmany(most_rows + 1)
    except duckdb.InterruptException as error:
        raise BadQuery(f"the query took longer than {seconds:g} s and was stopped") from error
    except duckdb.Error as error:
        raise BadQuery(str(error)) from error
    finally:
        clock.cancel()
    is_cut = most_rows is not None and len(rows) > most_rows
    return Answer(
        columns=tuple(column[0] for column in described),
        types=tuple(str(column[1]) for column in described),
        rows=rows[:most_rows] if is_cut else rows,
        is_cut=is_cut,
    )


def _require_one_query(sql: str) -> None:
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise BadQuery(str(error)) from error
    if len(statements) != 1:
        raise BadQuery(f"one query at a time, please: found {len(statements)}")
    if statements[0].type not in READING:
        raise BadQuery(
            f"only queries can be run here (SELECT, FROM, DESCRIBE, SUMMARIZE, EXPLAIN), not {statements[0].type.name}"
        )
    if refused := ENGINE_FUNCTION.search(sql):
        raise BadQuery(f"{refused['name']} works on DuckDB itself and cannot be called here: ask the views instead")
