"""Loads finished shards: the same statements as any other load, over Parquet files instead of rows in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from warehouse.records import Saved
from warehouse.shards import ShardRecord
from warehouse.statements import statement
from warehouse.store import Store

READINGS_AT_ONCE: Final = 4_000  # articles in one MERGE; memory stays flat whatever the shard's size


def load_shard(
    store: Store, files: Mapping[str, Path], record: ShardRecord, *, run_id: str, loaded_at: datetime
) -> Saved:
    """Save a shard's articles, figures and fetches, whole or not at all.

    loaded_at: what undated records count their moments from; later than that of a shard loaded before
    stored + unchanged + forgotten of the answer are the readings of the shard; those in quarantine never were
    """
    parts: list[Saved] = []
    with store.transaction():
        _set(store, {f"{table}_file": str(path) for table, path in files.items()})
        _set(store, {"loaded_at": loaded_at, "run_id": run_id})
        for first in range(0, record.articles, READINGS_AT_ONCE):
            _set(store, {"first_reading": first, "last_reading": first + READINGS_AT_ONCE - 1})
            parts.append(_load_part(store))
        store.connection.execute(statement("show_shard_fetches"))
        store.connection.execute(statement("save_fetches"))
        store.connection.execute(statement("drop_shard"))
    return Saved(
        stored=sum(part.stored for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        reread=sum(part.reread for part in parts),
        figures=sum(part.figures for part in parts),
        forgotten=sum(part.forgotten for part in parts),
    )


def _load_part(store: Store) -> Saved:
    connection = store.connection
    connection.execute(statement("show_shard"))
    connection.execute(statement("find_fresh"))
    row = connection.execute(statement("count_shard")).fetchone()
    assert row is not None
    given, forgotten, stored, reread, figures = map(int, row)
    if reread:
        connection.execute(statement("drop_reread"))
    connection.execute(statement("save_extracted"))
    connection.execute(statement("save_story_terms"))
    return Saved(stored, given - forgotten - stored, reread, figures, forgotten=forgotten)


def _set(store: Store, variables: Mapping[str, object]) -> None:
    for name, value in variables.items():
        store.connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
