"""From files to the published warehouse, beside trafilatura's command line; then again with nothing new.

usage: python tests/benchmarks/bench_pipeline.py [PAGES]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented_archive import invent_page
from ratios import Ratio, machine, report

BIN = Path(sys.executable).parent
PAGES = 1_000
RUNS = 3  # of the second run and of trafilatura; the least time of each counts


def seconds_of(*command: str | Path) -> float:
    """Wall time of a command that must succeed."""
    begun = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print both ratios."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "pages").mkdir()
        for number in range(pages):
            (work / "pages" / f"{number:06}.html").write_text(invent_page(number).html(), encoding="utf-8")
        ingest = (BIN / "tallywire", "ingest", work / "pages", "--warehouse", work / "w.duckdb", "--quiet")
        extract = (BIN / "trafilatura", "--input-dir", work / "pages", "--output-dir")
        first = seconds_of(*ingest)
        again = min(seconds_of(*ingest) for _ in range(RUNS))
        alone = min(seconds_of(*extract, work / f"texts{run}") for run in range(RUNS))
    print(machine())
    beside = f"{pages / alone:.1f} pages/s of trafilatura's command line"
    whole = Ratio("files to published warehouse", f"{pages / first:.1f} pages/s", beside, alone / first, least=0.5)
    report([whole, Ratio("the same again", f"{again:.1f} s", f"{first:.1f} s", again / first, most=0.05)])


if __name__ == "__main__":
    main()
