"""A backfill of invented WARC shards: one process and two, memory, and how many of the printed figures are found.

usage: python tests/benchmarks/bench_backfill.py [ARTICLES] [--shards N] [--mode normal|fast] [--folder FOLDER]

Processor time is that of the whole family of processes, so the machine may be busy; the ratio of wall times means
something only where it is not, and the table says how busy it was. One process and two are run in turns, and the
quickest run of each counts; beside them stands what the machine makes of two bare loops at once.
100,000 articles in fast mode, once, by default where BENCH_FULL is set.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from invented_archive import write_archive
from ratios import Ratio, machine, report

from flows.backfilling import backfill_of, extract_shards, run_backfill
from flows.progress import PlainLines
from flows.settings import Settings
from flows.shard_runners import in_processes
from flows.shards import ShardDone

LOOK_EVERY_SECONDS = 0.5
MEMORY_MB = 1_500
FULL = "BENCH_FULL" in os.environ
RUNS = 1 if FULL else 2  # of each number of processes, in turns
BARE_LOOP = "for _ in range(40_000_000): pass"


@dataclass(slots=True)
class Spent:
    """What a family of processes used. memory: (seconds since the start, MB of all, shared pages counted once)."""

    wall: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)
    _processor: dict[tuple[int, float], float] = field(default_factory=dict)

    @property
    def processor(self) -> float:
        """Seconds of processor time; of a process that ended, up to the last look."""
        return sum(self._processor.values())

    def look(self, start: float, *, with_memory: bool) -> None:
        """Add what is there now."""
        megabytes = 0.0
        me = psutil.Process()
        for one in [me, *me.children(recursive=True)]:
            try:
                times = one.cpu_times()
                self._processor[one.pid, one.create_time()] = times.user + times.system
                megabytes += one.memory_full_info().pss / 1e6 if with_memory else 0.0
            except psutil.Error:  # it ended between two looks
                continue
        if with_memory:
            self.memory.append((time.monotonic() - start, megabytes))


@contextmanager
def watched() -> Iterator[Spent]:
    """What this process and its children use within the block."""
    spent, done, start = Spent(), threading.Event(), time.monotonic()
    spent.look(start, with_memory=False)
    before = spent.processor

    def look_on() -> None:
        looks = 0
        while not done.wait(LOOK_EVERY_SECONDS):
            spent.look(start, with_memory=looks % 6 == 0)
            looks += 1

    watcher = threading.Thread(target=look_on, daemon=True)
    watcher.start()
    try:
        yield spent
    finally:
        done.set()
        watcher.join()
        spent.look(start, with_memory=True)
        spent._processor[0, 0.0] = -before
        spent.wall = time.monotonic() - start


def settings_for(folder: Path, mode: str, processes: int) -> Settings:
    """A warehouse of its own for each run and number of processes."""
    return Settings(warehouse=folder / f"w{processes}" / "warehouse.duckdb", workers=processes, mode=mode)  # type: ignore[arg-type]  # as argparse checked


def extraction(archive: Path, folder: Path, mode: str, processes: int) -> Spent:
    """Read the archive with so many processes, into files of its own."""
    settings = settings_for(folder, mode, processes)
    settings.warehouse.parent.mkdir(parents=True)
    with watched() as spent:
        found = extract_shards(
            backfill_of([str(archive)], None, settings),
            settings,
            watcher=PlainLines(lambda line: print(line, file=sys.stderr)),
            read_at=datetime.now(UTC),
            runner=in_processes,
        )
    failed = [outcome for outcome in found.values() if not isinstance(outcome, ShardDone)]
    assert not failed, failed
    return spent


def loops_at_once(count: int) -> float:
    """Seconds until so many processes have each done the same loop, which shares nothing with the others."""
    started = time.monotonic()
    loops = [subprocess.Popen([sys.executable, "-c", BARE_LOOP]) for _ in range(count)]
    assert not any(loop.wait() for loop in loops)
    return time.monotonic() - started


def share_found(warehouse: Path, labels: Path) -> float:
    """The share of the printed figures that stand in the warehouse with their number and measure."""
    wanted = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute("SELECT url, measure, coalesce(value, low)::BIGINT FROM figures").fetchall()
    found = set(rows)
    return sum((one["url"], one["measure"], one["value"]) in found for one in wanted) / len(wanted)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=100_000 if FULL else 10_000)
    parser.add_argument("--shards", type=int, default=40 if FULL else 10)
    parser.add_argument("--mode", choices=("normal", "fast"), default="fast" if FULL else "normal")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=given.folder) as temporary:
        folder = Path(temporary)
        archive = (given.folder or folder) / f"archive-{given.articles}-{given.shards}"
        write_archive(archive, given.articles, given.shards)
        report(measure(given, archive, folder))


def measure(given: argparse.Namespace, archive: Path, folder: Path) -> list[Ratio]:
    """The lines of the table."""
    runs: dict[int, list[Spent]] = {count: [] for count in given.processes}
    loops: dict[int, list[float]] = {count: [] for count in given.processes}
    for run in range(RUNS):
        for count in given.processes:
            runs[count].append(extraction(archive, folder / str(run), given.mode, count))
            loops[count].append(loops_at_once(count))
    reading = {count: min(spent, key=lambda one: one.wall) for count, spent in runs.items()}
    rows: list[Ratio] = []
    for count, spent in reading.items():
        rate = f"{given.articles / spent.processor:.1f} articles a core-second, {spent.wall:.0f} s"
        what = f"backfill, {given.articles:,} articles, {count} process{'es' * (count > 1)}, {given.mode}"
        rows += [Ratio(what, rate), *memory_rows(count, runs[count])]
    if {1, 2} <= reading.keys():
        rows += two_beside_one(reading[1], reading[2])
        bare = (min(loops[2]), min(loops[1]))
        walls = (f"2 in {bare[0]:.1f} s", f"1 in {bare[1]:.1f} s", 2 * bare[1] / bare[0])
        rows.append(Ratio("  what this machine makes of two bare loops", *walls))
    return rows + loading(given, archive, folder / "0", max(reading))


def memory_rows(count: int, runs: list[Spent]) -> list[Ratio]:
    """The most that any of the runs took, and the run whose memory grew most."""
    most = max(size for spent in runs for _, size in spent.memory)
    early, late = max(map(_thirds, runs), key=lambda sizes: sizes[1] / sizes[0])
    return [
        Ratio(f"  memory of all processes, {count}", f"{most:.0f} MB", f"{MEMORY_MB} MB", most / MEMORY_MB, most=1),
        Ratio("  memory, last third beside the first", f"{late:.0f} MB", f"{early:.0f} MB", late / early, most=1.15),
    ]


def two_beside_one(one: Spent, two: Spent) -> list[Ratio]:
    """How much sooner two processes are done, and how much more work they have with it."""
    walls = (f"{two.wall:.0f} s", f"{one.wall:.0f} s", one.wall / two.wall)
    shares = (f"{two.processor:.0f} core-s", f"{one.processor:.0f} core-s", two.processor / one.processor)
    return [
        Ratio("backfill, two processes beside one, wall", *walls, least=1.7),
        Ratio("backfill, two processes beside one, work", *shares, most=2 / 1.7),
    ]


def _thirds(spent: Spent) -> tuple[float, float]:
    """The median memory of the first and of the last third of the time, after the start."""
    sizes = [size for _, size in spent.memory]
    third = max(1, len(sizes) // 3)
    early, late = sorted(sizes[1 : third + 1] or sizes), sorted(sizes[-third - 1 : -1] or sizes)
    return early[len(early) // 2], late[len(late) // 2]


def loading(given: argparse.Namespace, archive: Path, folder: Path, processes: int) -> list[Ratio]:
    """The load of the finished shards with relations and checks, and whether what was printed is there."""
    settings = settings_for(folder, given.mode, processes)
    with watched() as spent:
        summary = run_backfill(backfill_of([str(archive)], None, settings), settings)
    assert summary.stored == given.articles, summary
    most = max(size for _, size in spent.memory)
    found = share_found(settings.warehouse, archive.with_name(f"{archive.name}-labels.jsonl"))
    rate = f"{given.articles / spent.processor:.0f} articles a core-second, {spent.wall:.0f} s"
    return [
        Ratio("load, relations, checks, publish", rate),
        Ratio("  memory of all processes", f"{most:.0f} MB", f"{MEMORY_MB} MB", most / MEMORY_MB, most=1),
        Ratio("  printed figures that were found", f"{found:.1%}", "100 %", found, least=0.95),
    ]


if __name__ == "__main__":
    main()
