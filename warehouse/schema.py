"""Brings a warehouse file to the present shape: numbered migrations, then the public views with their comments."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from extract.errors import WarehouseBroken, WarehouseTooNew
from warehouse.load import merge_rows
from warehouse.statements import ViewFile, migration_files, statement, view_files


def schema_version(connection: duckdb.DuckDBPyConnection) -> int | None:
    """The newest migration that the open file went through; 0 for an empty file, None for a file that is not ours."""
    tables = connection.execute(statement("own_tables")).fetchall()
    if not tables:
        return 0
    if ("core", "migrations") not in tables:
        return None
    row = connection.execute("SELECT max(version) FROM core.migrations").fetchone()
    return int(row[0]) if row and row[0] is not None else None


def require_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The file's version, at most ours. Raises WarehouseTooNew, or WarehouseBroken for a file that is not ours."""
    version = schema_version(connection)
    if version is None:
        raise WarehouseBroken(f"{path} is a DuckDB file, but not a warehouse of tallywire: give another path")
    if version > len(migration_files()):
        raise WarehouseTooNew(
            f"{path} was written by a later tallywire (its tables are version {version}, "
            f"this one knows {len(migration_files())}): upgrade tallywire, the file stays as it is"
        )
    return version


def migrate(connection: duckdb.DuckDBPyConnection, path: Path, now: datetime) -> int:
    """Apply what is missing and make the public views anew, in one transaction; returns how many steps were new.

    Raises what `require_version` raises, and WarehouseBroken where a step fails; the file is then as it was.
    """
    version = require_version(connection, path)
    missing = migration_files()[version:]
    try:
        connection.begin()
        for migration in missing:
            connection.execute(migration.sql)
            merge_rows(connection, "core.migrations", [(migration.version, migration.name, now)], key=["version"])
        make_views(connection)
        connection.commit()
    except duckdb.Error as error:
        connection.rollback()
        raise WarehouseBroken(f"{path} could not be brought to this version's tables: {error}") from error
    return len(missing)


def make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all public views and macros, comment on each and on every column, and fill the dictionary from that."""
    for (name,) in connection.execute(statement("own_views")).fetchall():
        connection.execute(f'DROP VIEW main."{name}"')
    connection.execute(statement("correction_macros"))
    for view in view_files():
        connection.execute(view.sql)
        _comment(connection, view)
    connection.execute(statement("public_macros"))
    connection.execute(statement("fill_dictionary"))


def _comment(connection: duckdb.DuckDBPyConnection, view: ViewFile) -> None:
    """COMMENT takes no parameters; the words are those of our own files, with quotes doubled."""
    described = [f"COMMENT ON VIEW {view.name} IS {_literal(view.description)}"]
    described += [f"COMMENT ON COLUMN {view.name}.{name} IS {_literal(words)}" for name, words in view.columns.items()]
    connection.execute(";\n".join(described))


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
