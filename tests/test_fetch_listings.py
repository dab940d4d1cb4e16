"""Feeds and sitemaps that are broken, endless, hostile, or fine."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.fetching import LIMITS, collect, end_of, source
from tests.hostile_answers import ARTICLE, BILLION_LAUGHS, OUTER_ENTITY, answer, feed, item, page, sitemap
from tests.hostile_server import HostileServer


def listing_run(kind, settings=LIMITS, known=None, **routes):
    """Outcomes by path of a run over the feed or sitemap at /list."""

    async def run():
        async with HostileServer() as server:
            for name, reply in routes.items():
                path = "/" + name.replace("_", "/")
                server.routes[path] = reply(server) if callable(reply) else reply
            found = {server.url(path): value for path, value in (known or {}).items()}
            outcomes = await collect([source(server.url("/list"), kind=kind)], settings, found)
            return {one.record.url.removeprefix(server.url("")): one for one in outcomes}, server

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("kind", "reply", "reason"),
    [
        ("feed", page(BILLION_LAUGHS.encode(), "application/xml"), "xml_entities"),
        ("feed", page(OUTER_ENTITY.encode(), "application/xml"), "xml_entities"),
        ("feed", page(BILLION_LAUGHS.encode("utf-16"), "application/xml"), "xml_entities"),
        ("sitemap", page(BILLION_LAUGHS.encode(), "application/xml"), "xml_entities"),
        ("feed", page(ARTICLE), "bad_feed"),
        ("feed", page(b"<opml><item/></opml>", "text/xml"), "bad_feed"),
        ("sitemap", page(ARTICLE), "bad_sitemap"),
        ("feed", page(b""), "bad_feed"),
        ("feed", answer("404 Not Found"), "not_found"),
        ("feed", answer("410 Gone"), "gone"),
        ("sitemap", answer("500 Internal Server Error"), "server_error"),
        ("feed", page(b"<rss>" + b"<a>" * 200_000, "text/xml"), "bad_feed"),
        ("feed", page(b"\x00" * 5000, "text/xml"), "bad_feed"),
        ("sitemap", page(b"\x1f\x8b\x08\x00 no gzip at all", "application/gzip"), "bad_gzip"),
    ],
)
def test_a_feed_or_sitemap_that_is_none_says_so(kind, reply, reason):
    outcomes, _ = listing_run(kind, list=reply)
    assert {path: end_of(one) for path, one in outcomes.items()} == {"/list": reason}


def test_a_feed_of_a_hundred_thousand_items_gives_its_first_ones_and_says_how_many_it_left():
    items = "".join(f"<item><link>/n/{number}</link></item>" for number in range(100_000))
    outcomes, server = listing_run("feed", replace(LIMITS, max_listed=3), list=feed(items))
    assert end_of(outcomes["/list"]) == "too_many_items"
    assert "100,000 entries" in outcomes["/list"].record.detail
    assert sorted(path for path in server.asked if path.startswith("/n/")) == ["/n/0", "/n/1", "/n/2"]


def test_a_sitemap_that_names_itself_is_read_once():
    outcomes, server = listing_run(
        "sitemap", list=lambda server: sitemap(server.url("/list"), "/a", index=True), a=sitemap("/story")
    )
    assert server.asked["/list"] == 1
    assert end_of(outcomes["/story"]) == "page"


def test_sitemaps_within_sitemaps_end_at_the_limit_of_depth():
    def deeper(request, writer):
        level = int(request.path.rpartition("/")[2] or 0) if request.path != "/list" else 0
        writer.write(sitemap(f"/deep/{level + 1}", index=True))
        return asyncio.sleep(0)

    routes = {f"deep_{level}": (lambda _server: deeper) for level in range(9)}
    outcomes, server = listing_run("sitemap", replace(LIMITS, listing_depth=2), list=lambda _server: deeper, **routes)
    assert end_of(outcomes["/deep/3"]) == "listing_too_deep"
    assert "/deep/3" not in server.asked


def test_a_broken_feed_is_repaired_where_entries_can_be_found():
    broken = b"<rss><channel><item><title>Fish & chips&nbsp;</title><link>/story</link></item></channel>"
    outcomes, _ = listing_run("feed", list=page(broken, "text/xml"))
    assert end_of(outcomes["/story"]) == "page"


def test_entries_carry_the_day_that_the_feed_names():
    outcomes, _ = listing_run("feed", list=feed(item("/story")))
    assert outcomes["/story"].page.published_at == datetime(2026, 5, 5, 7, 30, tzinfo=UTC)
    assert outcomes["/story"].page.published_from == "feed"
