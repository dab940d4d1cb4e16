"""Builds the site from the published warehouse, beside the old one, and swaps it in whole."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from checks.report.articles import write_articles
from checks.report.pages import Press, open_press
from checks.report.reading import Row, rows
from checks.report.stories import Sides, write_stories
from checks.report.voices import write_voices

SHOWN_TODAY = 40  # contradictions on the first page
SHOWN_A_PAGE = 100  # keeps a page under 500 kB
DONE = "index.html"  # a folder without it is no report of ours and is never replaced


@dataclass(frozen=True, slots=True)
class Report:
    """Where the site is and how many pages it has, by kind."""

    index: Path
    stories: int
    articles: int
    voices: int
    contradictions: int


def build_report(connection: duckdb.DuckDBPyConnection, folder: Path, made_at: datetime) -> Report:
    """Write the site into `folder`, replacing the last one whole; readers see the old or the new.

    connection: to a published warehouse, read-only will do. Raises FileExistsError where `folder` holds something else.
    """
    with _beside(folder) as fresh:
        press = open_press(fresh, made_at)
        contradictions, sides = rows(connection, "contradictions"), _sides(connection)
        _write_today(press, connection, contradictions, sides)
        _write_contradictions(press, contradictions, sides)
        stories = write_stories(press, connection, contradictions, sides)
        articles = write_articles(press, connection)
        voices = write_voices(press, connection)
        _write_about(press, connection)
    return Report(folder / DONE, stories, articles, voices, len(contradictions))


def _write_today(
    press: Press, connection: duckdb.DuckDBPyConnection, contradictions: Sequence[Row], sides: Sides
) -> None:
    press.write(
        "index.html.j2",
        DONE,
        totals=rows(connection, "totals")[0],
        moves=rows(connection, "moves"),
        silent=rows(connection, "silent_sources"),
        contradictions=contradictions,
        shown=SHOWN_TODAY,
        sides=sides,
    )


def _write_contradictions(press: Press, contradictions: Sequence[Row], sides: Sides) -> None:
    pages = max(1, -(-len(contradictions) // SHOWN_A_PAGE))
    for page in range(1, pages + 1):
        file = "contradictions.html" if page == 1 else f"contradictions-{page}.html"
        shown = contradictions[(page - 1) * SHOWN_A_PAGE : page * SHOWN_A_PAGE]
        press.write("contradictions.html.j2", file, contradictions=shown, sides=sides, page=page, pages=pages)


def _write_about(press: Press, connection: duckdb.DuckDBPyConnection) -> None:
    press.write(
        "about.html.j2",
        "about.html",
        totals=rows(connection, "totals")[0],
        checks=rows(connection, "check_results"),
        skipped=rows(connection, "skipped"),
        dropped=rows(connection, "dropped"),
        dictionary=rows(connection, "dictionary"),
    )


def _sides(connection: duckdb.DuckDBPyConnection) -> Sides:
    """Relation id → side → its sentences, each once, with the quotes of all figures that stand in it."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {"a": [], "b": []})
    for row in rows(connection, "contradiction_figures"):
        side = found[row["relation_id"]][row["side"]]
        same = [
            other for other in side if (other["article_id"], other["sentence"]) == (row["article_id"], row["sentence"])
        ]
        if same:
            same[0]["quotes"].append(row["quote"])
        else:
            side.append({**row, "quotes": [row["quote"]]})
    return found


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of `folder` when the block ends well, and goes when it doesn't."""
    if folder.exists() and any(folder.iterdir()) and not (folder / DONE).exists():
        raise FileExistsError(f"{folder} holds something that is no report; name another folder or empty it")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        if folder.exists():
            old = fresh.with_name(f"{fresh.name}-old")
            folder.rename(old)
            fresh.rename(folder)
            shutil.rmtree(old)
        else:
            fresh.rename(folder)
    finally:
        if fresh.exists():
            shutil.rmtree(fresh)
