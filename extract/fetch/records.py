"""The one way to say how an address or file ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from extract.fetch.reasons import REASONS
from extract.fetch.settings import Known
from extract.ids import hash_id
from extract.models import Fetch, Fetched, Page


def skipped(  # noqa: PLR0917 - what happened, in the order of the table
    url: str, source: str, at: datetime, reason: str, detail: str = "", status: int | None = None
) -> Fetched:
    """An attempt that gave no page, under one of the names of REASONS."""
    assert reason in REASONS, f"reason {reason!r} is not in the table"
    return Fetched(Fetch(url, source, at, "skipped", reason, detail, status))


def unless_forgotten(fetched: Fetched, forgotten: Collection[str]) -> Fetched:
    """The attempt, or where its page is among the forgotten ones (by page_id) a skip that does not name it."""
    record = fetched.record
    page_id = hash_id("page", record.page_url or record.url)
    if page_id not in forgotten:
        return fetched
    return skipped(f"forgotten:{page_id}", record.source, record.fetched_at, "forgotten")


def new_page(
    page: Page, known: Mapping[str, Known], *, digest: str | None = None, record: Fetch | None = None
) -> Fetched:
    """The page, or "unchanged" where the same bytes are already stored.

    digest: SHA-256 of all that makes the page what it is; its body where nothing else does
    record: what an HTTP answer adds (status, headers, seconds, its own address)
    """
    digest = digest or sha256(page.body).hexdigest()
    record = record or Fetch(page.url, page.source, page.fetched_at, "page")
    record = replace(record, size_bytes=len(page.body), sha256=digest, page_url=page.url)
    stored = known.get(record.url)
    if stored is not None and stored.sha256 == digest:
        return Fetched(replace(record, outcome="unchanged"))
    return Fetched(record, page)


class Versions:
    """Tells the versions of pages that one file of many records brings: each once, and none that was stored before.

    known: what is stored, by url
    """

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known = known
        self._met: set[tuple[str, str]] = set()

    def reason_against(self, url: str, digest: str) -> str | None:
        """Why this version is not to be read, null if it is; the newest stored one passes, to be found unchanged."""
        if (url, digest) in self._met:
            return "duplicate_address"
        self._met.add((url, digest))
        stored = self._known.get(url)
        is_older = stored is not None and digest != stored.sha256 and digest in stored.seen
        return "older_version" if is_older else None


def parse_moment(text: str) -> datetime | None:
    """A moment as feeds, sitemaps and records write it (ISO 8601 or RFC 2822), in UTC; null if it is neither.

    A moment without a zone is read as UTC, a day as its midnight.
    """
    text = text.strip()
    if len(text) > 100:  # noqa: PLR2004 - no moment is that long
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None
