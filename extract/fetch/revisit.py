"""When a page is worth another look: soon while it changes, ever later while it rests, not once its story has ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from extract.fetch.settings import Known

LONGEST_PAUSE: Final = timedelta(days=30)
SETTLED_AFTER: Final = timedelta(days=90)

Revisits = Mapping[str, Mapping[str, datetime]]
"""By the name of a source its stored addresses, each with the moment at which its story last moved."""


def next_visit(known: Known, shortest: timedelta, moved_at: datetime | None = None) -> datetime | None:
    """When the page is due again: after as long a pause as it has now rested, between `shortest` and 30 days.

    So the pauses double while nothing changes and shrink when something does. Null = not again: where neither the page
    nor its story moved for 90 days, and for a page that was never visited.

    moved_at: when the story last gained an article or a version
    """
    if known.fetched_at is None:
        return None
    changed_at = known.changed_at or known.fetched_at
    if known.fetched_at - max(changed_at, moved_at or changed_at) > SETTLED_AFTER:
        return None
    return known.fetched_at + min(max(known.fetched_at - changed_at, shortest), LONGEST_PAUSE)


def is_due(known: Known | None, now: datetime, shortest_seconds: float, moved_at: datetime | None = None) -> bool:
    """Whether a listed page should be asked for now. 0 seconds = always."""
    if known is None or known.fetched_at is None or shortest_seconds <= 0:
        return True
    due_at = next_visit(known, timedelta(seconds=shortest_seconds), moved_at)
    return due_at is not None and due_at <= now
