"""What stands in the published warehouse, in lines for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from flows.settings import Severity
from flows.wording import one_line
from warehouse.reader import ask, open_reader

SENTENCE_WIDTH = 240
EVER = datetime(1, 1, 1, tzinfo=UTC)
SEVERITY_STYLE = {"high": "bold red", "medium": "yellow", "low": "cyan"}

Styled = tuple[str, str | None]


def query(name: str) -> str:
    """The SQL of flows/queries/<name>.sql."""
    return (files("flows") / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the contradictions that stand.

    since: flagged for the first time then or later; severity: this one and the graver ones
    story: words of the story's name; first_day, last_day: bounds of the day that the numbers speak of
    """

    since: datetime = EVER
    severity: Severity = "low"
    story: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def parameters(self) -> dict[str, object]:
        """What the query takes."""
        severities = list(SEVERITY_STYLE)
        graver = severities[: severities.index(self.severity) + 1]
        days = {"first_day": self.first_day, "last_day": self.last_day}
        return {"since": self.since, "severities": graver, "story": self.story.strip(), **days}


def find_contradictions(warehouse: Path, wanted: Wanted) -> list[dict[str, Any]]:
    """Contradictions that stand, columns by name, gravest first; their texts are as printed, not yet disarmed."""
    return _rows(warehouse, "contradictions_on_page", wanted.parameters())


def flagged_since(warehouse: Path, since: datetime) -> dict[str, datetime]:
    """Ids of the contradictions that stand and were flagged first since then, with that moment."""
    rows = _rows(warehouse, "flagged_since", {"since": since})
    return {row["relation_id"]: row["first_seen_at"] for row in rows}


def find_checks(warehouse: Path, run_id: str) -> list[dict[str, Any]]:
    """What each check of a run found, columns by name, those that did not pass first."""
    return _rows(warehouse, "checks_of_run", {"run_id": run_id})


def _rows(warehouse: Path, name: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
    with closing(open_reader(warehouse)) as connection:
        answer = connection.execute(query(name), parameters)
        names = [column[0] for column in answer.description or []]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


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
