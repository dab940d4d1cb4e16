"""The one door: sources in, one Fetched for every file, record and address out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from extract.fetch.folders import FileReader
from extract.fetch.settings import FetchSettings, Known
from extract.models import Fetched, Source

FILE_KINDS: Final = frozenset({"folder", "jsonl", "warc"})


async def read_sources(
    sources: Sequence[Source],
    *,
    settings: FetchSettings,
    known: Mapping[str, Known],
    now: Callable[[], datetime],
) -> AsyncIterator[Fetched]:
    """Every file, record and address of the sources, each exactly once: as a page, as unchanged, or as a named skip.

    known: what is stored of a url; asked with `.get` alone, so that it may look things up when asked
    Files come first, in the order of the sources and of their paths.
    """
    for source in sources:
        if source.kind in FILE_KINDS:
            for fetched in FileReader(source, settings, known, now).read():
                yield fetched
                await asyncio.sleep(0)
