"""How politely and how long a fetch goes on; all limits in one place."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from extract.errors import BadSource

VERSION = "0.1.0"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of one address or file: the newest values of `fetches`.

    sha256, etag, last_modified: of the last body that was read
    seen: the hash of every body ever stored for it; dumps and archives bring old versions again
    fetched_at, changed_at: the last visit and the last visit that found new bytes; null = visit whenever it is listed
    page_url: the page that it led to
    """

    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    seen: frozenset[str] = frozenset()
    fetched_at: datetime | None = None
    changed_at: datetime | None = None
    page_url: str | None = None


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """The limits of one run.

    contact: an address of a person, named in the user agent
    max_bytes: of a body after decompression; also of a file and of a record
    max_listing_bytes: of a feed or sitemap after decompression
    read_seconds: between two pieces of an answer; total_seconds: for one address with all its redirects and retries,
        waiting for politeness aside
    per_host: requests at a time to one host; every_seconds of a source parts their starts
    longest_wait_seconds: a Retry-After beyond it ends the host for this run; a longer crawl-delay gives one page a run
    refusals_before_stop: so many refusals, failures or timeouts in a row, in one run or in several, and the host rests:
        for rest_seconds, then twice as long each time, at most a day
    requests_per_day: to one host, robots.txt and redirects included, by UTC and over all runs
    robots_seconds: how long a robots.txt that was read holds, RFC 9309 allows a day
    allowed_networks: private networks that may be fetched from, as "10.1.0.0/16"
    max_listed: entries taken from one source's feed, sitemaps or list; listing_depth: of sitemap indexes in indexes
    hosts: host names that are served elsewhere than their name says, to (IP address, port); pages keep their names
    recheck_seconds: least time between two visits of one page, growing with its age; 0 = each time it is listed
    """

    user_agent: str = f"tallywire/{VERSION}"
    contact: str | None = None
    max_bytes: int = 10 * MEGABYTE
    max_listing_bytes: int = 20 * MEGABYTE
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_redirects: int = 8
    concurrency: int = 20
    per_host: int = 2
    attempts: int = 3
    backoff_seconds: float = 1.0
    longest_wait_seconds: float = 120.0
    refusals_before_stop: int = 10
    rest_seconds: float = 900.0
    requests_per_day: int = 10_000
    robots_seconds: float = 86_400.0
    allowed_networks: tuple[str, ...] = ()
    max_listed: int = 20_000
    max_listings: int = 200
    listing_depth: int = 3
    recheck_seconds: float = 0.0
    hosts: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse limits that would stop everything or nothing."""
        for name in ("max_bytes", "max_listing_bytes", "concurrency", "per_host", "attempts", "total_seconds"):
            if getattr(self, name) <= 0:
                raise BadSource(f"fetch setting {name} must be above 0, not {getattr(self, name)}")

    @property
    def agent_line(self) -> str:
        """The User-Agent header: who asks, and whom to write to."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, as arguments; tests bring their own.

    now: aware UTC; monotonic: seconds from any start; sleep: of seconds; chance: 0 ≤ x < 1
    """

    now: Callable[[], datetime]
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = field(default=random.random)


NOTHING_KNOWN: Mapping[str, Known] = {}
