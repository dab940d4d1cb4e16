"""The newsroom read through the real fetch path: feeds, sitemap, robots.txt and conditional requests on loopback."""

import asyncio
from datetime import UTC, datetime

import pytest

from extract.fetch import FetchSettings, Known, parse_sources, read_sources
from flows.newsroom.expected import read_expected
from flows.newsroom.manuscripts import manuscripts, outlets
from flows.newsroom.printing import printed_pages
from flows.newsroom.server import newsroom_sources, serve_newsroom

READ_AT = datetime(2026, 4, 18, tzinfo=UTC)


def read_all(newsroom, folder, known):
    path = folder / "SOURCES.toml"
    path.write_text(newsroom_sources(), encoding="utf-8")
    sources = parse_sources(path).sources

    async def collect():
        settings = FetchSettings(hosts=newsroom.hosts)
        return [each async for each in read_sources(sources, settings=settings, known=known, now=lambda: READ_AT)]

    return asyncio.run(collect())


@pytest.fixture(scope="module")
def readings(tmp_path_factory):
    """What two visits brought: the first edition, and then the second."""
    folder = tmp_path_factory.mktemp("newsroom")
    with serve_newsroom() as newsroom:
        first = read_all(newsroom, folder, {})
        known = {
            each.record.url: Known(each.record.sha256, each.record.etag, each.record.last_modified) for each in first
        }
        newsroom.turn_to(2)
        return {1: first, 2: read_all(newsroom, folder, known)}


def pages_of(readings, edition):
    return {each.page.url: each.page for each in readings[edition] if each.page is not None}


def test_the_first_visit_brings_every_article_under_its_canonical_address(readings):
    addresses = {each.address for each in manuscripts(1).values()}
    assert addresses <= set(pages_of(readings, 1))
    for address in addresses:
        assert pages_of(readings, 1)[address].body == printed_pages(1)[address].body


def test_the_second_visit_brings_what_is_new_or_changed_and_nothing_else(readings):
    new = {each.address for slug, each in manuscripts(2).items() if slug not in manuscripts(1)}
    assert set(pages_of(readings, 2)) == new | {manuscripts(2)["channel9-alessandria-empties"].address}


def test_the_second_visit_finds_the_rest_unchanged(readings):
    unchanged = {each.record.url for each in readings[2] if each.record.outcome == "unchanged"}
    kept = {each.address for slug, each in manuscripts(1).items() if slug != "channel9-alessandria-empties"}
    # the news sitemap lists no new article, so it may answer for its articles too
    ledger = {each.address for each in manuscripts(1).values() if each.outlet.key == "ledger"}
    assert unchanged | ledger >= kept
    assert unchanged >= {outlets()["ledger"].feed}


def test_addresses_that_are_no_articles_are_skipped_by_name(readings):
    reasons = {each.record.url: each.record.reason for each in readings[1] if each.record.outcome == "skipped"}
    for skip in read_expected().skips:
        if skip.address not in pages_of(readings, 1):
            assert reasons[skip.address] in skip.reasons
    assert {"not_found", "robots"} <= set(reasons.values())
