"""How long relations and the time line take: up to ten million invented figures, one crowded story, a run without news.

usage: python tests/benchmarks/bench_relations.py [FIGURES ...] [--crowded N] [--folder FOLDER] [--memory LIMIT]
Ten million by default where BENCH_FULL is set, else one; ten want half an hour and 6 GB.
The figures are the same in every run: they come from a seed. Seconds are those of the processor, in all threads; what
passed on the clock stands in brackets.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

import duckdb
from ratios import Ratio, machine, report

sys.path.insert(0, str(Path(__file__).parents[2]))

from checks.relate import RelationCounts, relate
from extract.figures.gazetteer import gazetteer
from warehouse.schema import migrate

SEED = 7
A_STEP = 12  # times the seconds for ten times the figures
CROWD_SECONDS = 2
CROWDS = 3  # runs
NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
INVENT = (Path(__file__).parent / "bench_relations.sql").read_text(encoding="utf-8")
CROWD = """UPDATE core.articles SET story_id = 'story 0';
UPDATE core.figures SET measure = 'killed', value = 1 + hash(figure_id) % {0},
    as_of = DATE '2031-01-01', as_of_from = DATE '2031-01-01', as_of_to = DATE '2031-01-01';
UPDATE core.figures SET low = value, high = value, likely_low = value, likely_high = value;"""


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of relations over a warehouse: seconds of the processor and on the clock, and what it came to."""

    seconds: float
    on_the_clock: float
    counts: RelationCounts

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.on_the_clock:.2f})"


def invented(path: Path, figures: int, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """A warehouse with so many figures, all of them inside a transaction as the rows of a run are."""
    connection = duckdb.connect(str(path))
    connection.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
    connection.execute(f"SET memory_limit = '{memory}'")
    migrate(connection, path, NOW)
    connection.begin()
    connection.execute("INSERT INTO core.place_tree VALUES ('Norland', 'Norland', 0)")
    connection.execute("INSERT INTO core.population_tree VALUES ('people', 'people', 0)")
    measures = [("killed", "cumulative"), ("injured", "cumulative"), ("missing", "stock"), ("detained", "cumulative")]
    connection.executemany("INSERT INTO core.measures VALUES (?, ?, true, '')", measures)
    for part in connection.extract_statements(INVENT):
        given = {"figures": figures, "seed": SEED, "now": NOW}
        connection.execute(part, {name: given[name] for name in part.named_parameters} or None)
    return connection


def timed(connection: duckdb.DuckDBPyConnection) -> Pass:
    """One pass until it is committed: many rows go to disk as they come, few only then."""
    clock, start = perf_counter(), process_time()
    counts = relate(connection, NOW)
    connection.commit()
    return Pass(process_time() - start, perf_counter() - clock, counts)


def measure_size(folder: Path, figures: int, memory: str) -> tuple[Pass, Pass]:
    """The first pass over one warehouse and a second without news, printed with what they came to."""
    path = folder / f"{figures}.duckdb"
    connection = invented(path, figures, memory)
    first = timed(connection)
    connection.begin()
    again = timed(connection)
    rows = connection.execute("SELECT count(*) FROM core.timeline").fetchone()
    connection.close()
    path.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = f"{figures:>10,} figures: {first}; again {again}; {peak:.0f} MB at most"
    print(f"{line}; {sum(first.counts.current.values()):,} relations, {rows[0] if rows else 0:,} days", flush=True)
    return first, again


def sizes(folder: Path, figures: Sequence[int], memory: str) -> list[Ratio]:
    """How time grows from one size to the next, and the second pass beside the first."""
    rows: list[Ratio] = []
    before: tuple[int, Pass] | None = None
    for size in figures:
        first, again = measure_size(folder, size, memory)
        if before is not None:
            smaller, took = before
            grown, most = first.seconds / took.seconds, A_STEP * (size / smaller / 10)
            rows.append(Ratio(f"relations, {smaller:,} → {size:,} figures", str(first), str(took), grown, most=most))
        rows.append(
            Ratio(
                f"  {size:,} figures again without news",
                str(again),
                str(first),
                again.seconds / first.seconds,
                most=0.05,
            )
        )
        before = size, first
    return rows


def measure_crowd(folder: Path, figures: int, different: int) -> Ratio:
    """One story whose figures all count the same thing on one day, the quickest of three."""
    crowds = []
    for run in range(CROWDS):
        with invented(folder / f"crowd{different}-{run}.duckdb", figures) as connection:
            connection.execute(CROWD.format(different))
            crowds.append(timed(connection))
    crowd = min(crowds, key=lambda one: one.seconds)
    print(f"one story of {figures:,} figures of one kind, {different:,} numbers: {crowd}; {crowd.counts.current}")
    return Ratio.within(f"one story of {figures:,} figures, {different:,} numbers", crowd.seconds, CROWD_SECONDS, "s")


def main() -> None:
    """Print one line a size, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = [100_000, 1_000_000, *([10_000_000] if "BENCH_FULL" in os.environ else [])]
    parser.add_argument("figures", nargs="*", type=int, default=steps)
    parser.add_argument("--crowded", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--memory", default="8GB" if "BENCH_FULL" in os.environ else "1GB", help="what DuckDB may take")
    given = parser.parse_args()
    start = process_time()
    gazetteer()
    print(machine())
    print(f"names of places: {process_time() - start:.2f} s once a process; whoever reads articles has them already")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        crowds = [measure_crowd(Path(folder), given.crowded, different) for different in (50, given.crowded)]
        report(sizes(Path(folder), given.figures, given.memory) + crowds)


if __name__ == "__main__":
    main()
