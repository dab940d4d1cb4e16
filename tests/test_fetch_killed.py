"""A run over many hosts, killed ten times, goes on where it was: nothing is lost, hardly anything asked for twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_server import on_air
from tests.loopback_paper import fill

ADDRESSES, HOSTS, CONCURRENCY = 180, 6, 6
SOURCES = "[fetch]\nconcurrency = {}\nattempts = 3\nbackoff_seconds = 0.01\n[[source]]\nname = 'crowd'\nkind = 'urls'\n"


def track(folder):
    """The command in a process group of its own, so that a kill takes its workers too."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "track", "SOURCES.toml", "--warehouse", "warehouse.duckdb", "--quiet"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def folder_of(tmp_path, name, urls):
    folder = tmp_path / name
    folder.mkdir()
    listed = "\n".join(f"  '{url}'," for url in urls)
    (folder / "SOURCES.toml").write_text(SOURCES.format(CONCURRENCY) + f"every = 0\nurls = [\n{listed}\n]\n")
    return folder


def kill_when(process, servers, asked, seconds_after):
    """Kill the run once the servers were asked so often, or so long after; whether it was still running."""
    while sum(server.asked.total() for server in servers) < asked and process.poll() is None:
        try:
            process.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
    try:
        process.wait(seconds_after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_run_over_many_hosts_killed_ten_times_ends_with_the_tables_of_an_undisturbed_one(
    tmp_path, tables, monkeypatch
):
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")
    monkeypatch.setenv("TALLYWIRE_WORKERS", "1")
    monkeypatch.setenv("TALLYWIRE_BATCH_PAGES", "100")  # workers start late, and ten kills cost less
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    with on_air(HOSTS, latency_seconds=0.004) as servers:
        urls = fill(servers, ADDRESSES)
        calm, rough = (folder_of(tmp_path, name, urls) for name in ("calm", "rough"))
        with track(calm) as process:
            assert process.wait() == 0, process.stderr.read()
        for server in servers:
            server.asked.clear()
        chance, killed = random.Random(10), 0
        moments = sorted(chance.randrange(HOSTS + 1, HOSTS + ADDRESSES) for _ in range(7))
        for asked, seconds in [*((moment, 0.0) for moment in moments), *((0, chance.uniform(1, 3)) for _ in range(3))]:
            with track(rough) as process:
                killed += kill_when(process, servers, asked, seconds)
        with track(rough) as process:
            assert process.wait() == 0, process.stderr.read()
    assert killed == 10
    expected, found = tables(calm / "warehouse.duckdb"), tables(rough / "warehouse.duckdb")
    for view, rows in expected.items():
        assert found[view] == rows, view
    pages = {
        url: server.asked[path] for server in servers for path in server.routes if (url := server.url(path)) in urls
    }
    assert min(pages.values()) == 1
    # What was under way when a run died is asked for again, and so is what may have been a passing failure.
    failing = [url for number, url in enumerate(urls) if number % 20 == 7 and number // 20 % 4 == 1]
    again = sum(count - 1 for url, count in pages.items() if url not in failing)
    assert again <= killed * CONCURRENCY
    assert {server.asked["/robots.txt"] for server in servers} <= {1, 2}
    assert max(server.most_at_once for server in servers) <= 2
