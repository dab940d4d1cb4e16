"""A whole run against a server that does all the wrong things."""

import asyncio
import time
from dataclasses import replace

import pytest

from extract.fetch.reasons import REASONS
from extract.models import Source
from tests.fetching import LIMITS, collect, end_of, ends, source
from tests.hostile_answers import ARTICLE, answer, feed, item
from tests.hostile_faults import FAULTS
from tests.hostile_server import HostileServer


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
