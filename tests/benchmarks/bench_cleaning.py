"""Cleaning against trafilatura with its defaults, on the same labelled pages, in one process.

usage: python tests/benchmarks/bench_cleaning.py [PAGES.jsonl[.gz]] [--news-please PYTHON]

One page a line: `html`, `body` (its article, as a person marked it), optional `url`. Without a file, the pages of
../shared/corpus/html where that is, else invented ones, which are too clean to tell much. Printed for each: precision,
recall and F1 over runs of four words, pages a second (median of five interleaved runs) and the ratio to the
default; then what a line filter that never errs would make of each one's output.
news-please is run beside where a Python is named that has it (or NEWS_PLEASE is set to one): it brings a crawler and
160 MB along, which this environment need not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import trafilatura
from labelled_pages import CORPUS, invented_pages, read_pages
from ratios import Ratio
from ratios import report as tabulate

from extract.clean import clean_page
from extract.models import Article, Page

RUNS = 5
SHINGLE = 4
INVENTED = 100
LEAST_RATIO = 1.2
FETCHED_AT = datetime(2030, 1, 1, tzinfo=UTC)
Extract = Callable[[dict[str, str]], str]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = range(max(1, len(words) - SHINGLE + 1))
    return Counter(tuple(words[i : i + SHINGLE]) for i in runs if words[i : i + SHINGLE])


def score(pages: Sequence[dict[str, str]], texts: Sequence[str]) -> tuple[float, float, float]:
    """Precision and recall averaged over the pages, and the F1 of the two."""
    precisions: list[float] = []
    recalls: list[float] = []
    for page, text in zip(pages, texts, strict=True):
        wanted, got = shingles(page["body"]), shingles(text)
        shared = sum((wanted & got).values())
        precisions += [shared / sum(got.values())] if got else []
        recalls += [shared / sum(wanted.values())] if wanted else []
    precision, recall = statistics.fmean(precisions), statistics.fmean(recalls)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def filter_perfectly(page: dict[str, str], text: str) -> str:
    """The lines of a text of which most stands in the article: what no line rule could better."""
    wanted, lines = set(shingles(page["body"])), {_folded(line) for line in page["body"].split("\n")}
    return "\n".join(line for line in text.split("\n") if _belongs(line, wanted, lines))


def _folded(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.lower()))


def _belongs(line: str, wanted: set[tuple[str, ...]], lines: set[str]) -> bool:
    runs = shingles(line)
    return _folded(line) in lines or sum(count for run, count in runs.items() if run in wanted) * 2 > sum(runs.values())


def with_trafilatura(page: dict[str, str]) -> str:
    """The library as it comes."""
    return trafilatura.extract(page["html"]) or ""


def with_trafilatura_tuned(page: dict[str, str]) -> str:
    """The library with the options that do best on news."""
    return trafilatura.extract(page["html"], include_comments=False, fast=True, favor_recall=True) or ""


def with_tallywire(page: dict[str, str]) -> str:
    """Our whole cleaning: blocks, reasons, metadata and language too."""
    url = page.get("url", "https://pages.example/")
    cleaned = clean_page(Page(url, "pages", page["html"].encode(), "text/html", FETCHED_AT, charset="utf-8"))
    return cleaned.text if isinstance(cleaned, Article) else ""


CONTENDERS: dict[str, Extract] = {
    "trafilatura, defaults": with_trafilatura,
    "trafilatura, fast, recall, no comments": with_trafilatura_tuned,
    "tallywire": with_tallywire,
}


def measure(pages: Sequence[dict[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[float]]]:
    """Each contender's texts, and its seconds of processor time for each run."""
    texts: dict[str, list[str]] = {}
    seconds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for extract in CONTENDERS.values():  # caches and models are loaded before the clock runs
        extract(pages[0])
    for _ in range(RUNS):
        for name, extract in CONTENDERS.items():
            start = time.process_time()
            texts[name] = [extract(page) for page in pages]
            seconds[name].append(time.process_time() - start)
    return texts, seconds


def measure_news_please(pages: Sequence[dict[str, str]], python: str) -> tuple[str, list[str], list[float]]:
    """Its name with its version, its texts, and its seconds of processor time for each run."""
    lines = "".join(json.dumps(page) + "\n" for page in pages)
    command = [python, str(Path(__file__).with_name("peer_news_please.py")), str(RUNS)]
    ran = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout.splitlines()[-1])
    return f"news-please {told['version']}", told["texts"], told["seconds"]


def report(pages: Sequence[dict[str, str]], source: str, news_please: str | None = None) -> list[str]:
    """The lines of the result; those with a promise go into the table of all benchmarks too."""
    texts, seconds = measure(pages)
    if news_please is not None:
        name, texts_there, seconds_there = measure_news_please(pages, news_please)
        texts, seconds = {name: texts_there} | texts, {name: seconds_there} | seconds
    default = seconds["trafilatura, defaults"]
    lines = [f"{len(pages)} pages of {source}, median of {RUNS} interleaved runs"]
    rates: dict[str, str] = {}
    for name, found in texts.items():
        precision, recall, f1 = score(pages, found)
        *_, ceiling = score(pages, [filter_perfectly(page, text) for page, text in zip(pages, found, strict=True)])
        ratio = statistics.median(base / own for base, own in zip(default, seconds[name], strict=True))
        speed = len(pages) / statistics.median(seconds[name])
        rates[name] = f"{speed:.1f} pages a core-second, F1 {f1:.3f}"
        lines.append(
            f"{name:40s} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {speed:6.1f} pages/s  {ratio:.2f} x"
            f"  behind a perfect line filter F1 {ceiling:.3f}"
        )
    what, own = f"cleaning {len(pages)} pages of {source}", statistics.median(seconds["tallywire"])
    rows = [
        Ratio(
            f"{what}, trafilatura's defaults beside",
            rates["tallywire"],
            rates["trafilatura, defaults"],
            ratio,
            least=LEAST_RATIO,
        )
    ]
    rows += [
        Ratio(f"{what}, {name} beside", rates["tallywire"], rates[name], statistics.median(seconds[name]) / own)
        for name in texts
        if name.startswith("news-please")
    ]
    tabulate(rows)
    return lines


def main() -> None:
    """Measure on the pages that were named, or that are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="?", type=Path, default=CORPUS if CORPUS.exists() else None)
    parser.add_argument("--news-please", metavar="PYTHON", default=os.environ.get("NEWS_PLEASE"))
    given = parser.parse_args()
    if given.pages is not None:
        lines = report(read_pages(given.pages), given.pages.name, given.news_please)
    else:
        lines = report(invented_pages(INVENTED), "invented news", given.news_please)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
