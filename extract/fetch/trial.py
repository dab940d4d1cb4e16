"""Whether a source works, by its first pages: the core of `tallywire sources test`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime

from extract.fetch.read import FILE_KINDS, read_sources
from extract.fetch.settings import Clock, FetchSettings
from extract.models import Fetch, Fetched, Source


@dataclass(frozen=True, slots=True)
class Trial:
    """How one source did.

    ends: how many addresses, feeds aside, ended how, by reason or outcome; pages: those that came back
    listed: addresses or files that the source names, tried or not; null where nobody counted to the end
    examples: the first attempt that ended under each reason
    """

    source: Source
    ends: Counter[str]
    pages: tuple[Fetched, ...]
    listed: int | None
    examples: tuple[Fetch, ...] = ()

    @property
    def is_reachable(self) -> bool:
        """Whether anything of the source answered as hoped for."""
        return bool(self.pages) or self.ends["unchanged"] > 0

    @property
    def is_allowed(self) -> bool:
        """Whether robots.txt let at least one address through."""
        return not (self.ends["robots"] or self.ends["robots_unreachable"]) or bool(self.pages)


async def try_source(
    source: Source, *, settings: FetchSettings, now: Callable[[], datetime], pages: int = 5, clock: Clock | None = None
) -> Trial:
    """Read the first few pages of a source, storing nothing, to say how it does."""
    ends: Counter[str] = Counter()
    found: list[Fetched] = []
    examples: dict[str, Fetch] = {}
    listed = 0
    settings = replace(settings, max_listed=pages, max_listings=3)
    reading = read_sources([source], settings=settings, known={}, now=now, clock=clock)
    async with aclosing(reading) as outcomes:
        async for fetched in outcomes:
            record = fetched.record
            listed += fetched.listed or 0
            if fetched.listed is None:
                ends[record.reason or record.outcome] += 1
                examples.setdefault(record.reason, record)
            if fetched.page is not None:
                found.append(fetched)
            if source.kind in FILE_KINDS and len(found) >= pages:
                break
        else:
            return Trial(source, ends, tuple(found), listed or ends.total(), _named(examples))
    return Trial(source, ends, tuple(found), None, _named(examples))


def _named(examples: Mapping[str, Fetch]) -> tuple[Fetch, ...]:
    return tuple(record for reason, record in examples.items() if reason)
