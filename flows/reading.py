"""The first two stages: sources to cleaned articles, cleaned articles to saved figures; memory stays flat."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

from extract.fetch import Archive, HostMemory, read_sources, unless_forgotten
from extract.models import Fetch, Fetched, Page, Skip
from flows.batches import BATCH_BYTES, as_skipped, chunks, without_furniture
from flows.run import OpenRun, hosts_of
from flows.spool import Cleaned, Packed, Spool
from flows.workers import Pending, PendingReadings, Reading

SAVED_AT_ONCE = 500  # articles; a MERGE costs the same for one as for hundreds
ROUNDS_AHEAD = 2  # batches under way for each worker, so that none waits for the loop


def read_pages(run: OpenRun, spool: Spool) -> None:
    """Fetch every address and file and clean its page; skips and what is unchanged are saved at once."""
    run.watcher.begin("reading pages")
    asyncio.run(_Intake(run, spool).take_all())


class _Intake:
    """Hands pages to the workers as they come in, and takes articles back in the same order."""

    def __init__(self, run: OpenRun, spool: Spool) -> None:
        self._run, self._spool = run, spool
        self._batch: list[tuple[Fetch, Page]] = []
        self._bytes = 0
        self._pending: deque[tuple[list[Fetch], Pending[Page, Packed | Skip]]] = deque()
        self._ended: list[Fetch] = []

    async def take_all(self) -> None:
        run = self._run
        async for fetched in _fetch(run):
            run.tally.fetched += 1
            if fetched.page is None:
                self._end(fetched.record)
            else:
                self._batch.append((fetched.record, fetched.page))
                self._bytes += len(fetched.page.body)
                if len(self._batch) >= run.settings.batch_pages or self._bytes >= BATCH_BYTES:
                    await self._submit(many=True)
            run.watcher.count(run.tally)
        await self._submit(many=False)
        while self._pending:
            await self._collect()
        self._save_ended()

    async def _submit(self, *, many: bool) -> None:
        if not self._batch:
            return
        workers = self._run.workers(many=many)
        self._pending.append(([record for record, _ in self._batch], workers.clean([page for _, page in self._batch])))
        self._batch, self._bytes = [], 0
        while len(self._pending) > ROUNDS_AHEAD * workers.count:
            await self._collect()

    async def _collect(self) -> None:
        records, pending = self._pending.popleft()
        for record, cleaned in zip(records, await asyncio.to_thread(pending.result), strict=True):
            if isinstance(cleaned, Skip):
                self._end(as_skipped(record, cleaned))
            else:
                self._spool.add(record, cleaned)

    def _end(self, record: Fetch) -> None:
        """Count what becomes no article."""
        self._run.count_end(record)
        if record.reason == "not_due":
            return  # nothing was tried
        self._ended.append(record)
        if len(self._ended) >= SAVED_AT_ONCE:
            self._save_ended()

    def _save_ended(self) -> None:
        self._run.store.save_fetches(self._run.attempts_of, self._ended)
        self._ended = []


async def _fetch(run: OpenRun) -> AsyncIterator[Fetched]:
    """All that the sources give, or all that an archive kept of them."""
    if run.job.replayed is None:
        store, fetch = run.store, run.job.fetch
        async for fetched in read_sources(
            run.job.sources,
            settings=fetch,
            known=store.known(),
            now=run.now,
            memory=HostMemory(hosts_of(run.settings.warehouse), run.now),
            revisits=store.revisits() if fetch.recheck_seconds else {},
            archive=run.archive,
            forgotten=store.forgotten(),
        ):
            yield fetched
    else:
        forgotten = run.store.forgotten()
        for fetched in Archive(run.job.replayed, run.now).replay(run.replaying):
            yield unless_forgotten(fetched, forgotten)


def find_figures(run: OpenRun, spool: Spool) -> None:
    """Drop the lines that return on an outlet's pages, find the figures of what is left, and save both."""
    if not spool:
        return
    run.watcher.begin("finding figures")
    for chunk in chunks(_read_all(run, without_furniture(spool)), SAVED_AT_ONCE):
        _save(run, chunk)
        run.watcher.count(run.tally)


def _read_all(run: OpenRun, cleaned: Iterable[Cleaned]) -> Iterator[tuple[Fetch, Reading | Skip]]:
    """Each article with its figures, in order, with enough batches under way to keep the workers busy."""
    pending: deque[tuple[list[Fetch], PendingReadings]] = deque()
    for batch in chunks(cleaned, run.settings.batch_pages):
        workers = run.workers(many=True)
        pending.append(([record for record, _ in batch], workers.read([article for _, article in batch])))
        while len(pending) > ROUNDS_AHEAD * workers.count:
            yield from _answers(*pending.popleft())
    while pending:
        yield from _answers(*pending.popleft())


def _answers(records: Sequence[Fetch], pending: PendingReadings) -> Iterator[tuple[Fetch, Reading | Skip]]:
    return zip(records, pending.result(), strict=True)


def _save(run: OpenRun, read: Sequence[tuple[Fetch, Reading | Skip]]) -> None:
    """Save a batch: articles, their attempts, and what was skipped on the way."""
    found = [(record, answer) for record, answer in read if isinstance(answer, Reading)]
    records = [as_skipped(record, answer) for record, answer in read if isinstance(answer, Skip)]
    refused = run.save_readings([reading for _, reading in found])
    for record, reading in found:
        skip = refused.get(reading.article.article_id)
        records.append(record if skip is None else as_skipped(record, skip))
    for record in records:
        if record.outcome == "skipped":
            run.count_end(record)
    run.store.save_fetches(run.attempts_of, records)


def reread_stored(run: OpenRun) -> None:
    """Find the figures of stored articles anew where another extractor found the old ones; nothing is fetched."""
    extractor = run.extractor()
    for articles in run.store.articles_for_reextraction(extractor):
        run.watcher.begin(f"reading stored articles again with extractor {extractor}")
        batches = list(chunks(articles, run.settings.batch_pages))
        workers = run.workers(many=len(batches) > 1)
        answers = [answer for batch in [workers.read(batch) for batch in batches] for answer in batch.result()]
        run.save_readings([answer for answer in answers if isinstance(answer, Reading)], reread=True)
        for answer in answers:
            if isinstance(answer, Skip):
                run.watcher.skip(answer.url, answer.reason, f"{answer.detail}; its old figures stay")
