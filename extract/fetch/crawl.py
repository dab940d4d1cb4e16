"""All addresses of a run, each asked for once, many hosts at a time."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extract.fetch.addresses import parse_address, public_text
from extract.fetch.archive import Archive
from extract.fetch.ask import Asker
from extract.fetch.client import ARTICLE_TYPES, Client, FetchProblem
from extract.fetch.errand import Errand
from extract.fetch.guard import Guard
from extract.fetch.listing import Job, Lister, Listing
from extract.fetch.memory import HostMemory
from extract.fetch.networks import parse_networks
from extract.fetch.reasons import TRANSIENT
from extract.fetch.records import skipped, unless_forgotten
from extract.fetch.revisit import Revisits, is_due
from extract.fetch.settings import Clock, FetchSettings, Known
from extract.fetch.verdict import judge
from extract.ids import hash_id
from extract.models import Fetch, Fetched, Source

log = logging.getLogger(__name__)
WAITING_RESULTS: Final = 64


@dataclass(slots=True)
class Crawl:
    """One run over web sources.

    memory: of what earlier runs asked of the hosts, null = of this run alone
    revisits: stored addresses worth another look, by the name of their source, with the moment at which their story
        last moved; asked for where they are due
    archive: keeps each page and how each attempt ended; attempts of a run that did not land are taken from it
    forgotten: page_id of pages that are not to be read
    """

    settings: FetchSettings
    known: Mapping[str, Known]
    clock: Clock
    guard: Guard | None = None
    memory: HostMemory | None = None
    revisits: Revisits = field(default_factory=dict)
    archive: Archive | None = None
    forgotten: Collection[str] = frozenset()
    _planned: dict[str, str] = field(default_factory=dict)
    _reached: dict[str, str] = field(default_factory=dict)
    _troubled: set[str] = field(default_factory=set)
    _results: asyncio.Queue[Fetched | None] = field(default_factory=lambda: asyncio.Queue(WAITING_RESULTS))

    async def run(self, sources: Sequence[Source]) -> AsyncGenerator[Fetched]:
        """Each address of the sources exactly once, in the order in which the hosts answer; feeds and sitemaps last."""
        work = asyncio.create_task(self._work(sources))
        try:
            while (fetched := await self._results.get()) is not None:
                yield fetched
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _work(self, sources: Sequence[Source]) -> None:
        try:
            await self._crawl(sources)
        except Exception:
            await self._results.put(None)
            raise
        await self._results.put(None)

    async def _crawl(self, sources: Sequence[Source]) -> None:
        """List everything first, so that who names an address first never depends on who answers first."""
        networks = parse_networks(self.settings.allowed_networks)
        seconds = self.settings.connect_seconds
        guard = self.guard or Guard(networks, connect_seconds=seconds, hosts=self.settings.hosts)
        async with Client(self.settings, guard) as client:
            asker = Asker(client, guard, self.settings, self.clock, self.memory)
            lister = Lister(asker, self.settings, self.known, self.clock.now)
            listings = await asyncio.gather(*(self._list(lister, Errand(source)) for source in sources))
            queues = await self._plan(listings)
            async with asyncio.TaskGroup() as group:
                for queue in queues:
                    for _worker in range(min(self.settings.per_host, len(queue))):
                        group.create_task(self._empty(queue, asker))
            for listing in listings:
                for document in listing.documents:
                    await self._give(replace(document, record=self._honest(document.record, listing)))

    async def _give(self, fetched: Fetched, headers: Mapping[str, str] | None = None) -> None:
        """Hand out how one address ended, after it is kept."""
        fetched = unless_forgotten(fetched, self.forgotten)
        if self.archive is not None and fetched.record.reason != "not_due":
            self.archive.save(fetched, headers)
        await self._results.put(fetched)

    async def _plan(self, listings: Sequence[Listing]) -> Collection[deque[Job]]:
        """One queue a host; what has already ended is given out."""
        queues: dict[str, deque[Job]] = {}
        for listing in listings:
            for ended in listing.ended:
                await self._give(ended)
            for job in listing.jobs:
                if job.address.name in self._planned:
                    await self._give(self._duplicate(job))
                elif hash_id("page", job.address.name) in self.forgotten:
                    await self._give(skipped(job.address.name, job.source.name, self.clock.now(), "forgotten"))
                else:
                    self._add(job, queues)
            listing.jobs.clear()
        for job in self._due_revisits([listing.errand for listing in listings]):
            if job.address.name not in self._planned:
                self._add(job, queues)
        return queues.values()

    def _add(self, job: Job, queues: dict[str, deque[Job]]) -> None:
        self._planned[job.address.name] = job.source.name
        queues.setdefault(job.address.host_key, deque()).append(job)

    def _due_revisits(self, errands: Sequence[Errand]) -> Iterator[Job]:
        """Stored addresses that no feed lists any more, or whose feed is unchanged, where they are due."""
        now, shortest = self.clock.now(), self.settings.recheck_seconds
        for errand in errands if shortest > 0 else ():
            for url, moved_at in sorted(self.revisits.get(errand.source.name, {}).items()):
                if is_due(self.known.get(url), now, shortest, moved_at):
                    yield Job(parse_address(url), errand)

    async def _list(self, lister: Lister, errand: Errand) -> Listing:
        name = errand.source.name
        try:
            return await lister.read_source(errand)
        except Exception as error:  # noqa: BLE001 - one source must not take the others along; it ends under a name of its own
            log.warning("listing crashed source=%s error=%s", name, public_text(repr(error)))
            crash = skipped(f"source:{name}", name, self.clock.now(), "crash", repr(error)[:200])
            return Listing(errand, ended=[crash])

    def _honest(self, document: Fetch, listing: Listing) -> Fetch:
        """The record of a feed; without what lets it answer "unchanged" where an entry is still to be had."""
        if listing.errand.source.name in self._troubled:
            return replace(document, etag=None, last_modified=None)
        return document

    async def _empty(self, queue: deque[Job], asker: Asker) -> None:
        """Ask for the addresses of one host until none is left."""
        while queue:
            job = queue.popleft()
            resumed = self.archive.resume(job.address.name) if self.archive is not None else None
            if resumed is not None:
                self._reached.setdefault(resumed.page.url if resumed.page else job.address.name, job.address.name)
                asker.note_resumed(job.address, resumed.record.reason)
                await self._give(resumed)
                continue
            fetched, headers = await self._fetch(job, asker)
            if fetched.record.reason in TRANSIENT:
                self._troubled.add(job.source.name)
            await self._give(fetched, headers)

    async def _fetch(self, job: Job, asker: Asker) -> tuple[Fetched, Mapping[str, str]]:
        """How one address ends, and the headers of its answer. Never raises."""
        at = self.clock.now()
        known = self.known.get(job.address.name)
        record = Fetch(job.address.name, job.source.name, at, "skipped", page_url=known.page_url if known else None)
        moved_at = self.revisits.get(job.source.name, {}).get(job.address.name)
        if not is_due(known, at, self.settings.recheck_seconds, moved_at):
            return Fetched(replace(record, outcome="unchanged", reason="not_due")), {}
        wish = job.errand.wish(job.address, ARTICLE_TYPES, self.settings.max_bytes, known)
        try:
            answer = await asker.ask(replace(wish, only_articles=True, stop_at=self._planned))
            headers = answer.headers
            record = replace(record, seconds=answer.seconds, status=answer.status, etag=headers.get("etag"))
            record = replace(record, last_modified=headers.get("last-modified"))
            return judge(job, answer, record, known=self.known, reached=self._reached), headers
        except FetchProblem as problem:
            detail = public_text(problem.detail)
            record = replace(
                record, reason=problem.reason, detail=detail, status=problem.status, seconds=problem.seconds
            )
        except Exception as error:  # noqa: BLE001 - one address must not take the others along; it ends under a name of its own
            log.warning("fetch crashed url=%s error=%s", job.address.name, public_text(repr(error)))
            record = replace(record, reason="crash", detail=public_text(repr(error))[:200])
        return Fetched(record), {}

    def _duplicate(self, job: Job) -> Fetched:
        detail = f"named before by {self._planned[job.address.name]}"
        return skipped(job.address.name, job.source.name, self.clock.now(), "duplicate_address", detail)
