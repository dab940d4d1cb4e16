"""The writer's side: open the warehouse under its lock, save into a private work file, publish it whole.

A run lands whole or not at all: what is saved stays in the work file until `publish`. A work file that is not what
readers see, because its run failed or was killed, is thrown away and made anew from the published file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from extract.errors import WarehouseBroken, WarehouseFull, WarehouseTooNew
from extract.fetch.settings import Known
from extract.models import Article, Extracted, Fetch
from extract.story_terms import Terms
from warehouse import recall, save
from warehouse.forget import forget_page
from warehouse.lock import AT_ONCE, Patience, writers_lock
from warehouse.neighbours import Neighbours, full_disk_message, require_folder
from warehouse.publish import publish
from warehouse.records import (
    CopyOf,
    DisjointRow,
    Forgotten,
    MeasureRow,
    NamedStory,
    PlaceRow,
    PopulationRow,
    Run,
    Saved,
)
from warehouse.schema import migrate, require_version
from warehouse.statements import statement

log = logging.getLogger(__name__)

WRITER_MEMORY = "600MB"  # DuckDB would take 80 % of the machine; beyond this it spills to disk
AT_REST = "50MB"  # what DuckDB may go on to hold while Python works alone
WRITER: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "checkpoint_threshold": "128MB",  # at its default of 16 MB half the time of a large load goes into checkpoints
}


class Store:
    """The open work file of one run. Each `save_` lands whole; after `publish` the store is closed."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, beside: Neighbours, now: Callable[[], datetime], *, memory: str
    ) -> None:
        self.connection = connection
        self.published = beside.published
        self.is_published = False
        self._beside = beside
        self._memory = memory
        self._now = now
        self._in_transaction = False
        self._keep_work = True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is saved in the block lands whole or, where it raises, not at all; one within another joins it."""
        if self._in_transaction:
            yield
            return
        self._in_transaction = True
        self.connection.begin()
        try:
            yield
            self.connection.commit()
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._in_transaction = False

    def _roll_back(self) -> None:
        try:
            self.connection.rollback()
        except duckdb.Error as error:  # a full disk leaves nothing to roll back; the first error is the one to tell
            log.debug("rollback refused error=%s", error)

    def release_memory(self) -> None:
        """Have DuckDB give back what it keeps of the file; it reads it again when it is asked."""
        with suppress(duckdb.OutOfMemoryException):  # what cannot be given back now stays
            self.connection.execute(f"SET memory_limit = '{AT_REST}'")
        self.connection.execute(f"SET memory_limit = '{self._memory}'")

    def save_fetches(self, run_id: str, fetches: Sequence[Fetch]) -> None:
        """Save attempts; pages seen unchanged or gone are marked so."""
        with self.transaction():
            save.save_fetches(self.connection, run_id, fetches)

    def save_extracted(self, extracted: Sequence[Extracted], *, extractor: str) -> Saved:
        """Save articles with blocks and figures; hundreds at a time are fastest. See warehouse.save."""
        with self.transaction():
            return save.save_extracted(self.connection, extracted, extractor=extractor, now=self._now())

    def save_run(self, run: Run) -> None:
        """Save a run, or replace what was saved of it."""
        with self.transaction():
            save.save_run(self.connection, run)

    def run_ids(self) -> frozenset[str]:
        """All runs that are recorded."""
        return frozenset(run_id for (run_id,) in self.connection.execute("SELECT run_id FROM core.runs").fetchall())

    def save_stories(self, stories: Sequence[NamedStory]) -> None:
        """Put articles into their stories."""
        with self.transaction():
            save.save_stories(self.connection, stories)

    def save_story_terms(self, weighed: Mapping[str, Terms]) -> None:
        """Keep what the words of articles weigh, by article_id; of superseded versions nothing is kept."""
        with self.transaction():
            save.save_story_terms(self.connection, weighed)

    def save_copies(self, copies: Mapping[str, CopyOf], signatures: Mapping[str, bytes] | None = None) -> None:
        """Mark copies (article_id -> copy); articles not named become originals."""
        with self.transaction():
            save.save_copies(self.connection, copies, signatures)

    def has_trees(self, version: str) -> bool:
        """Whether the tables of populations, places and measures are of that version already."""
        return (version,) in self.connection.execute("SELECT version FROM core.trees").fetchall()

    def load_trees(
        self,
        *,
        version: str,
        populations: Iterable[PopulationRow] = (),
        disjoint: Iterable[DisjointRow] = (),
        places: Iterable[PlaceRow] = (),
        measures: Iterable[MeasureRow] = (),
    ) -> None:
        """Make the tables of populations, places and measures hold just these rows; they are then of that version."""
        tables: dict[str, Iterable[tuple[object, ...]]] = {
            "core.population_tree": populations,
            "core.population_disjoint": disjoint,
            "core.place_tree": places,
            "core.measures": measures,
            "core.trees": [(version,)],
        }
        with self.transaction():
            for table, rows in tables.items():
                save.replace_table(self.connection, table, rows)

    def known(self, urls: Iterable[str] | None = None) -> dict[str, Known]:
        """What is stored of these addresses, or of all; one never read is not in it."""
        return recall.known(self.connection, urls)

    def revisits(self) -> dict[str, dict[str, datetime]]:
        """By the name of a source the addresses that led to its articles, each with when its story last moved."""
        return recall.revisits(self.connection)

    def forgotten(self) -> frozenset[str]:
        """The page_id of every page that a person had removed."""
        return frozenset(found for (found,) in self.connection.execute("SELECT page_id FROM core.forgotten").fetchall())

    def pages_of(self, url: str) -> list[str]:
        """The pages to which an address led, itself included."""
        rows = self.connection.execute(statement("pages_of_address"), [url]).fetchall()
        return list(dict.fromkeys([url, *(page_url for (page_url,) in rows)]))

    def articles_for_reextraction(self, extractor: str, batch: int = 500) -> Iterator[list[Article]]:
        """Stored articles that another extractor version read, in batches; without their blocks, which stay."""
        return recall.articles_for_reextraction(self.connection, extractor, batch)

    def forget(self, url: str, reason: str | None = None) -> Forgotten:
        """Take a page and all that came from it out, by a record of its own; its address is not stored again."""
        self._keep_work = False  # freed blocks of the work file still hold the words
        with self.transaction():
            return forget_page(self.connection, url, reason, self._now())

    def publish(self) -> None:
        """Show readers the present state, whole, and close the store. Raises WarehouseFull; the old file then stays."""
        publish(self.connection, self._beside, self._now(), afresh=not self._keep_work)
        self.is_published = True

    @property
    def keeps_work(self) -> bool:
        """Whether the next run may go on from the work file."""
        return self.is_published and self._keep_work


@contextmanager
def open_store(
    published: Path, now: Callable[[], datetime], *, memory: str = WRITER_MEMORY, patience: Patience = AT_ONCE
) -> Iterator[Store]:
    """The warehouse, ready to be written to; what the block does not publish is thrown away.

    published: the file that readers open; it and its own folder may be missing
    now: the clock; memory: DuckDB's limit, as it writes it; patience: with another writer
    Raises WarehouseMissing, WarehouseBusy, WarehouseTooNew, WarehouseBroken, WarehouseFull.
    """
    require_folder(published)
    beside = Neighbours(published.absolute())
    with writers_lock(beside, now, patience):
        beside.sweep()
        _provide_work(beside)
        connection = _connect(beside, memory)
        store = Store(connection, beside, now, memory=memory)
        try:
            with _duckdb_errors_named(beside):
                migrate(connection, published, now())
                connection.execute("DELETE FROM core.publication")  # from here on this is not what readers see
                yield store
        finally:
            connection.close()
            if not store.keeps_work:
                beside.discard_work()


def _provide_work(beside: Neighbours) -> None:
    """Make sure that the work file is what readers see, or empty where there is nothing to see."""
    if not beside.published.exists():
        beside.discard_work()
        return
    if not _is_current(beside, _token(beside.published)):
        beside.discard_work()
        beside.copy_published()


def _is_current(beside: Neighbours, token: str | None) -> bool:
    """Whether the work file is the publication of that token; a log beside it means that its writer was killed."""
    if token is None or beside.work_log.exists() or not beside.work.exists():
        return False
    try:
        return _token(beside.work) == token
    except (WarehouseBroken, WarehouseTooNew):
        return False  # half written, or by a later version that never published


def _token(path: Path) -> str | None:
    """The publication that a file holds. Raises WarehouseBroken or WarehouseTooNew where it is not a file for us."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            require_version(connection, path)
            row = connection.execute("SELECT max(token) FROM core.publication").fetchone()
    except duckdb.Error as error:
        raise WarehouseBroken(
            f"{path} cannot be read as a warehouse ({error}): restore it from a backup, or move it away and run again"
        ) from error
    return None if row is None else row[0]


def _connect(beside: Neighbours, memory: str) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(str(beside.work), config=WRITER | {"memory_limit": memory})
    except duckdb.Error as error:
        raise WarehouseBroken(f"the work file {beside.work} cannot be opened: {error}") from error
    connection.execute(statement("settings"))
    return connection


@contextmanager
def _duckdb_errors_named(beside: Neighbours) -> Iterator[None]:
    """Turn DuckDB's word for a full disk or a damaged file into ours; other errors are bugs and pass as they are."""
    try:
        yield
    except duckdb.Error as error:
        found = str(error)
        if any(
            words in found for words in ("No space left", "File too large", "Could not write", "not enough disk space")
        ):
            raise WarehouseFull(full_disk_message(beside.work, found.splitlines()[0])) from error
        if any(words in found for words in ("Corrupt", "corrupt", "checksum")):
            raise WarehouseBroken(
                f"{beside.published} is damaged ({found.splitlines()[0]}): restore it from a backup"
            ) from error
        raise
