"""When a page is worth another look: soon while it changes, ever later while it rests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from extract.fetch.settings import Known

LONGEST_PAUSE: Final = timedelta(days=30)
SETTLED_AFTER: Final = timedelta(days=365)


def next_visit(known: Known, shortest: timedelta) -> datetime | None:
    """When the page is due again: after as long a pause as it has now rested, between `shortest` and 30 days.

    So the pauses double while nothing changes and shrink when something does. Null = not again: after a year
    without change, and for a page that was never visited.
    """
    if known.fetched_at is None:
        return None
    changed_at = known.changed_at or known.fetched_at
    rested = known.fetched_at - changed_at
    if rested > SETTLED_AFTER:
        return None
    return known.fetched_at + min(max(rested, shortest), LONGEST_PAUSE)


def is_due(known: Known | None, now: datetime, shortest_seconds: float) -> bool:
    """Whether a listed page should be asked for now. 0 seconds = always."""
    if known is None or known.fetched_at is None or shortest_seconds <= 0:
        return True
    due_at = next_visit(known, timedelta(seconds=shortest_seconds))
    return due_at is not None and due_at <= now
