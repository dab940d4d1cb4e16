"""All addresses of a run, each asked for once, many hosts at a time."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from extract.fetch import media
from extract.fetch.addresses import public_text
from extract.fetch.answers import NOT_MODIFIED, reason_of_page, reason_of_redirect
from extract.fetch.ask import Asker
from extract.fetch.client import ARTICLE_TYPES, Answer, Client, FetchProblem
from extract.fetch.guard import Guard, parse_networks
from extract.fetch.listing import Job, Lister, Listing, wish_for
from extract.fetch.politeness import Hosts
from extract.fetch.reasons import TRANSIENT
from extract.fetch.records import new_page, skipped
from extract.fetch.revisit import is_due
from extract.fetch.settings import Clock, FetchSettings, Known
from extract.models import Fetch, Fetched, Page, Source

log = logging.getLogger(__name__)
WAITING_RESULTS: Final = 64


@dataclass(slots=True)
class Crawl:
    """One run over web sources.

    planned: name of each address to the name of the source that named it first
    reached: name of each page at the end of redirects to the address that led there first
    """

    settings: FetchSettings
    known: Mapping[str, Known]
    clock: Clock
    guard: Guard | None = None
    spent: Mapping[str, int] = field(default_factory=dict)
    planned: dict[str, str] = field(default_factory=dict)
    reached: dict[str, str] = field(default_factory=dict)
    troubled: set[str] = field(default_factory=set)

    async def run(self, sources: Sequence[Source]) -> AsyncGenerator[Fetched]:
        """Each address of the sources exactly once, in the order in which the hosts answer; feeds and sitemaps last."""
        results: asyncio.Queue[Fetched | None] = asyncio.Queue(WAITING_RESULTS)
        work = asyncio.create_task(self._work(sources, results))
        try:
            while (fetched := await results.get()) is not None:
                yield fetched
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _work(self, sources: Sequence[Source], results: asyncio.Queue[Fetched | None]) -> None:
        try:
            await self._crawl(sources, results)
        except Exception:
            await results.put(None)
            raise
        await results.put(None)

    async def _crawl(self, sources: Sequence[Source], results: asyncio.Queue[Fetched | None]) -> None:
        """List everything first, so that who names an address first never depends on who answers first."""
        networks = parse_networks(self.settings.allowed_networks)
        guard = self.guard or Guard(networks, connect_seconds=self.settings.connect_seconds, hosts=self.settings.hosts)
        async with Client(self.settings, guard) as client:
            hosts = Hosts(self.settings, self.clock, self.spent)
            asker = Asker(client, guard, hosts, self.settings, self.clock)
            lister = Lister(asker, self.settings, self.known, self.clock.now)
            listings = await asyncio.gather(*(self._list(lister, source) for source in sources))
            queues = await self._plan(listings, results)
            async with asyncio.TaskGroup() as group:
                for queue in queues:
                    for _worker in range(min(self.settings.per_host, len(queue))):
                        group.create_task(self._empty(queue, asker, results))
            for listing in listings:
                for document in listing.documents:
                    await results.put(Fetched(self._honest(document, listing)))

    async def _plan(
        self, listings: Sequence[Listing], results: asyncio.Queue[Fetched | None]
    ) -> Collection[deque[Job]]:
        """One queue a host; what has already ended is given out."""
        queues: dict[str, deque[Job]] = {}
        for listing in listings:
            for ended in listing.ended:
                await results.put(ended)
            for job in listing.jobs:
                if job.address.name in self.planned:
                    await results.put(self._duplicate(job))
                else:
                    self.planned[job.address.name] = job.source.name
                    queues.setdefault(job.address.host_key, deque()).append(job)
            listing.jobs.clear()
        return queues.values()

    async def _list(self, lister: Lister, source: Source) -> Listing:
        try:
            return await lister.read_source(source)
        except Exception as error:  # noqa: BLE001 - one source must not take the others along; it ends under a name of its own
            log.warning("listing crashed source=%s error=%r", source.name, error)
            return Listing(
                source,
                ended=[skipped(f"source:{source.name}", source.name, self.clock.now(), "crash", repr(error)[:200])],
            )

    def _honest(self, document: Fetch, listing: Listing) -> Fetch:
        """The record of a feed; without what lets it answer "unchanged" where an entry is still to be had."""
        if listing.source.name in self.troubled:
            return replace(document, etag=None, last_modified=None)
        return document

    async def _empty(self, queue: deque[Job], asker: Asker, results: asyncio.Queue[Fetched | None]) -> None:
        while queue:
            job = queue.popleft()
            fetched = await self._fetch(job, asker)
            if fetched.record.reason in TRANSIENT:
                self.troubled.add(job.source.name)
            await results.put(fetched)

    async def _fetch(self, job: Job, asker: Asker) -> Fetched:
        """How one address ends. Never raises."""
        at = self.clock.now()
        record = Fetch(job.address.name, job.source.name, at, "skipped")
        known = self.known.get(job.address.name)
        if not is_due(known, at, self.settings.recheck_seconds):
            return Fetched(replace(record, outcome="unchanged", reason="not_due"))
        wish = wish_for(job.source, job.address, ARTICLE_TYPES, self.settings.max_bytes, known)
        try:
            answer = await asker.ask(replace(wish, only_articles=True, stop_at=self.planned))
        except FetchProblem as problem:
            record = replace(record, reason=problem.reason, detail=public_text(problem.detail), status=problem.status)
            return Fetched(replace(record, seconds=problem.seconds))
        except Exception as error:  # noqa: BLE001 - one address must not take the others along; it ends under a name of its own
            log.warning("fetch crashed url=%s error=%r", job.address.name, error)
            return Fetched(replace(record, reason="crash", detail=public_text(repr(error))[:200]))
        record = replace(record, seconds=answer.seconds, status=answer.status, etag=answer.headers.get("etag"))
        return self._judge(job, answer, replace(record, last_modified=answer.headers.get("last-modified")), known)

    def _judge(self, job: Job, answer: Answer, record: Fetch, known: Known | None) -> Fetched:
        """A page, unchanged, or the reason why the answer is no article."""
        if answer.status == NOT_MODIFIED:
            return _not_modified(record, known)
        declared, charset = media.parse_content_type(answer.headers.get("content-type"))
        reason = _reason(job, answer, declared)
        if reason:
            return Fetched(replace(record, reason=reason, detail=declared, size_bytes=len(answer.body)))
        url = answer.address.name
        first = self.reached.setdefault(url, job.address.name)
        if first != job.address.name:
            return Fetched(replace(record, reason="duplicate_address", detail=f"leads to {url}, as {first} does"))
        page = Page(
            url=url,
            source=job.source.name,
            body=answer.body,
            media_type=media.article_type(answer.body, declared) or "text/html",
            fetched_at=record.fetched_at,
            charset=charset,
            outlet=job.source.outlet,
            published_at=job.published_at,
            published_from=job.source.kind if job.published_at else None,
            language=job.source.language,
        )
        return new_page(
            page, self.known, record=replace(record, outcome="page", sha256=sha256(answer.body).hexdigest())
        )

    def _duplicate(self, job: Job) -> Fetched:
        detail = f"named before by {self.planned[job.address.name]}"
        return skipped(job.address.name, job.source.name, self.clock.now(), "duplicate_address", detail)


def _not_modified(record: Fetch, known: Known | None) -> Fetched:
    if known is None or not known.sha256:
        return Fetched(replace(record, reason="unexpected_status", detail="304, though nothing is stored"))
    return Fetched(
        replace(
            record,
            outcome="unchanged",
            sha256=known.sha256,
            etag=record.etag or known.etag,
            last_modified=record.last_modified or known.last_modified,
        )
    )


def _reason(job: Job, answer: Answer, declared: str) -> str | None:
    """Why the answer is no article, null if it may be one."""
    if not answer.body.strip():
        return "empty"
    if answer.address.name != job.address.name and (
        reason := reason_of_redirect(job.address.path, answer.address.name)
    ):
        return reason
    if media.looks_binary(answer.body):
        return "binary" if declared in media.HTML_TYPES | media.TEXT_TYPES else "not_an_article_type"
    kind = media.article_type(answer.body, declared)
    if kind is None:
        return "not_an_article_type"
    return reason_of_page(answer.body) if kind == "text/html" else None
