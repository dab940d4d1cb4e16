"""Many hosts at a time: no address lost, none asked for twice, no host asked more than it may be."""

import asyncio
import itertools
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extract.fetch import Clock, FetchSettings, read_sources
from extract.fetch.addresses import parse_address
from extract.fetch.client import FetchProblem
from extract.fetch.politeness import Hosts
from extract.models import Source
from tests.hostile_answers import ARTICLE, answer, page
from tests.hostile_server import HostileServer

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
SETTINGS = FetchSettings(concurrency=20, per_host=2, attempts=2, backoff_seconds=0.01, refusals_before_stop=1000)
FAULTY = [answer("404 Not Found"), answer("500 Internal Server Error"), page(b""), page(b"\x89PNG\r\n\x1a\n")]


async def hosts_with_pages(stack, hosts, pages):
    """Servers on which every twentieth page is a fault, and the addresses of all pages, mixed."""
    servers = [await stack.enter_async_context(HostileServer(latency_seconds=0.002)) for _ in range(hosts)]
    for server in servers:
        for number in range(pages):
            fault = FAULTY[number // 20 % len(FAULTY)]
            server.routes[f"/n/{number}"] = fault if number % 20 == 7 else page(ARTICLE + str(number).encode())
    return servers, [server.url(f"/n/{number}") for number in range(pages) for server in servers]


async def collect(sources, settings=SETTINGS, **more):
    reading = read_sources(sources, settings=settings, known={}, now=lambda: NOON, **more)
    return [one async for one in reading]


@pytest.fixture(scope="module")
def crowd():
    async def run():
        async with AsyncExitStack() as stack:
            servers, urls = await hosts_with_pages(stack, 12, 40)
            outcomes = await collect([Source("crowd", "urls", urls=tuple(urls), every_seconds=0)])
            return servers, urls, outcomes

    return asyncio.run(run())


def test_no_address_is_lost_and_none_is_given_twice(crowd):
    _, urls, outcomes = crowd
    assert sorted(one.record.url for one in outcomes) == sorted(urls)


def test_no_page_is_asked_for_twice_and_no_fault_more_often_than_it_is_tried(crowd):
    servers, _, _ = crowd
    asked = Counter(count for server in servers for path, count in server.asked.items() if path.startswith("/n/"))
    assert asked == Counter({1: 12 * 39, 2: 12})  # the one in forty that answers 500 is tried again


def test_no_host_is_asked_more_often_at_a_time_than_it_may_be(crowd):
    assert {server.most_at_once for server in crowd[0]} == {2}


def test_faults_of_one_host_leave_the_pages_of_the_others_alone(crowd):
    ends = Counter(one.record.reason or one.record.outcome for one in crowd[2])
    assert ends == Counter(page=12 * 38, not_found=12, server_error=12)


def test_the_pages_are_the_same_whatever_order_the_addresses_have():
    async def run():
        async with AsyncExitStack() as stack:
            _servers, urls = await hosts_with_pages(stack, 3, 20)
            runs = []
            for order in (urls, urls[::-1]):
                found = await collect([Source("crowd", "urls", urls=tuple(order), every_seconds=0)])
                runs.append(sorted((one.page.url, one.page.body) for one in found if one.page))
            return runs

    first, second = asyncio.run(run())
    assert first == second
    assert len(first) == 3 * 19


def test_two_requests_to_one_host_are_as_far_apart_as_the_source_asks():
    async def run():
        async with HostileServer() as server:
            urls = tuple(map(server.url, ("/story", "/gzip", "/brotli", "/deflate")))
            await collect([Source("slow", "urls", urls=urls, every_seconds=0.1)])
            starts = server.started_at
            return [after - before for before, after in itertools.pairwise(starts)]

    gaps = asyncio.run(run())
    assert len(gaps) == 4
    assert min(gaps) > 0.08


def test_two_requests_to_one_host_are_as_far_apart_as_its_robots_txt_asks():
    async def run():
        async with HostileServer(robots=page(b"User-agent: *\nCrawl-delay: 0.1\nAllow: /", "text/plain")) as server:
            urls = tuple(map(server.url, ("/story", "/gzip", "/brotli")))
            await collect([Source("slow", "urls", urls=urls, every_seconds=0)])
            starts = server.started_at[1:]
            return [after - before for before, after in itertools.pairwise(starts)]

    assert min(asyncio.run(run())) > 0.08


class FakeTime:
    """A clock whose sleeps pass at once."""

    def __init__(self):
        self.seconds = 100.0
        self.slept = []

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)

    def clock(self, chance=0.5):
        return Clock(lambda: NOON, lambda: self.seconds, self.sleep, lambda: chance)


def test_a_pause_that_a_host_asks_for_holds_back_all_its_requests():
    time = FakeTime()
    address = parse_address("https://halder.example/a")

    async def run():
        hosts = Hosts(SETTINGS, time.clock())
        hosts.pause(address, 30)
        async with hosts.turn(address):
            return time.seconds

    assert asyncio.run(run()) == 130.0


def test_the_pauses_between_attempts_double_and_vary():
    pauses = {
        chance: [Hosts(SETTINGS, FakeTime().clock(chance)).backoff_seconds(n) for n in range(3)]
        for chance in (0.0, 1.0)
    }
    assert pauses == {0.0: [0.005, 0.01, 0.02], 1.0: [0.01, 0.02, 0.04]}


def test_an_answer_as_hoped_for_makes_a_host_s_refusals_forgotten():
    address = parse_address("https://halder.example/a")
    hosts = Hosts(replace(SETTINGS, refusals_before_stop=3), FakeTime().clock())
    for reason in ("forbidden", "timeout", None, "forbidden", "rate_limited"):
        hosts.note(address, reason)
    hosts.refuse_if_done(address)
    hosts.note(address, "forbidden")
    with pytest.raises(FetchProblem) as caught:
        hosts.refuse_if_done(address)
    assert caught.value.reason == "host_stopped"


def test_a_run_that_nobody_reads_to_its_end_stops():
    async def run():
        async with AsyncExitStack() as stack:
            servers, urls = await hosts_with_pages(stack, 2, 400)
            reading = read_sources(
                [Source("crowd", "urls", urls=tuple(urls), every_seconds=0)],
                settings=SETTINGS,
                known={},
                now=lambda: NOON,
            )
            await anext(reading)
            await reading.aclose()
            asked = sum(server.asked.total() for server in servers)
            await asyncio.sleep(0.1)
            return asked, sum(server.asked.total() for server in servers), len(asyncio.all_tasks())

    asked, later, _ = asyncio.run(run())
    assert asked < 200
    assert later == asked
