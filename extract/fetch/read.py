"""The one door: sources in, one Fetched for every file, record and address out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Final

from extract.fetch.crawl import Crawl
from extract.fetch.folders import FileReader
from extract.fetch.settings import Clock, FetchSettings, Known
from extract.models import Fetched, Source

FILE_KINDS: Final = frozenset({"folder", "jsonl", "warc"})


async def read_sources(
    sources: Sequence[Source],
    *,
    settings: FetchSettings,
    known: Mapping[str, Known],
    now: Callable[[], datetime],
    clock: Clock | None = None,
    spent_today: Mapping[str, int] | None = None,
) -> AsyncGenerator[Fetched]:
    """Every file, record and address of the sources, each exactly once: as a page, as unchanged, or as a named skip.

    known: what is stored of a url; asked with `.get` alone, so that it may look things up when asked
    clock: for tests; made of `now` where it is left out
    spent_today: requests that earlier runs of this day have made, by "host:port"
    Files come first, in the order of the sources and of their paths; addresses in the order in which hosts answer.
    """
    for source in sources:
        if source.kind in FILE_KINDS:
            for fetched in FileReader(source, settings, known, now).read():
                yield fetched
                await asyncio.sleep(0)
    web = [source for source in sources if source.kind not in FILE_KINDS]
    if web:
        crawl = Crawl(settings, known, clock or Clock(now), spent=spent_today or {})
        async with aclosing(crawl.run(web)) as outcomes:
            async for fetched in outcomes:
                yield fetched
