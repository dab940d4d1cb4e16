"""The SQL that the warehouse runs, kept in .sql files beside the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_FILE_COMMENT = re.compile(r"-- (?P<words>.+)")
_COLUMN = re.compile(r"^ {4}(?:\S.*?)??(?P<column>\w+)\b,? +(?:-- (?P<words>.+))$")
_BORROWED = re.compile(r"^-- Columns as in (?P<view>\w+)\.$")
_CASE = re.compile(r"^ {4}CASE +-- (?P<words>.+)$")
_CASE_END = re.compile(r"^ {4}END AS (?P<column>\w+),?$")


@dataclass(frozen=True, slots=True)
class ViewFile:
    """One public view as its file gives it.

    description: the file's first line; columns: what each column means, by name, from the words behind it
    """

    name: str
    sql: str
    description: str
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """One numbered step of the base tables."""

    version: int
    name: str
    sql: str


@cache
def statement(name: str) -> str:
    """The SQL of warehouse/sql/<name>.sql."""
    return (files("warehouse") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def migration_files() -> tuple[MigrationFile, ...]:
    """All migrations, oldest first. Raises ValueError where a number is missing or given twice."""
    found = [
        MigrationFile(version=int(entry.name[:4]), name=entry.name.removesuffix(".sql"), sql=_read(entry))
        for entry in _sql_files("migrations")
    ]
    if [migration.version for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are not numbered 1 to {len(found)}: {[migration.name for migration in found]}")
    return tuple(found)


@cache
def view_files() -> tuple[ViewFile, ...]:
    """All public views in the order in which they can be made."""
    found: dict[str, ViewFile] = {}
    for entry in _sql_files("views"):
        name = entry.name.removesuffix(".sql")[3:]  # the two digits in front give the order
        found[name] = _parse_view(name, _read(entry), found)
    return tuple(found.values())


def _sql_files(folder: str) -> list[Traversable]:
    entries = (files("warehouse") / folder).iterdir()
    return sorted((entry for entry in entries if entry.name.endswith(".sql")), key=lambda entry: entry.name)


def _read(entry: Traversable) -> str:
    return entry.read_text(encoding="utf-8")


def _parse_view(name: str, sql: str, earlier: Mapping[str, ViewFile]) -> ViewFile:
    """Read a view's file: the first line describes a row, the words behind each column describe the column."""
    first, *lines = sql.splitlines()
    described = _FILE_COMMENT.fullmatch(first)
    if described is None:
        raise ValueError(f"view {name}: the first line must say what one row is, found {first!r}")
    columns: dict[str, str] = {}
    case_words = ""
    for line in lines:
        if borrowed := _BORROWED.match(line):
            columns |= earlier[borrowed["view"]].columns
        elif case := _CASE.match(line):
            case_words = case["words"]
        elif end := _CASE_END.match(line):
            columns[end["column"]] = case_words
        elif column := _COLUMN.match(line):
            columns[column["column"]] = column["words"]
    return ViewFile(name=name, sql=sql, description=described["words"], columns=columns)
