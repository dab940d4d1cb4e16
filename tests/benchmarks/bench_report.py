"""Time to build the site for 2,000 articles and 20,000 figures, and the size of its largest page.

usage: python tests/benchmarks/bench_report.py [ARTICLES]
Seconds are those of the processor, in all threads.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from ratios import Ratio
from ratios import report as tabulate

from checks.report.site import build_report
from warehouse.schema import migrate

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
FIGURES_AN_ARTICLE = 10
ARTICLES_A_STORY = 40

FILL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    migrate(connection, Path("in memory"), NOW)
    sizes = {"articles": articles, "figures_an_article": FIGURES_AN_ARTICLE, "articles_a_story": ARTICLES_A_STORY}
    for statement in duckdb.extract_statements(FILL):
        used = {name: value for name, value in sizes.items() if name in statement.named_parameters}
        connection.execute(statement, used)
    with tempfile.TemporaryDirectory() as folder:
        clock, started = time.perf_counter(), time.process_time()
        report = build_report(connection, Path(folder) / "report", NOW)
        seconds, passed = time.process_time() - started, time.perf_counter() - clock
        pages = sorted((path.stat().st_size, path.name) for path in Path(folder).rglob("*.html"))
    largest, name = pages[-1]
    figures = articles * FIGURES_AN_ARTICLE
    made = f"{report.articles:,} articles, {figures:,} figures, {report.stories:,} stories, {len(pages):,} pages"
    print(f"report: {made}, {passed:.1f} s on the clock")
    tabulate(
        [
            Ratio.within(f"report of {report.articles:,} articles, {figures:,} figures", seconds, 30, "s"),
            Ratio.within(f"  its largest page, {name}", largest / 1000, 500, "kB"),
        ]
    )


if __name__ == "__main__":
    main()
