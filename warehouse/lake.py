"""The warehouse in a lake: after each run a DuckLake holds the tables and views of the published file, in one step.

A lake is a catalog (PostgreSQL, or a file of DuckDB) and a folder of Parquet files. Its readers see the state before a
run or the one after it, and never wait; whoever writes beside us is told apart by the catalog. What differs is found by
comparing rows, so a run that was killed before it reached the lake is made good by the next one.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import duckdb

from extract.errors import BadSetting, LakeRefused
from warehouse.statements import statement, view_files

log = logging.getLogger(__name__)

TRIES: Final = 3  # two writers that meet: the later one begins again
FILES_AT_MOST: Final = 24  # of a table; each run that changes more than a few of its rows adds one or two
SECRET: Final = re.compile(r"(?<=password)\s*=\s*(?:'[^']*'|[^\s'\"]+)|(?<=://)\S*(?=@)", re.IGNORECASE)
EXTENSIONS: Final = ("ducklake", "postgres_scanner")
SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "600MB",
}


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is.

    catalog: "postgres:dbname=lake host=db" or the path of a DuckDB file; a password is left to PGPASSWORD or .pgpass
    files: the folder of its Parquet files; what the catalog says of it stands once the lake was made
    """

    catalog: str
    files: str


@contextmanager
def open_lake(lake: Lake, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which the lake is the database "lake" and the one that is used.

    Raises BadSetting where DuckDB's extension is not installed, and LakeRefused where the lake cannot be opened.
    """
    with duckdb.connect(config=SETTINGS) as connection:
        connection.execute(statement("settings"))
        _load_extensions(connection, lake)
        options = f"DATA_PATH '{_quoted(lake.files)}'" + (", READ_ONLY" if read_only else "")
        try:
            # ATTACH takes no parameters: quotes are doubled
            connection.execute(f"ATTACH 'ducklake:{_quoted(lake.catalog)}' AS lake ({options})")
        except duckdb.Error as error:
            raise LakeRefused(f"the lake cannot be opened: {_without_secrets(error, lake)}") from None
        connection.execute("USE lake")
        yield connection


def bring_to_lake(published: Path, lake: Lake, *, files_at_most: int = FILES_AT_MOST) -> dict[str, int]:
    """Make the lake's tables and views those of a published file, all at once; returns the rows changed by table.

    Tables that others keep in the lake are left alone. A table that lies in more files than `files_at_most` is then put
    into few. Raises what `open_lake` raises, and LakeRefused where another writer came between at each try; readers
    then see the state before.
    """
    with open_lake(lake) as connection:
        _attach_edition(connection, published, lake)
        changed = _bring_all(connection, published, lake)
        _tidy(connection, lake, files_at_most)
        return changed


def _bring_all(connection: duckdb.DuckDBPyConnection, published: Path, lake: Lake) -> dict[str, int]:
    """In one transaction, begun again where another writer came between."""
    for attempt in range(1, TRIES + 1):
        connection.begin()
        try:
            _run(connection, "lake_schema")
            changed = {table: _bring_table(connection, table) for table in _tables(connection)}
            _bring_views(connection)
            connection.commit()
        except duckdb.Error as error:
            _roll_back(connection)
            log.info("lake refused attempt=%d error=%s", attempt, _without_secrets(error, lake))
            if attempt == TRIES:
                raise LakeRefused(
                    f"the lake took nothing of this run ({_without_secrets(error, lake)}): {published} is complete,"
                    " and the next run brings the lake up to it"
                ) from None
        else:
            return {table: rows for table, rows in changed.items() if rows}
    raise AssertionError("the loop above returns or raises")


def forget_older(lake: Lake) -> None:
    """Leave nothing in the lake but its present state: no older snapshot, and no file with a row that was taken out.

    Older snapshots of others' tables go too, but no row of theirs. Raises what `open_lake` raises, and LakeRefused.
    """
    with open_lake(lake) as connection:
        try:
            _run(connection, "lake_forget_older")
        except duckdb.Error as error:
            raise LakeRefused(
                f"the lake still holds what was to be forgotten ({_without_secrets(error, lake)}): forget it again"
            ) from None


def _attach_edition(connection: duckdb.DuckDBPyConnection, published: Path, lake: Lake) -> None:
    try:
        connection.execute(f"ATTACH '{_quoted(str(published))}' AS edition (READ_ONLY)")
    except duckdb.Error as error:
        raise LakeRefused(f"{published} cannot be read into the lake: {_without_secrets(error, lake)}") from None


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(statement("lake_tables")).fetchall()
    return [str(table) for (table,) in rows]


def _bring_table(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Take out the rows that are no longer there and put in the new ones; how many both were."""
    columns = connection.execute(statement("lake_edition_columns").format(table=table)).fetchall()
    there = connection.execute(statement("lake_columns"), {"table": table}).fetchall()
    if there != columns:
        _run(connection, "lake_new_table", table)
    row = _run(connection, "lake_difference", table).fetchone()
    rows = int(row[0]) if row else 0
    if rows:
        _run(connection, "lake_apply", table)
    return rows


def _bring_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make views and macros where their words changed; their comments are rows of `data_dictionary`."""
    words = [statement("correction_macros"), *(view.sql for view in view_files()), statement("public_macros")]
    version = sha256("\x1f".join(words).encode()).hexdigest()[:12]
    if connection.execute("FROM lake.core.lake_views").fetchall() == [(version,)]:
        return
    for view in reversed(view_files()):
        connection.execute(f"DROP VIEW IF EXISTS lake.main.{view.name}")
    for text in words:
        for part in connection.extract_statements(text):
            if part.type != duckdb.StatementType.ALTER:  # COMMENT ON: DuckLake keeps none on columns of views
                connection.execute(part)
    for part in connection.extract_statements(statement("lake_views_made")):
        connection.execute(part, {"version": version} if part.named_parameters else None)


def _tidy(connection: duckdb.DuckDBPyConnection, lake: Lake, files_at_most: int) -> None:
    """Put tables of many small files into few, which nobody notices; another writer may come between, then later."""
    try:
        crowded = connection.execute(statement("lake_crowded"), {"files": files_at_most}).fetchall()
        for (table,) in crowded:
            _run(connection, "lake_tidy_table", table)
        if crowded:
            _run(connection, "lake_tidy_files")
    except duckdb.TransactionException as error:
        log.info("lake not tidied this time error=%s", _without_secrets(error, lake))
    except duckdb.Error as error:  # the edition is in the lake: what is only slower next time must not fail the run
        log.warning("lake could not be tidied error=%s", _without_secrets(error, lake))


def _run(connection: duckdb.DuckDBPyConnection, name: str, table: str = "") -> duckdb.DuckDBPyConnection:
    """All statements of a file, for one table where it names one; the answer is that of the last."""
    for part in connection.extract_statements(statement(name).format(table=table)):
        connection.execute(part)
    return connection


def _load_extensions(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    for name in EXTENSIONS if lake.catalog.startswith("postgres:") else EXTENSIONS[:1]:
        spec = importlib.util.find_spec(f"duckdb_extension_{name}")
        places = spec.submodule_search_locations if spec else None
        binary = f"extensions/v{duckdb.__version__}/{name}.duckdb_extension"
        found = next((path for place in places or () if (path := Path(place) / binary).is_file()), None)
        try:
            connection.execute(f"LOAD '{_quoted(str(found))}'" if found else f"LOAD {name}")
        except duckdb.Error:
            raise BadSetting(
                f"a lake needs DuckDB's extension {name} for duckdb {duckdb.__version__}: install tallywire[lake]"
            ) from None


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.Error as error:  # a commit that was refused leaves nothing to roll back
        log.debug("rollback refused error=%s", error)


def _without_secrets(error: duckdb.Error, lake: Lake) -> str:
    """DuckDB's first line, without the catalog's address that it repeats and without any other password."""
    said = str(error).splitlines()[0].replace(lake.catalog, "its catalog").replace(_quoted(lake.catalog), "its catalog")
    return SECRET.sub("…", said)[:300]


def _quoted(text: str) -> str:
    return text.replace("'", "''")
