"""What stands in the published warehouse, in lines for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from flows.wording import one_line
from warehouse.reader import ask, open_reader

SENTENCE_WIDTH = 240
SEVERITY_STYLE = {"high": "bold red", "medium": "yellow", "low": "cyan"}

Styled = tuple[str, str | None]


def query(name: str) -> str:
    """The SQL of flows/queries/<name>.sql."""
    return (files("flows") / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def new_contradictions(warehouse: Path, since: datetime) -> list[dict[str, str]]:
    """Contradictions flagged for the first time since a moment, as texts by name, gravest first; not yet disarmed."""
    with closing(open_reader(warehouse)) as connection:
        answer = connection.execute(query("new_contradictions"), {"since": since})
        names = [column[0] for column in answer.description or []]
        return [dict(zip(names, map(str, row), strict=True)) for row in answer.fetchall()]


def contradiction_lines(warehouse: Path, most: int | None = None) -> Iterator[Styled]:
    """Every contradiction that stands: kind and reason, then outlet and sentence of each side; with a style each.

    most: so many, gravest first; None = all
    """
    with closing(open_reader(warehouse)) as connection:
        rows = ask(connection, query("contradictions_to_show")).rows
    shown = [list(group) for _, group in groupby(rows, key=lambda row: row[0])]
    for group in shown[:most]:
        _, kind, severity, story, explanation, *_ = map(str, group[0])
        yield (
            f"{severity:6}  {kind.replace('_', ' ')}: {one_line(explanation, SENTENCE_WIDTH)}",
            SEVERITY_STYLE.get(severity),
        )
        for outlet, sentence in _sentences(group):
            yield f"        {outlet}: “{sentence}”", None
        if story:
            yield f"        story: {one_line(story)}", "dim"
    if most is not None and len(shown) > most:
        yield f'… and {len(shown) - most} more: tallywire sql "FROM contradictions"', "dim"


def _sentences(group: list[tuple[object, ...]]) -> Iterator[tuple[str, str]]:
    """Outlet and sentence, each pair once."""
    pairs = ((one_line(str(row[5])) or one_line(str(row[8])), one_line(str(row[7]), SENTENCE_WIDTH)) for row in group)
    yield from dict.fromkeys(pairs)
