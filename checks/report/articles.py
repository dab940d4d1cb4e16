"""Article pages: clean text with its numbers marked, dropped blocks with their reasons, versions compared."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff

import duckdb

from checks.report import marks, wording
from checks.report.pages import Press
from checks.report.reading import Follower, Row, grouped, stream

MOST_BLOCKS = 400  # dropped blocks shown; the view `blocks` has all
DIFF_HEADER_LINES = 2


def write_articles(press: Press, connection: duckdb.DuckDBPyConnection) -> int:
    """One page a version; the number of pages."""
    figures = Follower(stream(connection, "article_figures"), "article_id")
    blocks = Follower(stream(connection, "article_blocks"), "article_id")
    versions = grouped(connection, "article_versions", "page_id")
    written = 0
    for article in stream(connection, "articles"):
        key = article["article_id"]
        dropped = blocks.rows_of(key)[:MOST_BLOCKS]
        _write_article(press, article, figures.rows_of(key), dropped, versions.get(article["page_id"], []))
        written += 1
    return written


def _write_article(press: Press, article: Row, figures: list[Row], dropped: list[Row], versions: list[Row]) -> None:
    for figure in figures:
        figure["hint"] = wording.hint(figure)
    before = _version_before(article, versions)
    press.write(
        "article.html.j2",
        f"articles/{article['article_id']}.html",
        article=article,
        title=_marked(article["title"], figures, "title"),
        text=_marked(article["text"], figures, "text"),
        captions=_marked(article["captions"], figures, "caption"),
        figures=figures,
        dropped=dropped,
        versions=versions,
        changes=_changes(before, article) if before else [],
        changes_from=before["version"] if before else None,
    )


def _marked(text: str | None, figures: Sequence[Row], field: str) -> list[str]:
    return list(marks.mark_figures(text or "", [figure for figure in figures if figure["field"] == field]))


def _version_before(article: Row, versions: Sequence[Row]) -> Row | None:
    older = [version for version in versions if version["version"] < article["version"]]
    return older[-1] if older else None


def _changes(before: Row, after: Row) -> list[tuple[str, str]]:
    """Removed and added lines, as ("-" or "+", line)."""
    old, new = ([row["title"] or "", *row["text"].split("\n")] for row in (before, after))
    lines = list(unified_diff(old, new, lineterm="", n=0))[DIFF_HEADER_LINES:]
    return [(line[0], line[1:]) for line in lines if line[0] in "+-"]
