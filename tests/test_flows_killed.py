"""kill -9 in the middle of a run costs that run and nothing else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import psutil
import pytest

KILLS = 20
LATE_KILLS = 15  # so many runs may end before their moment, on a machine that became faster meanwhile
CHANCE = random.Random(20250504)  # the same moments at each run, as shares of an undisturbed one


def start_ingest(desk, warehouse) -> subprocess.Popen[bytes]:
    """The command in a process group of its own, so that the kill takes its workers too."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "ingest", str(desk), "--warehouse", str(warehouse), "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_after_a_kill_at_any_moment_the_next_run_ends_with_the_tables_of_an_undisturbed_one(
    desk, tmp_path, tallywire, tables, monkeypatch
):
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")  # the moments count here, and without a parser twenty cost half
    seconds, finished = undisturbed_seconds(desk, tmp_path / "calm.duckdb"), 0
    expected = tables(tmp_path / "calm.duckdb")
    for attempt in range(KILLS + LATE_KILLS):
        if attempt - finished == KILLS:
            break
        warehouse = tmp_path / f"killed{attempt}" / "warehouse.duckdb"
        begun = time.monotonic()
        with start_ingest(desk, warehouse) as process:
            try:
                process.wait(seconds * CHANCE.uniform(0.2, 1.0))
                seconds, finished = min(seconds, time.monotonic() - begun), finished + 1
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        status, _, err = tallywire("ingest", desk, "--warehouse", warehouse)
        assert status == 0, f"attempt {attempt}: {err}"
        assert tables(warehouse) == expected, f"attempt {attempt}"
        assert {path.name for path in warehouse.parent.iterdir()} == {
            "warehouse.archive",
            "warehouse.duckdb",
            "warehouse.work.duckdb",
            "warehouse.lock",
        }
    assert finished < LATE_KILLS


def undisturbed_seconds(desk, warehouse) -> float:
    begun = time.monotonic()
    with start_ingest(desk, warehouse) as process:
        assert process.wait() == 0, process.stderr.read()
    return time.monotonic() - begun


def test_workers_leave_when_their_run_is_killed(desk, published):
    with start_ingest(desk, published) as process:
        family = set()
        while process.poll() is None and len(family) < 3:
            family |= set(psutil.Process(process.pid).children(recursive=True))
        process.kill()  # the run alone, not its group
    _, alive = psutil.wait_procs(family, timeout=20)
    assert family
    assert not alive
