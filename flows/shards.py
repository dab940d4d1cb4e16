"""One shard of an archive to Parquet, in a process of its own; nothing here opens the warehouse."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from extract.fetch import FetchSettings
from extract.fetch.shards import Shard, digest_of, read_shard
from extract.ids import hash_id
from extract.models import Fetch, Fetched, Page, Skip
from flows.batches import BATCH_BYTES, as_skipped, chunks, without_furniture
from flows.collecting import collect_seldom
from flows.settings import Mode
from flows.spool import Packed, Spool
from flows.workers import Pending, PendingReadings, Reading, Workers
from warehouse.shard_folder import ShardFolder
from warehouse.shards import UNDATED, ShardRecord, ShardWriter
from warehouse.statements import migration_files

PASSING = frozenset({"crash", "timeout"})  # ends of a page that another try may mend: such a shard is read again
FORMAT = 2  # of the files; another number makes all shards be read again
BATCHES_AHEAD = 1  # the worker is busy while this process packs what it gave before


@dataclass(frozen=True, slots=True)
class ShardJob:
    """What a process is told about one shard.

    folder: where its files go, a path or an address of a store
    read_at: the moment of the whole backfill, by which moments without a record of their own are judged
    """

    shard: Shard
    folder: str
    read_at: datetime
    page_timeout_seconds: float = 30.0
    batch_pages: int = 25
    model: str | None = None
    mode: Mode = "normal"


@dataclass(frozen=True, slots=True)
class ShardDone:
    """A finished shard. was_there: an earlier backfill had finished it, and nothing was read."""

    record: ShardRecord
    was_there: bool


def extract_shard(job: ShardJob) -> ShardDone:
    """Read, clean and extract a shard, unless its files are there already.

    The same shard and version give the same files, byte for byte. Raises FactError; the folder then is as it was.
    """
    collect_seldom()
    folder, reader = ShardFolder(job.folder), reader_version(job.model, job.mode)
    key = hash_id("shard", digest_of(job.shard), job.shard.source, job.shard.name, reader)
    found = folder.find(key)
    if found is not None and not found.skipped.keys() & PASSING:
        return ShardDone(found, was_there=True)
    with folder.draft() as draft:
        clock = _Clock(job.read_at)
        with ShardWriter(draft, clock.start) as writer:
            _extract(job, draft, writer, clock)
        record = ShardRecord(
            key=key,
            source=job.shard.source,
            name=job.shard.name,
            reader=reader,
            fetched=writer.fetched,
            articles=writer.articles,
            figures=writer.figures,
            moments=clock.told,
            skipped=writer.skipped,
        )
        folder.put(draft, record)
    return ShardDone(record, was_there=False)


def reader_version(model: str | None, mode: Mode) -> str:
    """Changes with what could change a shard's files: the extractor, its model, the code of extract/ and warehouse/."""
    from extract.figures import extractor_version

    return f"{extractor_version(model, mode)}/{_code_hash()}/{FORMAT}.{len(migration_files())}"


@cache
def _code_hash() -> str:
    digest = sha256()
    for package in ("extract", "warehouse"):
        top = Path(str(files(package)))
        for path in sorted(top.rglob("*")):
            if path.is_file() and path.suffix not in {".pyc", ".md"}:
                digest.update(f"{package}/{path.relative_to(top)}\x1f".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


class _Clock:
    """Moments for records that have none: a microsecond apart, and in a zone by which they are known."""

    def __init__(self, start: datetime) -> None:
        self.start = start.astimezone(UNDATED)
        self.told = 0

    def __call__(self) -> datetime:
        self.told += 1
        return self.start + timedelta(microseconds=self.told)


def _extract(job: ShardJob, draft: Path, writer: ShardWriter, clock: Callable[[], datetime]) -> None:
    with (
        Workers(1, page_timeout_seconds=job.page_timeout_seconds, model=job.model, mode=job.mode) as workers,
        Spool(draft) as spool,
    ):
        _clean(job, read_shard(job.shard, settings=FetchSettings(), now=clock), workers, spool, writer)
        for record, answer in _find_figures(job, workers, spool):
            if isinstance(answer, Skip):
                writer.add_end(as_skipped(record, answer))
            else:
                writer.add_article(
                    record,
                    answer.article,
                    answer.figures,
                    extractor=answer.extractor,
                    signature=answer.signature,
                    terms=answer.terms,
                )


def _clean(job: ShardJob, records: Iterable[Fetched], workers: Workers, spool: Spool, writer: ShardWriter) -> None:
    """Pages to articles in the spool; what becomes no article goes to the writer."""
    pending: deque[tuple[list[Fetch], Pending[Page, Packed | Skip]]] = deque()
    for batch in _batches(records, job.batch_pages, writer):
        pending.append(([record for record, _ in batch], workers.clean([page for _, page in batch])))
        if len(pending) > BATCHES_AHEAD:
            _spool(*pending.popleft(), spool, writer)
    while pending:
        _spool(*pending.popleft(), spool, writer)


def _batches(records: Iterable[Fetched], pages: int, writer: ShardWriter) -> Iterator[list[tuple[Fetch, Page]]]:
    """Pages in batches of a bounded number and size."""
    batch: list[tuple[Fetch, Page]] = []
    size = 0
    for fetched in records:
        if fetched.page is None:
            writer.add_end(fetched.record)
            continue
        batch.append((fetched.record, fetched.page))
        size += len(fetched.page.body)
        if len(batch) >= pages or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _spool(records: list[Fetch], pending: Pending[Page, Packed | Skip], spool: Spool, writer: ShardWriter) -> None:
    for record, cleaned in zip(records, pending.result(), strict=True):
        if isinstance(cleaned, Skip):
            writer.add_end(as_skipped(record, cleaned))
        else:
            spool.add(record, cleaned)


def _find_figures(job: ShardJob, workers: Workers, spool: Spool) -> Iterator[tuple[Fetch, Reading | Skip]]:
    """The spooled articles in their order, without the lines that return on an outlet's pages, with their figures."""
    pending: deque[tuple[list[Fetch], PendingReadings]] = deque()
    for batch in chunks(without_furniture(spool), job.batch_pages):
        pending.append(([record for record, _ in batch], workers.read([article for _, article in batch])))
        if len(pending) > BATCHES_AHEAD:
            records, oldest = pending.popleft()
            yield from zip(records, oldest.result(), strict=True)
    while pending:
        records, oldest = pending.popleft()
        yield from zip(records, oldest.result(), strict=True)
