"""How long relations take: up to ten million invented figures, one crowded story, and a run without news.

usage: python tests/benchmarks/bench_relations.py [FIGURES ...] [--crowded N] [--folder FOLDER]
The figures are the same in every run: they come from a seed.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import duckdb

sys.path.insert(0, str(Path(__file__).parents[2]))

from checks.relate import RelationCounts, relate
from warehouse.schema import migrate

SEED = 7
NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
INVENT = (Path(__file__).parent / "bench_relations.sql").read_text(encoding="utf-8")
CROWD = """UPDATE core.articles SET story_id = 'story 0';
UPDATE core.figures SET measure = 'killed', value = 1 + hash(figure_id) % {0},
    as_of = DATE '2031-01-01', as_of_from = DATE '2031-01-01', as_of_to = DATE '2031-01-01';
UPDATE core.figures SET low = value, high = value, likely_low = value, likely_high = value;"""


def invented(path: Path, figures: int) -> duckdb.DuckDBPyConnection:
    """A warehouse with so many figures."""
    connection = duckdb.connect(str(path))
    connection.execute("SET TimeZone = 'UTC'; SET memory_limit = '1GB'; SET preserve_insertion_order = false")
    migrate(connection, path, NOW)
    connection.execute("INSERT INTO core.place_tree VALUES ('Norland', 'Norland', 0)")
    connection.execute("INSERT INTO core.population_tree VALUES ('people', 'people', 0)")
    measures = [("killed", "cumulative"), ("injured", "cumulative"), ("missing", "stock"), ("detained", "cumulative")]
    connection.executemany("INSERT INTO core.measures VALUES (?, ?, true, '')", measures)
    for part in connection.extract_statements(INVENT):
        given = {"figures": figures, "seed": SEED, "now": NOW}
        connection.execute(part, {name: given[name] for name in part.named_parameters} or None)
    return connection


def timed(connection: duckdb.DuckDBPyConnection) -> tuple[float, RelationCounts]:
    """Seconds of one pass, and what it came to."""
    start = perf_counter()
    counts = relate(connection, NOW)
    return perf_counter() - start, counts


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", type=int, default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--crowded", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    before: float | None = None
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        for figures in given.figures:
            connection = invented(Path(folder) / f"{figures}.duckdb", figures)
            first, counts = timed(connection)
            again, _ = timed(connection)
            grown = f", {first / before:.1f} times the size before" if before else ""
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            line = f"{figures:>10,} figures: {first:.1f} s{grown}; again {again:.2f} s, {again / first:.1%}"
            print(f"{line}; {memory:.0f} MB; {counts.current}")
            connection.close()
            (Path(folder) / f"{figures}.duckdb").unlink()
            before = first
        for different in (50, given.crowded):
            connection = invented(Path(folder) / f"crowd{different}.duckdb", given.crowded)
            connection.execute(CROWD.format(different))
            seconds, counts = timed(connection)
            line = f"one story of {given.crowded:,} figures of one kind, {different:,} numbers: {seconds:.2f} s"
            print(f"{line}; {counts.current}")
            connection.close()


if __name__ == "__main__":
    main()
