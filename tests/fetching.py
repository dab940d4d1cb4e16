"""Runs over hostile servers: with tight limits, and how each address ended."""

from datetime import UTC, datetime

from extract.fetch import FetchSettings, read_sources
from extract.models import Fetched, Source

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
LIMITS = FetchSettings(
    max_bytes=2_000_000,
    max_listing_bytes=8_000_000,
    connect_seconds=1.0,
    read_seconds=1.5,
    total_seconds=3.0,
    concurrency=24,
    per_host=100,
    attempts=2,
    backoff_seconds=0.01,
    longest_wait_seconds=3.0,
    refusals_before_stop=1000,
)


async def collect(sources, settings=LIMITS, known=None, now=lambda: NOON, **more):
    return [one async for one in read_sources(sources, settings=settings, known=known or {}, now=now, **more)]


def source(*urls, kind="urls", name="halder", **more):
    given = {"urls": urls} if kind == "urls" else {"url": urls[0]}
    return Source(name=name, kind=kind, every_seconds=0, **given, **more)


def end_of(fetched: Fetched) -> str:
    return fetched.record.reason or fetched.record.outcome


def ends(outcomes) -> dict[str, str]:
    return {one.record.url: end_of(one) for one in outcomes}
