"""What is remembered of hosts from one run to the next: budget, pauses, rests, robots.txt."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extract.fetch import Archive, FetchSettings, HostMemory, read_sources
from extract.fetch.memory import Refusals
from extract.models import Source
from tests.hostile_answers import ARTICLE, answer, page
from tests.hostile_server import HostileServer

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
SETTINGS = FetchSettings(backoff_seconds=0.01, attempts=1, total_seconds=3, read_seconds=1, per_host=1)


class Runs:
    """Runs over one host, each with a memory of its own over the same folder, as processes have it."""

    def __init__(self, folder, server, settings):
        self.folder, self.server, self.settings, self.now = folder, server, settings, NOON

    async def run(self, *paths, archive=None):
        """How many of the addresses ended how."""
        source = Source("halder", "urls", urls=tuple(map(self.server.url, paths)), every_seconds=0)
        reading = read_sources(
            [source],
            settings=self.settings,
            known={},
            now=lambda: self.now,
            memory=HostMemory(self.folder, lambda: self.now),
            archive=archive,
        )
        return Counter([one.record.reason or one.record.outcome async for one in reading])


@pytest.fixture
def over_runs(tmp_path):
    """Does the work of an async function that is given the Runs."""

    def do(work, settings=SETTINGS, robots=None):
        async def on_air():
            async with HostileServer() as server:
                if robots is not None:
                    server.routes["/robots.txt"] = robots
                server.routes |= {f"/n/{n}": page(ARTICLE + str(n).encode()) for n in range(9)}
                return await work(Runs(tmp_path / "hosts", server, settings))

        return asyncio.run(on_air())

    return do


NINE = [f"/n/{n}" for n in range(9)]


def test_a_host_s_budget_is_spent_by_all_runs_of_a_day_and_new_on_the_next(over_runs):
    async def work(runs):
        first = await runs.run(*NINE[:4])
        second = await runs.run(*NINE[4:])
        asked = runs.server.asked.total()
        runs.now += timedelta(days=1)
        return first, second, asked, await runs.run(*NINE[4:])

    settings = replace(SETTINGS, requests_per_day=7)
    first, second, asked, next_day = over_runs(work, settings)
    assert first == {"page": 4}
    assert second == {"page": 2, "budget_spent": 3}  # robots.txt was the seventh
    assert asked == 7
    assert next_day == {"page": 5}


def test_robots_txt_is_read_once_a_day_over_all_runs(over_runs):
    async def work(runs):
        asked = []
        for hours in (0, 1, 22, 2):
            runs.now += timedelta(hours=hours)
            await runs.run("/n/1")
            asked.append(runs.server.asked["/robots.txt"])
        return asked

    assert over_runs(work) == [1, 1, 1, 2]


def test_what_robots_txt_forbade_stays_forbidden_while_it_cannot_be_read(over_runs):
    async def work(runs):
        ends = [await runs.run("/n/1", "/n/2")]
        runs.server.routes["/robots.txt"] = answer("500 Internal Server Error")
        for days in (2, 40):
            runs.now += timedelta(days=days)
            ends.append(await runs.run("/n/1", "/n/2"))
        return ends

    today, unreadable, for_long = over_runs(work, robots=page(b"User-agent: *\nDisallow: /n/1\n", "text/plain"))
    assert today == unreadable == {"page": 1, "robots": 1}
    assert for_long == {"robots_unreachable": 2}


def test_a_host_without_robots_txt_is_asked_for_it_once_a_day_too(over_runs):
    async def work(runs):
        await runs.run("/n/1")
        await runs.run("/n/2")
        return runs.server.asked["/robots.txt"]

    assert over_runs(work, robots=answer("404 Not Found")) == 1


def test_refusals_of_several_runs_add_up_and_each_rest_is_twice_as_long(over_runs):
    async def work(runs):
        runs.server.routes |= {path: answer("403 Forbidden") for path in NINE[:6]}
        ends = [await runs.run(*NINE[:3]), await runs.run(*NINE[3:6])]
        for minutes in (10, 6, 25, 6):
            runs.now += timedelta(minutes=minutes)
            ends.append(await runs.run(*NINE[:6]))
        return ends

    settings = replace(SETTINGS, refusals_before_stop=5, rest_seconds=900)
    assert over_runs(work, settings) == [
        {"forbidden": 3},
        {"forbidden": 2, "host_stopped": 1},
        {"host_stopped": 6},
        {"forbidden": 5, "host_stopped": 1},
        {"host_stopped": 6},
        {"forbidden": 5, "host_stopped": 1},
    ]


def test_an_answer_as_hoped_for_ends_the_count_of_earlier_runs(over_runs):
    async def work(runs):
        runs.server.routes |= {path: answer("403 Forbidden") for path in NINE[:2]}
        return [await runs.run(*paths) for paths in (NINE[:2], NINE[2:3], NINE[:2])]

    settings = replace(SETTINGS, refusals_before_stop=3)
    assert over_runs(work, settings) == [{"forbidden": 2}, {"page": 1}, {"forbidden": 2}]


def test_failures_that_interrupted_runs_ask_for_again_do_not_add_up_to_a_rest(over_runs, tmp_path):
    async def work(runs):
        runs.server.routes |= {path: answer("500 Internal Server Error") for path in NINE[1::2]}
        return [await runs.run(*NINE, archive=Archive(tmp_path / "archive", lambda: runs.now)) for _ in range(4)]

    settings = replace(SETTINGS, refusals_before_stop=3)
    assert over_runs(work, settings) == [{"page": 5, "server_error": 4}] * 4


def test_a_host_that_asks_for_an_hour_of_rest_gets_it_from_later_runs_too(over_runs):
    async def work(runs):
        runs.server.routes["/busy"] = answer("503 Service Unavailable", Retry_After="3600")
        ends = [await runs.run("/busy", "/n/1")]
        for minutes in (30, 31):
            runs.now += timedelta(minutes=minutes)
            ends.append(await runs.run("/n/1"))
        return ends

    assert over_runs(work) == [{"rate_limited": 1, "host_stopped": 1}, {"host_stopped": 1}, {"page": 1}]


def test_a_crawl_delay_longer_than_a_run_gives_one_page_each_time_it_has_passed(over_runs):
    async def work(runs):
        ends = []
        for minutes in (0, 5, 11):
            runs.now += timedelta(minutes=minutes)
            ends.append(await runs.run("/n/1", "/n/2"))
        return ends

    robots = page(b"User-agent: *\nCrawl-delay: 900\nAllow: /\n", "text/plain")
    assert over_runs(work, robots=robots) == [
        {"page": 1, "crawl_delay": 1},
        {"crawl_delay": 2},
        {"page": 1, "crawl_delay": 1},
    ]


def test_a_memory_torn_by_a_sudden_end_is_read_as_far_as_it_is_whole(tmp_path):
    def remembered():
        return HostMemory(tmp_path, lambda: NOON)

    memory = remembered()
    memory.note_request("halder.example:443")
    memory.note_refusals("halder.example:443", Refusals(3))
    memory.save_robots("https://halder.example:443", "User-agent: *")
    for path in [path for path in tmp_path.rglob("*") if path.is_file()]:
        whole = path.read_bytes()
        path.write_bytes(whole + whole[: len(whole) // 2] if path.suffix != ".json" else whole[:-4])
    again = remembered()
    assert again.spent("halder.example:443") == 1
    assert again.refusals("halder.example:443") == Refusals(3)
    assert again.robots("https://halder.example:443") is None


def test_a_memory_of_one_run_alone_begins_a_new_budget_at_midnight():
    now = NOON
    memory = HostMemory(None, lambda: now)
    memory.note_request("halder.example:443")
    assert memory.spent("halder.example:443") == 1
    now = NOON + timedelta(days=1)
    assert memory.spent("halder.example:443") == 0


def test_the_memory_of_requests_is_kept_for_two_days(tmp_path):
    for days in range(4):
        HostMemory(tmp_path, lambda days=days: NOON + timedelta(days=days)).note_request("halder.example:443")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["requests-2026-05-08.txt", "requests-2026-05-09.txt"]
