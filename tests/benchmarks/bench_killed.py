"""10,000 addresses on 50 hosts at 5 % faults through `tallywire track`, once calmly and once killed ten times.

usage: python tests/benchmarks/bench_killed.py [ADDRESSES]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import psutil
from ratios import Ratio, report

from tests.hostile_server import on_air
from tests.loopback_paper import fill
from tests.test_fetch_killed import CONCURRENCY, folder_of, kill_when, track
from tests.warehouse_tables import table_differences
from warehouse.reader import open_reader

HOSTS, KILLS_IN_FETCH, KILLS_AFTER = 50, 7, 3
LIMIT = 2  # requests at a time on a host


def watched(process, servers):
    """Megabytes of the run's main process beside the number of requests so far, about once a second."""
    seen = []

    def watch():
        while process.poll() is None:
            try:
                megabytes = psutil.Process(process.pid).memory_info().rss // 1_000_000
            except psutil.NoSuchProcess:
                return
            seen.append((sum(server.asked.total() for server in servers), megabytes))
            time.sleep(1)

    threading.Thread(target=watch, daemon=True).start()
    return seen


def run_to_its_end(folder, servers):
    started = time.perf_counter()
    with track(folder) as process:
        memory = watched(process, servers)
        if process.wait():
            sys.exit(process.stderr.read().decode())
    return time.perf_counter() - started, memory


def main() -> None:
    addresses = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    os.environ |= {"TALLYWIRE_MODE": "fast", "PYTHONPATH": str(Path.cwd())}
    chance = random.Random(50)
    with tempfile.TemporaryDirectory() as name, on_air(HOSTS, latency_seconds=0.002) as servers:
        urls = fill(servers, addresses)
        calm, rough = (folder_of(Path(name), kind, urls) for kind in ("calm", "rough"))
        seconds, memory = run_to_its_end(calm, servers)
        asked_calmly = sum(server.asked.total() for server in servers)
        print(f"{addresses:,} addresses on {HOSTS} hosts, calm: {seconds:.0f} s, {asked_calmly:,} requests", flush=True)
        print(f"memory of the main process by requests: {memory[:: max(1, len(memory) // 12)]}", flush=True)
        for server in servers:
            server.asked.clear()
        moments = sorted(chance.randrange(HOSTS, addresses) for _ in range(KILLS_IN_FETCH))
        late = [(0, chance.uniform(5, seconds / 2)) for _ in range(KILLS_AFTER)]
        killed = 0
        for asked, after in [*((moment, 0.0) for moment in moments), *late]:
            with track(rough) as process:
                killed += kill_when(process, servers, asked, after)
            print(f"killed after {sum(server.asked.total() for server in servers):,} requests", flush=True)
        run_to_its_end(rough, servers)
        tell(calm, rough, servers, killed, asked_calmly)


def tell(calm, rough, servers, killed, asked_calmly):
    asked = sum(server.asked.total() for server in servers)
    most = max(server.most_at_once for server in servers)
    with closing(open_reader(rough / "warehouse.duckdb")) as connection:
        [(rows, urls, articles)] = connection.execute(
            "SELECT count(*), count(DISTINCT url), (SELECT count(*) FROM articles) FROM fetches"
        ).fetchall()
        pages = {url for (url,) in connection.execute("SELECT url FROM fetches WHERE outcome = 'page'").fetchall()}
    print(f"killed {killed} times: {rows:,} attempts at {urls:,} addresses, {articles:,} articles")
    differences = table_differences(calm / "warehouse.duckdb", rough / "warehouse.duckdb")
    print("the same tables" if not differences else "\n".join(differences[:20]))
    # Of the pages that came, those under way when a run was killed are asked for again, and no others. What failed may
    # have failed in passing, and robots.txt may have changed: each run asks again.
    for_pages = sum(server.asked[path] for server in servers for path in server.routes if server.url(path) in pages)
    again = 1 + killed * CONCURRENCY / len(pages)
    requests = (f"{for_pages:,} requests", f"{len(pages):,} pages", for_pages / len(pages))
    report(
        [
            Ratio(f"{urls:,} addresses, killed {killed} times: for what came", *requests, most=again),
            Ratio(
                "  with faults and robots.txt", f"{asked:,} requests", f"{asked_calmly:,} calm", asked / asked_calmly
            ),
            Ratio.within("  at a time on a host", most, LIMIT, "requests"),
            Ratio.within("  lines by which the tables differ", len(differences), 0, "lines"),
        ]
    )


if __name__ == "__main__":
    main()
