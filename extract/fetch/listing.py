"""Which addresses the sources of a run name, before the first of them is asked for."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from extract.fetch.addresses import Address, BadAddress, parse_address, public_text
from extract.fetch.answers import NOT_MODIFIED
from extract.fetch.ask import Asker
from extract.fetch.client import LISTING_TYPES, FetchProblem
from extract.fetch.errand import Errand
from extract.fetch.feeds import Entry, Listed, parse_feed, parse_sitemap
from extract.fetch.records import skipped
from extract.fetch.settings import FetchSettings, Known
from extract.models import Fetch, Fetched, Source


@dataclass(frozen=True, slots=True)
class Job:
    """One address to be asked for, and for whom. published_at: as the feed or sitemap says."""

    address: Address
    errand: Errand
    published_at: datetime | None = None

    @property
    def source(self) -> Source:
        """The source that names it."""
        return self.errand.source


@dataclass(slots=True)
class Listing:
    """What one source names.

    ended: addresses that end here
    documents: the records of its feeds and sitemaps, to be given out after their entries,
        because a feed whose entries did not all end well must not answer "unchanged" the next time
    """

    errand: Errand
    jobs: list[Job] = field(default_factory=list)
    ended: list[Fetched] = field(default_factory=list)
    documents: list[Fetched] = field(default_factory=list)


class Lister:
    """Reads address lists, feeds and sitemaps."""

    def __init__(
        self, asker: Asker, settings: FetchSettings, known: Mapping[str, Known], now: Callable[[], datetime]
    ) -> None:
        self._asker, self._settings, self._known, self._now = asker, settings, known, now

    async def read_source(self, errand: Errand) -> Listing:
        """Everything that the source names, in its own order."""
        source, listing = errand.source, Listing(errand)
        match source.kind:
            case "urls":
                self._take_urls(source, listing)
            case "feed":
                await self._take_feed(source, listing)
            case "sitemap":
                await self._take_sitemaps(source, listing)
        if not (listing.jobs or listing.ended or listing.documents):
            listing.ended.append(self._skip(source, f"source:{source.name}", "no_articles"))
        return listing

    def _take_urls(self, source: Source, listing: Listing) -> None:
        texts = [*source.urls, *([source.url] if source.url else [])]
        if source.path:
            try:
                lines = Path(source.path).read_bytes().decode("utf-8-sig", "replace").splitlines()
                texts += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
            except OSError as error:
                reason = "missing_path" if isinstance(error, FileNotFoundError) else "unreadable"
                listing.ended.append(self._skip(source, f"file:{source.name}/", reason, error.strerror or ""))
        most = self._settings.max_listed
        if len(texts) > most:
            detail = f"{len(texts):,} entries, the first {most:,} were taken"
            cut = self._skip(source, f"source:{source.name}", "too_many_items", detail)
            listing.ended.append(replace(cut, listed=len(texts)))
        self._take_entries(source, [Entry(text) for text in texts[:most]], None, listing)

    def _take_entries(self, source: Source, entries: list[Entry], base: str | None, listing: Listing) -> None:
        for entry in entries:
            try:
                listing.jobs.append(Job(parse_address(entry.link, base), listing.errand, entry.published_at))
            except BadAddress as error:
                listing.ended.append(self._skip(source, public_text(entry.link)[:500], "bad_address", str(error)))

    async def _take_feed(self, source: Source, listing: Listing) -> None:
        address = parse_address(source.url or "")
        listed = await self._read(source, address, listing, lambda body: parse_feed(body, self._settings.max_listed))
        if listed is not None:
            self._take_entries(source, listed.entries, address.target, listing)

    async def _take_sitemaps(self, source: Source, listing: Listing) -> None:
        """Breadth first, each sitemap once, within the limits of depth, number and entries."""
        first, size = parse_address(source.url or ""), self._settings.max_listing_bytes
        waiting, met = deque([(first, 0)]), {first.name}
        while waiting:
            address, depth = waiting.popleft()
            if len(listing.documents) >= self._settings.max_listings:
                listing.ended.append(self._skip(source, address.name, "too_many_listings"))
                continue
            room = self._settings.max_listed - len(listing.jobs)
            listed = await self._read(source, address, listing, partial(parse_sitemap, limit=room, size_limit=size))
            if listed is None:
                continue
            self._take_entries(source, listed.entries, address.target, listing)
            for entry in listed.sitemaps:
                self._follow(source, entry, address, depth, waiting, met, listing)

    def _follow(  # noqa: PLR0917 - the state of one walk
        self,
        source: Source,
        entry: Entry,
        base: Address,
        depth: int,
        waiting: deque[tuple[Address, int]],
        met: set[str],
        listing: Listing,
    ) -> None:
        try:
            address = parse_address(entry.link, base.target)
        except BadAddress as error:
            listing.ended.append(self._skip(source, public_text(entry.link)[:500], "bad_address", str(error)))
            return
        if address.name in met:
            listing.ended.append(
                self._skip(source, address.name, "duplicate_address", "a sitemap that was read before")
            )
        elif depth >= self._settings.listing_depth:
            listing.ended.append(self._skip(source, address.name, "listing_too_deep"))
        else:
            met.add(address.name)
            waiting.append((address, depth + 1))

    async def _read(
        self, source: Source, address: Address, listing: Listing, parse: Callable[[bytes], Listed]
    ) -> Listed | None:
        """One feed or sitemap, its record kept; null where it gives nothing to go on with."""
        at = self._now()
        known = self._known.get(address.name)
        try:
            answer = await self._asker.ask(
                listing.errand.wish(address, LISTING_TYPES, self._settings.max_listing_bytes, known)
            )
        except FetchProblem as problem:
            listing.ended.append(
                skipped(address.name, source.name, at, problem.reason, public_text(problem.detail), problem.status)
            )
            return None
        if answer.status == NOT_MODIFIED:
            listing.documents.append(Fetched(_unchanged(address, source, at, known)))
            return None
        listed = await asyncio.to_thread(parse, answer.body)
        reason, detail = _ending(listed)
        record = Fetch(
            address.name,
            source.name,
            at,
            "skipped",
            reason,
            detail,
            answer.status,
            len(answer.body),
            sha256=sha256(answer.body).hexdigest(),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )
        listing.documents.append(Fetched(record, listed=None if listed.reason else listed.total))
        return listed

    def _skip(self, source: Source, url: str, reason: str, detail: str = "") -> Fetched:
        return skipped(url, source.name, self._now(), reason, detail)


def _ending(listed: Listed) -> tuple[str, str]:
    """Reason and detail of a feed or sitemap that was read."""
    if listed.reason:
        return listed.reason, listed.detail
    if listed.total > len(listed.entries):
        return "too_many_items", f"{listed.total:,} entries, the first {len(listed.entries):,} were taken"
    return "listing", f"{listed.total:,} entries" + (f"; {listed.detail}" if listed.detail else "")


def _unchanged(address: Address, source: Source, at: datetime, known: Known | None) -> Fetch:
    stored = known or Known()
    return Fetch(
        address.name,
        source.name,
        at,
        "unchanged",
        status=NOT_MODIFIED,
        sha256=stored.sha256,
        etag=stored.etag,
        last_modified=stored.last_modified,
    )
