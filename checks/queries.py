"""The SQL of the checks, kept in .sql files beside the code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

SHARED = ("words", "statements", "pairs", "sums")  # in the order in which they build on each other


@cache
def statement(name: str) -> str:
    """The SQL of checks/sql/<name>.sql."""
    return (files("checks") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def relation_query(kind: str) -> str:
    """The query that finds one kind of relation; it reads the tables of `shared_queries`."""
    return (files("checks") / "relations" / f"{kind}.sql").read_text(encoding="utf-8")


@cache
def relation_kinds() -> tuple[str, ...]:
    """All kinds that have a file, by name."""
    found = (files("checks") / "relations").iterdir()
    return tuple(sorted(entry.name.removesuffix(".sql") for entry in found if entry.name.endswith(".sql")))


@cache
def shared_queries() -> tuple[tuple[str, str], ...]:
    """What all kinds read, as (name, SQL), in the order in which it runs."""
    folder = files("checks") / "relations" / "shared"
    return tuple((name, (folder / f"{name}.sql").read_text(encoding="utf-8")) for name in SHARED)
