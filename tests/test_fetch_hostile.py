"""A whole run against a server that does all the wrong things."""

import asyncio
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extract.fetch import FetchSettings, read_sources
from extract.fetch.reasons import REASONS
from extract.models import Fetched, Source
from tests.hostile_server import (
    ARTICLE,
    BILLION_LAUGHS,
    FAULTS,
    OUTER_ENTITY,
    HostileServer,
    answer,
    feed,
    item,
    page,
    retry_after_date,
    sitemap,
)

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


@pytest.fixture(scope="module")
def faulty_run():
    async def run():
        async with HostileServer() as server:
            started = time.monotonic()
            outcomes = await collect([source(*(server.url(fault.path) for fault in FAULTS))])
            return (
                {one.record.url.removeprefix(server.url("")): one for one in outcomes},
                outcomes,
                time.monotonic() - started,
            )

    return asyncio.run(run())


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.path)
def test_each_fault_ends_under_its_own_name(faulty_run, fault):
    assert end_of(faulty_run[0][fault.path]) == fault.ends_in


def test_there_are_at_least_sixty_faults():
    assert len(FAULTS) >= 60


def test_a_run_over_all_faults_gives_each_address_once_and_costs_no_more_than_its_limits(faulty_run):
    by_path, outcomes, seconds = faulty_run
    assert len(outcomes) == len(by_path) == len(FAULTS)
    # no address may cost more than its time in all; the rest is for slow machines with all at once
    assert max(one.record.seconds for one in outcomes) < LIMITS.total_seconds + 3
    assert seconds < 40


def test_every_end_is_in_the_table_of_reasons(faulty_run):
    assert {one.record.reason for one in faulty_run[1]} - {""} <= REASONS.keys()


def test_pages_that_survive_are_the_article_itself(faulty_run):
    for path in (
        "/gzip",
        "/brotli",
        "/deflate",
        "/raw-deflate",
        "/gzip-in-two-members",
        "/html-as-png",
        "/cookie-wall",
    ):
        assert faulty_run[0][path].page.body == ARTICLE, path
    assert faulty_run[0]["/sends-more-than-it-says"].page.body == ARTICLE


def test_the_server_s_charset_is_passed_on_only_where_it_exists(faulty_run):
    assert faulty_run[0]["/wrong-charset"].page.charset == "utf-8"
    assert faulty_run[0]["/unknown-charset"].page.charset is None
    assert faulty_run[0]["/no-content-type"].page.charset is None


def test_credentials_of_a_redirect_are_nowhere_in_what_is_kept(faulty_run):
    kept = faulty_run[0]["/with-credentials"]
    assert kept.page.url.endswith("/reached-with-credentials")
    assert "hunter2" not in repr(kept)


def test_a_page_behind_a_redirect_is_known_by_the_address_at_its_end(faulty_run):
    assert faulty_run[0]["/moved"].page.url.endswith("/moved-here")


def test_a_redirect_into_another_host_of_the_private_network_is_refused():
    async def run():
        async with HostileServer() as inner, HostileServer() as outer:
            outer.routes["/in"] = answer("302 Found", Location=inner.url("/story"))
            outcomes = await collect([source(outer.url("/in"))])
            return end_of(outcomes[0]), inner.asked

    reason, asked = asyncio.run(run())
    assert reason == "private_address"
    assert not asked


def test_a_feed_may_not_lead_into_the_private_network_though_another_source_may_go_there():
    async def run():
        async with HostileServer() as inner, HostileServer() as outer:
            outer.routes["/feed"] = feed(item(inner.url("/admin")), item(outer.url("/story")))
            sources = [source(outer.url("/feed"), kind="feed", name="evil"), source(inner.url("/story"), name="own")]
            return ends(await collect(sources)), inner, outer

    result, inner, outer = asyncio.run(run())
    assert result[inner.url("/admin")] == "private_address"
    assert result[inner.url("/story")] == "page"
    assert "/admin" not in inner.asked
    assert result[outer.url("/story")] == "page"


def test_the_same_page_under_tracking_parameters_is_asked_for_once():
    async def run():
        async with HostileServer() as server:
            urls = [server.url("/story" + end) for end in ("", "?utm_source=x", "#top", "?fbclid=1&utm_medium=y")]
            return [end_of(one) for one in await collect([source(*urls)])], server.asked["/story"]

    assert asyncio.run(run()) == (["duplicate_address"] * 3 + ["page"], 1)


def test_a_redirect_to_an_address_of_the_list_does_not_fetch_it_twice():
    async def run():
        async with HostileServer() as server:
            outcomes = await collect([source(server.url("/moved"), server.url("/moved-here"))])
            return sorted(ends(outcomes).values()), server.asked["/moved-here"]

    assert asyncio.run(run()) == (["duplicate_address", "page"], 1)


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


def test_a_server_that_speaks_no_tls_gives_no_leave_and_no_page():
    async def run():
        async with HostileServer() as server:
            url = server.url("/story").replace("http:", "https:")
            settings = replace(LIMITS, connect_seconds=0.5)
            return [end_of(one) for one in await collect([source(url)], settings)], server.asked.total()

    assert asyncio.run(run()) in [(["robots_unreachable"], 0), (["connection_failed"], 0)]


def test_a_source_without_addresses_says_so():
    assert [end_of(one) for one in asyncio.run(collect([Source("none", "urls")]))] == ["no_articles"]


def test_a_list_of_addresses_in_a_file_is_read_line_by_line(tmp_path):
    async def run():
        async with HostileServer() as server:
            path = tmp_path / "addresses.txt"
            path.write_text(f"# ours\n\n{server.url('/story')}\n  {server.url('/gzip')}\nnot an address\n")
            settings = replace(LIMITS, allowed_networks=("127.0.0.0/8",))
            outcomes = await collect([Source("list", "urls", path=str(path), every_seconds=0)], settings)
            return {one.record.url.removeprefix(server.url("")): end_of(one) for one in outcomes}

    assert asyncio.run(run()) == {"/story": "page", "/gzip": "page", "not an address": "bad_address"}
