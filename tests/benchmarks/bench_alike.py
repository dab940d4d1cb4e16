"""One archive read by every runner, in either order of shards, by one process and by two, calmly and killed five times.

usage: python tests/benchmarks/bench_alike.py [ARTICLES] [--shards N] [--folder FOLDER]

Prints how long each took and in how many lines its tables differ from those of one undisturbed process: none may.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from invented_archive import write_archive
from ratios import Ratio, machine, report

sys.path.insert(0, str(Path(__file__).parents[1]))

from warehouse_tables import table_differences

KILLS = 5
CHANCE = random.Random(20310504)


def start(folder: Path, shards: Sequence[Path], processes: int, *options: str) -> subprocess.Popen[bytes]:
    """A backfill in a group of processes of its own, so that a kill of the group takes all of it."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "flows", "backfill", *map(str, shards), "--quiet", *options]
    return subprocess.Popen(
        [*command, "--warehouse", str(folder / "w.duckdb")],
        stdout=subprocess.DEVNULL,
        env=os.environ | {"TALLYWIRE_MODE": "fast", "TALLYWIRE_WORKERS": str(processes)},
        start_new_session=True,
    )


def to_its_end(folder: Path, shards: Sequence[Path], processes: int, *options: str) -> float:
    """Seconds by the clock that a backfill takes."""
    began = time.monotonic()
    if status := start(folder, shards, processes, *options).wait():
        sys.exit(f"the backfill into {folder.name} ended with status {status}")
    print(f"{folder.name}: {time.monotonic() - began:.0f} s", flush=True)
    return time.monotonic() - began


def killed_and_resumed(folder: Path, shards: Sequence[Path], seconds: float) -> float:
    """As `to_its_end` after five kills, each at a moment of its own within the seconds that a calm run took."""
    began = time.monotonic()
    for kill in range(KILLS):
        process = start(folder, shards, 2)
        try:
            process.wait(CHANCE.uniform(0, seconds / (kill + 1)))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            done = len(list((folder / "w.shards").glob("shards/*")))
            print(f"killed: {done} of {len(shards)} shards were finished", flush=True)
        else:
            print("it had ended before it was to be killed", flush=True)
    to_its_end(folder, shards, 2)
    return time.monotonic() - began


def measure(folder: Path, shards: list[Path]) -> list[Ratio]:
    """A line for each way of reading."""
    calm = folder / "one process"
    alone = to_its_end(calm, shards, 1)
    pair = to_its_end(folder / "two processes", shards, 2)
    took = {
        "two processes": pair,
        "the other order": to_its_end(folder / "the other order", shards[::-1], 2),
        "Prefect": to_its_end(folder / "Prefect", shards, 2, "--prefect"),
        "Dask": to_its_end(folder / "Dask", shards, 2, "--dask", "local"),
        "killed five times": killed_and_resumed(folder / "killed five times", shards, pair),
    }
    rows = []
    for way, seconds in took.items():
        differences = table_differences(calm / "w.duckdb", folder / way / "w.duckdb")
        print(*differences[:20], sep="\n", end="\n" * bool(differences), flush=True)
        rows.append(Ratio(f"the archive by {way}", f"{seconds:.0f} s", f"{alone:.0f} s by one", seconds / alone))
        rows.append(Ratio.within("  lines by which the tables differ", len(differences), 0, "lines"))
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=10_000)
    parser.add_argument("--shards", type=int, default=10)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=given.folder) as temporary:
        archive = (given.folder or Path(temporary)) / f"archive-{given.articles}-{given.shards}"
        report(measure(Path(temporary), write_archive(archive, given.articles, given.shards)))


if __name__ == "__main__":
    main()
