"""The one door: sources in, one Fetched for every file, record and address out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Final

from extract.fetch.archive import Archive
from extract.fetch.folders import FileReader
from extract.fetch.memory import HostMemory
from extract.fetch.records import unless_forgotten
from extract.fetch.revisit import Revisits
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
    memory: HostMemory | None = None,
    revisits: Revisits | None = None,
    archive: Archive | None = None,
    forgotten: Collection[str] = frozenset(),
) -> AsyncGenerator[Fetched]:
    """Every file, record and address of the sources, each exactly once: as a page, as unchanged, or as a named skip.

    known: what is stored of a url; asked with `.get` alone, so that it may look things up when asked
    clock: for tests; made of `now` where it is left out
    memory: of what earlier runs asked of the hosts and how they were received; null = of this run alone
    revisits: stored addresses by the name of their source; asked for where they are due and no feed lists them
    archive: keeps every page and how every attempt ended. What it holds of a run that was never marked `landed` is
        given out again instead of being asked for
    forgotten: page_id of the pages that a person had removed; they are neither asked for, kept nor named
    Files come first, in the order of the sources and of their paths; addresses in the order in which hosts answer.
    """
    for source in sources:
        if source.kind in FILE_KINDS:
            for found in FileReader(source, settings, known, now).read():
                fetched = unless_forgotten(found, forgotten)
                if archive is not None:
                    archive.save(fetched)
                yield fetched
                await asyncio.sleep(0)
    web = [source for source in sources if source.kind not in FILE_KINDS]
    if web:
        from extract.fetch.crawl import Crawl  # httpx takes a second to import, which a run over files need not pay

        crawl = Crawl(
            settings,
            known,
            clock or Clock(now),
            memory=memory,
            revisits=revisits or {},
            archive=archive,
            forgotten=forgotten,
        )
        async with aclosing(crawl.run(web)) as outcomes:
            async for fetched in outcomes:
                yield fetched
