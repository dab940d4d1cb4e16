"""From files to the published warehouse, beside trafilatura's command line; then again with nothing new.

usage: python tests/benchmarks/bench_pipeline.py [PAGES]

The pages are those of ../shared/corpus/html where that is, in as many editions as are needed, each with other names.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from labelled_pages import many_pages
from ratios import Ratio, machine, report

BIN = Path(sys.executable).parent
PAGES = 2_400  # of 1,000, a sixth of the time is the start: models, checks, the gazetteer
RUNS = 2  # of each, in turns; the least time of each counts


def seconds_of(*command: str | Path) -> float:
    """Wall time of a command that must succeed."""
    begun = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print both ratios."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    kind, pages = many_pages(number)
    alone, first, again = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "pages").mkdir()
        for place, html in enumerate(pages):
            (work / "pages" / f"{place:06}.html").write_text(html, encoding="utf-8")
        for run in range(RUNS):
            ingest = (BIN / "tallywire", "ingest", work / "pages", "--warehouse", work / f"{run}.duckdb", "--quiet")
            extract = (BIN / "trafilatura", "--input-dir", work / "pages", "--output-dir", work / f"texts{run}")
            alone.append(seconds_of(*extract))
            first.append(seconds_of(*ingest))
            again.append(seconds_of(*ingest))
    print(machine())
    rates = [f"{number / min(seconds):.1f} pages/s" for seconds in (first, alone)]
    beside = f"{rates[1]} of trafilatura's command line"
    whole = Ratio(f"{number:,} {kind} to published warehouse", rates[0], beside, min(alone) / min(first), least=0.5)
    share = min(again) / min(first)
    report([whole, Ratio("the same again", f"{min(again):.1f} s", f"{min(first):.1f} s", share, most=0.05)])


if __name__ == "__main__":
    main()
