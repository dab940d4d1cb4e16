"""What all runs do with many articles: parts of a bounded size, and lines that return on an outlet's pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from extract.models import Fetch, Skip
from flows.spool import Cleaned, Spool

BATCH_BYTES = 4_000_000  # a few huge pages make a batch of their own

Item = TypeVar("Item")


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of that size, the last one shorter."""
    items = iter(items)
    while chunk := list(islice(items, size)):
        yield chunk


def without_furniture(spool: Spool) -> Iterator[Cleaned]:
    """The spooled articles, outlet by outlet, without the lines that return on their outlet's pages."""
    from extract.clean import drop_furniture  # takes a second to import, which a run without news need not pay

    for cleaned in spool.by_outlet():
        articles = drop_furniture([article for _, article in cleaned], {})
        yield from zip((record for record, _ in cleaned), articles, strict=True)


def as_skipped(record: Fetch, skip: Skip) -> Fetch:
    """The attempt with the reason why its page became no article."""
    return replace(record, outcome="skipped", reason=skip.reason, detail=skip.detail)
