"""kill -9 in the middle of a backfill, wherever its shards are read, costs what was under way and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from benchmarks.invented_archive import pages_of, write_shard
from warehouse_articles import MORNING
from warehouse_tables import table_differences

from extract.fetch.shards import Shard
from flows.backfilling import backfill_of, run_backfill
from flows.settings import Settings
from flows.shard_runners import TRIES, few_at_a_time, run_all
from flows.shards import ShardDone, ShardJob
from warehouse.reader import open_reader
from warehouse.shards import ShardRecord

SHARDS, PAGES = 3, 18
# At which words of a run it is killed: each gets a little further than the one before.
MOMENTS = ("reading 3 shards", "1 of 3 are finished", "2 of 3 are finished", "loading shard", "relating figures")
CHANCE = random.Random(20310504)  # how long after those words
BOTH = """
import sys
from flows.cli import run
for option in ("--prefect", "--dask=local"):
    folder = sys.argv[2] + option
    print(run(["backfill", sys.argv[1], "--warehouse", folder + "/w.duckdb", option]), flush=True)
"""


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLYWIRE_MODE", "fast")
        yield


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "news"
    folder.mkdir()
    for number in range(SHARDS):
        write_shard(folder / f"{number}.warc.gz", pages_of(number, SHARDS, PAGES))
    return folder


@pytest.fixture(scope="module")
def calm(archive, tmp_path_factory) -> Path:
    """The warehouse of a backfill that nobody disturbed, in one process."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("calm") / "w.duckdb", mode="fast")
    run_backfill(backfill_of([str(archive)], None, settings), settings)
    with open_reader(settings.warehouse) as connection:
        counts = "SELECT count(*) > 0, (SELECT count(*) FROM articles) FROM contradictions"
        assert connection.execute(counts).fetchone() == (True, PAGES)
    return settings.warehouse


def start(*command: object) -> subprocess.Popen[str]:
    """A command of two processes, in a group of its own, so that a kill of the group takes all of it."""
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TALLYWIRE_MODE": "fast", "TALLYWIRE_WORKERS": "2"},
        start_new_session=True,
    )


def drafts_in(folder: Path) -> list[Path]:
    return list((folder / "w.shards").glob(".draft-*"))


@pytest.mark.slow  # six starts of the whole command
@pytest.mark.timeout(900)
def test_a_backfill_killed_five_times_and_resumed_gives_the_tables_of_an_undisturbed_one(archive, calm, tmp_path):
    command = ("-m", "flows", "backfill", archive, "--warehouse", tmp_path / "w.duckdb")
    killed = 0
    for moment in MOMENTS:
        with start(*command) as process:
            assert any(moment in line for line in process.stderr), f"it ended before {moment!r}"
            try:
                process.wait(CHANCE.uniform(0, 0.3))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                killed += 1
    assert killed >= len(MOMENTS) - 1  # a quick machine may be through with the last of it
    with start(*command) as last:
        _, told = last.communicate()
    assert last.returncode == 0, told
    assert table_differences(calm, tmp_path / "w.duckdb") == []
    assert drafts_in(tmp_path) == []


def kill_the_first_reader(folder: Path, killed: list[int], done: threading.Event) -> None:
    """Wait for the first draft of a shard and kill the process that writes it, which its name tells."""
    while not done.wait(0.02):
        if drafts := drafts_in(folder):
            reader = int(drafts[0].name.split("-")[-2])
            with suppress(ProcessLookupError):  # it has just ended by itself: the next one
                os.kill(reader, signal.SIGKILL)
                killed.append(reader)
                return


@pytest.mark.server
@pytest.mark.slow  # a server of Prefect's, a cluster of Dask's
@pytest.mark.timeout(900)  # on a machine that is busy with other things
def test_prefects_processes_and_a_cluster_of_dask_that_lose_one_give_the_tables_of_a_plain_run(archive, calm, tmp_path):
    folders = [tmp_path / f"run{option}" for option in ("--prefect", "--dask=local")]
    killed: list[int] = []
    done = threading.Event()
    killers = [threading.Thread(target=kill_the_first_reader, args=(folder, killed, done)) for folder in folders]
    for killer in killers:
        killer.start()
    try:
        with start("-c", BOTH, archive, tmp_path / "run") as process:
            out, told = process.communicate()
    finally:
        done.set()
    assert (process.returncode, out.count(f"{PAGES} fetched = {PAGES} stored")) == (0, 2), told
    assert len(killed) == 2
    for folder in folders:
        assert table_differences(calm, folder / "w.duckdb") == []
        assert drafts_in(folder) == []


def read_or_die(job: ShardJob) -> ShardDone:
    if job.shard.name == "0":
        os.kill(os.getpid(), signal.SIGKILL)
    return ShardDone(ShardRecord(job.shard.name, "news", job.shard.name, "", 1, 1, 1, 1, {}), was_there=False)


def in_forks(jobs, processes):
    """As shards are read, but in processes that need not load anything."""
    left = deque(jobs)
    while left:
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
            yield from few_at_a_time(left, lambda job, pool=pool: pool.submit(read_or_die, job), processes)


def test_a_shard_that_kills_its_process_each_time_costs_others_a_try_only_if_they_were_under_way():
    jobs = [ShardJob(Shard(f"{n}", "news", f"{n}", "warc"), "", MORNING) for n in range(40)]
    lost: list[str] = []

    def told(answer, left) -> None:
        job, outcome = answer
        if not isinstance(outcome, ShardDone):
            lost.append(job.shard.name)

    found = run_all(jobs, in_forks, 2, told)
    assert [job.shard.name for job, outcome in found.items() if not isinstance(outcome, ShardDone)] == ["0"]
    assert lost.count("0") == TRIES
    assert len(lost) <= TRIES + 2


def test_a_process_that_is_killed_while_it_tells_prefect_something_keeps_no_command_from_ending(tmp_path):
    script = (
        "from flows.backfill import OwnProcesses\n"
        "with OwnProcesses(max_workers=1) as runner:\n"
        "    runner._subprocess_message_queue._wlock.acquire()\n"  # what it held when it was killed is held for ever
    )
    with start("-c", script) as process:
        _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
