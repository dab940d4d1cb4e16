"""Who speaks: joins claimants over their spellings and gives every figure its voice."""

from __future__ import annotations

import duckdb

from checks.queries import statement
from extract.figures.names import JoinedName, join_names
from extract.ids import hash_id


def join_voices(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the voices of the stories at hand into figures and claimants; spellings are joined inside a story only.

    "The police" of two stories are two bodies, and a story is small enough to compare all its names.
    """
    rows = connection.execute(statement("spellings")).fetchall()
    connection.execute(statement("voices"))
    found: list[tuple[str, str, str, str, str]] = []
    known: dict[tuple[str, ...], dict[str, JoinedName]] = {}
    for story, spellings in rows:
        key = tuple(spellings)
        if key not in known:
            known[key] = join_names(key)
        found += [
            (story, spelling, voice_id(name.voice), name.voice, name.evidence) for spelling, name in known[key].items()
        ]
    if found:
        columns = [list(column) for column in zip(*found, strict=True)]
        connection.execute(
            statement("fill_voices"),
            dict(zip(("story", "claimant", "voice", "name", "evidence"), columns, strict=True)),
        )
    for part in connection.extract_statements(statement("save_voices")):
        connection.execute(part)


def voice_id(name: str) -> str:
    """The id of a claimant by the fullest spelling of the name; letter case does not part two bodies."""
    return hash_id("voice", name.casefold())
