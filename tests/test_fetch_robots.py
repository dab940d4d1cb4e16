"""What a host allows and how it asks for rest: robots.txt, Retry-After, refusals."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.fetching import LIMITS, collect, end_of, source
from tests.hostile_answers import answer, page, retry_after_date
from tests.hostile_server import HostileServer


def robots_run(robots, settings=LIMITS, *paths):
    settings = replace(settings, read_seconds=0.7)

    async def run():
        async with HostileServer(robots=robots) as server:
            outcomes = await collect([source(*(server.url(path) for path in paths or ("/story",)))], settings)
            return [end_of(one) for one in outcomes], server

    return asyncio.run(run())


async def silence(request, writer):
    await asyncio.sleep(3600)


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (page(b"User-agent: *\nDisallow: /sto", "text/plain"), "robots"),
        (page(b"User-agent: tallywire\nDisallow: /\n\nUser-agent: *\nAllow: /", "text/plain"), "robots"),
        (page(b"User-agent: otherbot\nDisallow: /", "text/plain"), "page"),
        (page(b"<html><body>Disallow: nothing at all</body></html>", "text/html"), "page"),
        (page(b"\xff\xfe\x00\x80User-agent: *\n\x00Disallow: /x", "text/plain"), "page"),
        (page(b"User-agent: *\nDisallow: /story\n" + b"# padding\n" * 500_000, "text/plain"), "robots"),
        (answer("404 Not Found"), "page"),
        (answer("403 Forbidden"), "page"),
        (answer("500 Internal Server Error"), "robots_unreachable"),
        (answer("429 Too Many Requests"), "robots_unreachable"),
        (answer("302 Found", Location="http://10.0.0.1/robots.txt"), "robots_unreachable"),
        (answer("302 Found", Location="/robots.txt"), "page"),
        (silence, "robots_unreachable"),
    ],
    ids=[
        "forbids",
        "us",
        "another",
        "html",
        "binary",
        "5 MB",
        "404",
        "403",
        "500",
        "429",
        "private",
        "loop",
        "hangs",
    ],
)
def test_robots_txt_is_obeyed_as_its_standard_says(robots, reason):
    reasons, server = robots_run(robots)
    assert reasons == [reason]
    assert (server.asked["/story"] == 1) == (reason == "page")


def test_robots_txt_is_read_once_a_run():
    _, server = robots_run(answer("404 Not Found"), LIMITS, "/story", "/gzip", "/brotli")
    assert server.asked["/robots.txt"] == 1


def test_both_forms_of_retry_after_are_waited_for():
    async def run(header):
        async def once(request, writer):
            limited = answer("429 Too Many Requests", Retry_After=header())
            writer.write(limited if request.number == 1 else page())

        async with HostileServer() as server:
            server.routes["/busy"] = once
            outcomes = await collect([source(server.url("/busy"))], now=lambda: datetime.now(UTC))
            return end_of(outcomes[0]), server.started_at[2] - server.started_at[1]

    for header in (lambda: "1", lambda: retry_after_date(2)):
        reason, waited = asyncio.run(run(header))
        assert reason == "page"
        assert waited > 0.9


def test_a_host_that_asks_for_a_day_of_rest_gets_it():
    async def run():
        async with HostileServer() as server:
            server.routes["/busy"] = answer("503 Service Unavailable", Retry_After="86400")
            settings = replace(LIMITS, per_host=1)
            outcomes = await collect([source(server.url("/busy"), server.url("/story"))], settings)
            return [end_of(one) for one in outcomes], server.asked["/story"]

    assert asyncio.run(run()) == (["rate_limited", "host_stopped"], 0)


def test_a_host_that_refuses_again_and_again_is_left_alone():
    async def run():
        async with HostileServer() as server:
            paths = [f"/no-{number}" for number in range(20)]
            server.routes |= {path: answer("403 Forbidden") for path in paths}
            settings = replace(LIMITS, per_host=1, refusals_before_stop=5)
            outcomes = await collect([source(*(server.url(path) for path in paths))], settings)
            return Counter(map(end_of, outcomes)), sum(server.asked[path] for path in paths)

    assert asyncio.run(run()) == (Counter(host_stopped=15, forbidden=5), 5)


def test_a_crawl_delay_beyond_a_run_gives_one_page_a_run():
    reasons, _ = robots_run(page(b"User-agent: *\nCrawl-delay: 900\nAllow: /", "text/plain"), LIMITS, "/story", "/gzip")
    assert sorted(reasons) == ["crawl_delay", "page"]
