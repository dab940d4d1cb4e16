"""Fetch throughput against a bare httpx loop on 20 fast hosts; 10,000 addresses on 50 hosts, 5 % of them faults.

usage: python tests/benchmarks/bench_fetch.py [ADDRESSES]
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import statistics
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from ratios import Ratio, report

from extract.fetch import FetchSettings, HostMemory, read_sources
from extract.models import Source
from tests.hostile_answers import ARTICLE, page
from tests.hostile_faults import FAULTS
from tests.hostile_server import HostileServer

BODY = ARTICLE.replace(
    b"</article>", b"<p>" + b"The harbour was quiet and the ferries lay still. " * 200 + b"</p></article>"
)
# Faults that end at once; those that take their time are in the tests, with their limits.
SLOW_ENDS = {"page", "timeout", "too_large", "unpacks_too_large", "rate_limited", "server_error", "incomplete_body"}
TRIED_AGAIN = {"bad_response", "connection_failed", "bad_gzip", "bad_brotli"}
LED_ON = {"redirect_loop", "too_many_redirects", "redirect_to_front_page", "login_wall", "bad_redirect"}
QUICK_FAULTS = [fault.path for fault in FAULTS if fault.ends_in not in SLOW_ENDS | TRIED_AGAIN | LED_ON]
CONCURRENCY = 40


def serve(hosts, pipe):
    """Hosts in a process of their own; sends their addresses, and at the end what they were asked."""

    async def run():
        async with AsyncExitStack() as stack:
            servers = [await stack.enter_async_context(HostileServer()) for _ in range(hosts)]
            for server in servers:
                server.routes["/n"] = page(BODY)
            pipe.send([server.url("") for server in servers])
            await asyncio.to_thread(pipe.recv)
            pipe.send([(server.most_at_once, dict(server.asked)) for server in servers])

    asyncio.run(run())


@contextmanager
def hosts_of(count):
    """The addresses of so many hosts, and a function that stops them and returns what they were asked."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=serve, args=(count, there))
    child.start()

    def stop():
        here.send("stop")
        return here.recv()

    try:
        yield here.recv(), stop
    finally:
        child.join(5)
        child.kill()


async def bare(urls):
    """What httpx alone does, with the same number of requests at a time."""
    waiting = asyncio.Semaphore(CONCURRENCY)
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=CONCURRENCY), trust_env=False) as client:

        async def get(url):
            async with waiting:
                return len((await client.get(url)).content)

        return len(await asyncio.gather(*map(get, urls)))


def now():
    return datetime.now(UTC)


async def ours(urls):
    many = 10**9
    settings = FetchSettings(concurrency=CONCURRENCY, requests_per_day=many, refusals_before_stop=many)
    sources = [Source("bench", "urls", urls=tuple(urls), every_seconds=0)]
    ends = Counter()
    with TemporaryDirectory() as folder:
        memory = HostMemory(Path(folder), now)
        async for one in read_sources(sources, settings=settings, known={}, now=now, memory=memory):
            ends[one.record.reason or one.record.outcome] += 1
    return ends


def throughput(addresses):
    with hosts_of(20) as (bases, stop):
        urls = [f"{base}/n?{number}" for number in range(addresses // 20) for base in bases]
        wall, cpu = {"bare": [], "ours": []}, {"bare": [], "ours": []}
        for _ in range(5):
            for name, work in (("bare", bare), ("ours", ours)):
                started, worked = time.perf_counter(), time.process_time()
                asyncio.run(work(urls))
                wall[name].append(time.perf_counter() - started)
                cpu[name].append(time.process_time() - worked)
        stop()
    rates = {name: len(urls) / statistics.median(seconds) for name, seconds in wall.items()}
    costs = {name: statistics.median(seconds) / len(urls) * 1000 for name, seconds in cpu.items()}
    ratio = rates["ours"] / rates["bare"]
    print(f"{len(urls):,} pages of {len(BODY):,} bytes from 20 hosts, {CONCURRENCY} at a time, median of 5 runs")
    print(f"bare httpx {costs['bare']:.2f} ms of processor a page")
    beside = f"{rates['bare']:.0f} pages/s"
    report(
        [
            Ratio(
                "fetching from 20 hosts, a bare httpx loop beside",
                f"{rates['ours']:.0f} pages/s",
                beside,
                ratio,
                least=0.7,
            )
        ]
    )
    print(f"tallywire  {costs['ours']:.2f} ms of processor a page")


def crowd(addresses):
    numbers = range(addresses // 50)
    paths = [f"/n?{number}" if number % 20 else f"{fault_of(number)}?{number}" for number in numbers]
    with hosts_of(50) as (bases, stop):
        urls = [base + path for path in paths for base in bases]
        asyncio.run(ours(urls[:500]))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        ends = asyncio.run(ours(urls[500:]))
        taken = time.perf_counter() - started
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        asked = stop()
    twice = sum(count > 1 for _, paths_of in asked for path, count in paths_of.items() if path != "/robots.txt")
    most = max(most for most, _ in asked)
    print(
        f"{len(urls) - 500:,} addresses on 50 hosts in {taken:.1f} s: {ends.total():,} ended, {twice} asked for twice"
    )
    print(f"at most {most} requests at a time on a host (limit 2); memory grew by {grown:.0f} MB after the first 500")
    print(", ".join(f"{reason} {count}" for reason, count in ends.most_common()))


def fault_of(number):
    return QUICK_FAULTS[number // 20 % len(QUICK_FAULTS)]


def main() -> None:
    addresses = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    crowd(addresses)
    throughput(min(addresses, 2_000))


if __name__ == "__main__":
    main()
