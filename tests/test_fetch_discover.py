"""What a site offers to follow, and whether a source works."""

import asyncio
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.errors import BadSource
from extract.fetch import FetchSettings, parse_sources
from extract.fetch.discover import Offer, as_entry, discover
from extract.fetch.trial import try_source
from extract.models import Source
from tests.hostile_answers import answer, feed, item, page, sitemap
from tests.hostile_server import HostileServer

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
SETTINGS = FetchSettings(backoff_seconds=0.01, attempts=1, total_seconds=5, read_seconds=2)
HEAD = (
    b"<html><head><link rel=alternate type='application/rss+xml' href='/news.rss?a=1&amp;b=2'>"
    b'<LINK type="application/atom+xml" rel="alternate" href="/broken.atom">'
    b"<link rel=stylesheet href=/x.css></head></html>"
)


def look(path, robots=None, **routes):
    async def run():
        async with HostileServer() as server:
            server.routes |= {f"/{name.replace('_', '.')}": reply for name, reply in routes.items()}
            if robots:
                server.routes["/robots.txt"] = page(robots.replace("HERE", server.url("")).encode(), "text/plain")
            offers = await discover(server.url(path), settings=SETTINGS, now=lambda: NOON, every_seconds=0)
            return [(one.kind, one.url.removeprefix(server.url("")), one.problem) for one in offers], offers

    return asyncio.run(run())


def test_feeds_in_the_head_and_sitemaps_in_robots_txt_are_found_and_tried():
    found, offers = look(
        "/home",
        robots="User-agent: *\nSitemap: HERE/map.xml\n",
        home=page(HEAD),
        news_rss=feed(item("/a"), item("/b")),
        broken_atom=answer("404 Not Found"),
        map_xml=sitemap("/a", "/b", "/c"),
    )
    assert found == [
        ("feed", "/news.rss?a=1&b=2", ""),
        ("sitemap", "/map.xml", ""),
        ("feed", "/broken.atom", "not_found"),
    ]
    assert (offers[0].entries, offers[0].dated) == (2, 2)
    assert offers[0].newest == datetime(2026, 5, 5, 7, 30, tzinfo=UTC)


def test_usual_places_are_tried_where_a_site_names_none():
    found, _ = look("/", rss_xml=feed(item("/a")))
    assert found == [("feed", "/rss.xml", "")]


def test_a_feed_itself_is_its_own_offer():
    found, _ = look("/news.rss", news_rss=feed(item("/a")))
    assert found == [("feed", "/news.rss", "")]


def test_a_site_that_offers_nothing_gives_nothing():
    assert look("/")[0] == []


@pytest.mark.parametrize("url", ["ftp://halder.example", "nonsense", "http://10.1.2.3:1/"])
def test_a_site_that_cannot_be_asked_says_why(url):
    settings = FetchSettings(attempts=1, connect_seconds=0.2, total_seconds=0.3)
    with pytest.raises(BadSource):
        asyncio.run(discover(url.replace("10.1.2.3", "127.0.0.1"), settings=settings, now=lambda: NOON))


def test_an_offer_becomes_an_entry_that_can_be_read_again(tmp_path: Path):
    offer = Offer("feed", 'https://halder.example/f?q="x"', entries=1)
    text = as_entry(offer, 'The "Halder" desk\\', outlet="The Gazette", language="en")
    assert tomllib.loads(text)["source"][0]["url"] == offer.url
    (tmp_path / "SOURCES.toml").write_text(text)
    (source,) = parse_sources(tmp_path / "SOURCES.toml").sources
    assert (source.name, source.kind, source.outlet) == ('The "Halder" desk\\', "feed", "The Gazette")


def trial(robots=b"", *items):
    async def run():
        async with HostileServer() as server:
            server.routes["/feed"] = feed(*map(item, items))
            server.routes["/robots.txt"] = page(robots, "text/plain")
            source = Source("halder", "feed", url=server.url("/feed"), every_seconds=0)
            return await try_source(source, settings=SETTINGS, now=lambda: NOON, pages=3)

    return asyncio.run(run())


def test_a_trial_reads_a_few_pages_and_counts_all_that_are_listed():
    result = trial(b"", "/story", "/gzip", "/status-404", "/brotli", "/deflate")
    assert (result.is_reachable, result.is_allowed, result.listed) == (True, True, 5)
    assert result.ends == {"page": 2, "not_found": 1}
    assert len(result.pages) == 2


def test_a_trial_of_a_forbidden_site_says_so():
    result = trial(b"User-agent: *\nDisallow: /\n", "/story")
    assert (result.is_reachable, result.is_allowed) == (False, False)
    assert result.ends == {"robots": 1}
