"""A page that changes is fetched again; one that rests is asked about politely, and ever less often."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extract.fetch import FetchSettings, Known, read_sources
from extract.fetch.revisit import is_due, next_visit
from extract.models import Source
from tests.hostile_answers import ARTICLE, answer, feed, item, page
from tests.hostile_server import HostileServer

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
SETTINGS = FetchSettings(backoff_seconds=0.01, attempts=2, total_seconds=5, read_seconds=2)


async def collect(source, known=None, settings=SETTINGS, **more):
    reading = read_sources([source], settings=settings, known=known or {}, now=lambda: NOON, **more)
    return {one.record.url: one async for one in reading}


def source_of(server, *paths, kind="urls", **more):
    urls = tuple(map(server.url, paths))
    given = {"urls": urls} if kind == "urls" else {"url": urls[0]}
    return Source("halder", kind, every_seconds=0, **given, **more)


def known_from(outcomes):
    return {url: Known(one.record.sha256, one.record.etag, one.record.last_modified) for url, one in outcomes.items()}


async def conditional(request, writer):
    """A page that knows its own version and answers 304 to who has it."""
    if request.headers.get("if-none-match") == '"v1"' or request.headers.get("if-modified-since"):
        writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
    else:
        writer.write(page(ETag='"v1"', Last_Modified="Tue, 05 May 2026 07:30:00 GMT"))


def test_a_page_that_is_stored_is_asked_for_conditionally():
    async def run():
        async with HostileServer(routes={"/a": conditional}) as server:
            first = await collect(source_of(server, "/a"))
            again = await collect(source_of(server, "/a"), known_from(first))
            return first[server.url("/a")], again[server.url("/a")]

    first, again = asyncio.run(run())
    assert (first.record.outcome, first.record.etag) == ("page", '"v1"')
    assert (again.record.outcome, again.record.status) == ("unchanged", 304)
    assert again.record.sha256 == first.record.sha256
    assert again.record.etag == '"v1"'


def test_a_server_without_versions_is_compared_by_its_bytes():
    async def run():
        async with HostileServer(routes={"/a": page()}) as server:
            first = await collect(source_of(server, "/a"))
            again = await collect(source_of(server, "/a"), known_from(first))
            server.routes["/a"] = page(ARTICLE.replace(b"14", b"15"))
            edited = await collect(source_of(server, "/a"), known_from(again))
            return [run[server.url("/a")].record.outcome for run in (first, again, edited)]

    assert asyncio.run(run()) == ["page", "unchanged", "page"]


@pytest.mark.parametrize(("status", "reason"), [("404 Not Found", "not_found"), ("410 Gone", "gone")])
def test_a_page_that_vanished_says_how(status, reason):
    async def run():
        async with HostileServer(routes={"/a": page()}) as server:
            known = known_from(await collect(source_of(server, "/a")))
            server.routes["/a"] = answer(status)
            return (await collect(source_of(server, "/a"), known))[server.url("/a")].record.reason

    assert asyncio.run(run()) == reason


async def conditional_feed(request, writer):
    if request.headers.get("if-none-match") == '"f1"':
        writer.write(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    else:
        body = feed(item("/a"), item("/b")).replace(b"HTTP/1.1 200 OK\r\n", b'HTTP/1.1 200 OK\r\nETag: "f1"\r\n')
        writer.write(body)


def feed_twice(second_page):
    """Two runs over a feed with versions; what its second entry answers in the first run."""

    async def run():
        routes = {"/feed": conditional_feed, "/a": page(), "/b": second_page}
        async with HostileServer(routes=routes) as server:
            first = await collect(source_of(server, "/feed", kind="feed"))
            server.routes["/b"] = page(ARTICLE + b"<!-- b -->")
            again = await collect(source_of(server, "/feed", kind="feed"), known_from(first))
            return {url.removeprefix(server.url("")): one.record.outcome for url, one in again.items()}

    return asyncio.run(run())


def test_a_feed_that_did_not_change_is_not_read_again():
    assert feed_twice(page(ARTICLE + b"<!-- b -->")) == {"/feed": "unchanged"}


def test_a_feed_is_read_in_full_again_while_an_entry_of_it_failed():
    outcomes = feed_twice(answer("500 Internal Server Error"))
    assert outcomes == {"/feed": "skipped", "/a": "unchanged", "/b": "page"}


def test_credentials_of_a_source_reach_its_own_host_and_no_other():
    async def run():
        async with HostileServer() as other, HostileServer() as server:
            server.routes["/feed"] = feed(item("/a"), item(other.url("/b")))
            server.routes["/a"] = other.routes["/b"] = page()
            url = server.url("/feed").replace("http://", "http://me:hunter2@")
            naming = Source("halder", "feed", url=url, urls=(other.url("/b"),), every_seconds=0)
            outcomes = await collect(naming)
            sent = {one[":path"]: one.get("authorization") for one in server.headers_seen}
            return sent, [one.get("authorization") for one in other.headers_seen], outcomes

    sent, elsewhere, outcomes = asyncio.run(run())
    assert sent["/feed"] == sent["/a"] == "Basic bWU6aHVudGVyMg=="
    assert elsewhere
    assert set(elsewhere) == {None}
    assert "hunter2" not in repr(outcomes)


def test_nothing_that_is_logged_holds_a_secret(caplog):
    caplog.set_level(logging.DEBUG)

    async def run():
        async with HostileServer() as server:
            url = server.url("/story?token=SESAME").replace("http://", "http://me:hunter2@")
            outcomes = await collect(Source("halder", "urls", urls=(url,), every_seconds=0))
            return outcomes, server.asked["/story?token=SESAME"]

    outcomes, asked = asyncio.run(run())
    assert asked == 1
    for secret in ("SESAME", "hunter2", "bWU6aHVudGVyMg"):
        assert secret not in caplog.text + repr(outcomes)


def test_we_say_who_we_are_and_whom_to_write_to():
    async def run():
        async with HostileServer() as server:
            await collect(source_of(server, "/story"), settings=replace(SETTINGS, contact="https://desk.example"))
            return {one["user-agent"] for one in server.headers_seen}

    (agent,) = asyncio.run(run())
    assert agent.startswith("tallywire/")
    assert agent.endswith("(+https://desk.example)")


def test_no_cookie_is_kept_from_one_address_to_the_next():
    async def run():
        async with HostileServer() as server:
            server.routes["/a"] = page(Set_Cookie="who=me; Path=/")
            await collect(source_of(server, "/a", "/story"), settings=replace(SETTINGS, per_host=1))
            return [one.get("cookie") for one in server.headers_seen]

    assert set(asyncio.run(run())) == {None}


HOUR = timedelta(hours=1)


def visited(rested, ago=timedelta(0)):
    return Known("x", fetched_at=NOON - ago, changed_at=NOON - ago - rested)


def test_pauses_between_visits_grow_with_the_time_that_a_page_has_rested():
    pauses = [next_visit(visited(rested), HOUR) - NOON for rested in (timedelta(0), 2 * HOUR, 4 * HOUR, 100 * HOUR)]
    assert pauses == [HOUR, 2 * HOUR, 4 * HOUR, 100 * HOUR]
    assert next_visit(visited(timedelta(days=90)), HOUR) - NOON == timedelta(days=30)
    assert next_visit(visited(timedelta(days=400)), HOUR) is None


def test_a_page_rests_for_good_once_neither_it_nor_its_story_has_moved_for_a_season():
    rested = visited(timedelta(days=100))
    assert next_visit(rested, HOUR) is None
    assert next_visit(rested, HOUR, moved_at=NOON - timedelta(days=95)) is None
    assert next_visit(rested, HOUR, moved_at=NOON - timedelta(days=20)) == NOON + timedelta(days=30)


def test_a_page_is_due_when_its_pause_is_over_and_always_where_no_pause_is_set():
    assert not is_due(visited(4 * HOUR, ago=3 * HOUR), NOON, 3600)
    assert is_due(visited(4 * HOUR, ago=5 * HOUR), NOON, 3600)
    assert is_due(visited(4 * HOUR), NOON, 0)
    assert is_due(None, NOON, 3600)
    assert is_due(Known("x"), NOON, 3600)


def test_a_listed_page_that_is_not_due_is_not_asked_for():
    async def run():
        async with HostileServer() as server:
            known = {server.url("/story"): visited(4 * HOUR, ago=HOUR)}
            outcomes = await collect(source_of(server, "/story"), known, replace(SETTINGS, recheck_seconds=3600))
            record = outcomes[server.url("/story")].record
            return record.outcome, record.reason, server.asked["/story"]

    assert asyncio.run(run()) == ("unchanged", "not_due", 0)


def test_a_stored_page_that_no_feed_lists_any_more_is_visited_when_it_is_due():
    async def run():
        async with HostileServer() as server:
            server.routes["/feed"] = feed(item("/gzip"))
            due, early = server.url("/story"), server.url("/brotli")
            known = {due: visited(HOUR, ago=9 * HOUR), early: visited(9 * HOUR, ago=HOUR)}
            revisits = {
                "halder": dict.fromkeys([due, early, server.url("/gzip")], NOON),
                "another": {server.url("/deflate"): NOON},
            }
            settings = replace(SETTINGS, recheck_seconds=3600)
            outcomes = await collect(source_of(server, "/feed", kind="feed"), known, settings, revisits=revisits)
            return {url.removeprefix(server.url("")): one.record.outcome for url, one in outcomes.items()}

    assert asyncio.run(run()) == {"/feed": "skipped", "/gzip": "page", "/story": "page"}
