"""What a run leaves on its page in Prefect's UI: a summary, the contradictions with their evidence, a chart, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.bars import draw_sides
from flows.forms import Shown
from flows.showing import Wanted, find_checks, find_contradictions
from flows.summary import RunSummary
from flows.wording import disarm, escape_markdown, one_line

MOST_ROWS = 100
WIDTH = 300  # characters of one cell
_LINKS_ITSELF = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\S)(?=@)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def leave_artifacts(summary: RunSummary, shown: Shown | None = None) -> None:
    """Fill the run's page.

    shown: list what stands, so far as it is wanted; None = list what this run flagged for the first time
    """
    _leave_summary(summary)
    if shown is not None:
        _leave_contradictions(summary, _wanted(shown), "that stand", shown.most)
    elif summary.contradictions_new:
        _leave_contradictions(summary, Wanted(since=summary.started_at), "flagged for the first time", MOST_ROWS)
    if checks := find_checks(summary.warehouse, summary.run_id) if summary.published else []:
        rows = [{name: one_line(str(value), WIDTH) for name, value in check.items()} for check in checks]
        create_table_artifact(rows, key=f"{summary.flow}-checks", description="What the checks of the tables found")


def _wanted(shown: Shown) -> Wanted:
    return Wanted(severity=shown.severity, story=shown.story, first_day=shown.first_day, last_day=shown.last_day)


def _leave_summary(summary: RunSummary) -> None:
    lines = [f"- {plain(line)}" for line in summary.lines()]
    heading = f"# {summary.flow} {summary.started_at:%Y-%m-%d %H:%M} UTC"
    create_markdown_artifact(
        "\n".join([heading, "", *lines]), key=f"{summary.flow}-summary", description="What the run came to"
    )
    if summary.skipped:
        rows = [{"reason": reason, "pages": count} for reason, count in sorted(summary.skipped.items())]
        create_table_artifact(rows, key=f"{summary.flow}-skipped", description="Why pages were skipped")


def _leave_contradictions(summary: RunSummary, wanted: Wanted, what: str, most: int) -> None:
    found = find_contradictions(summary.warehouse, wanted)
    words = "\n".join(_page(found, what, most))
    create_markdown_artifact(
        words,
        key=f"{summary.flow}-contradictions",
        description=f"Contradictions {what}",
    )
    if found:
        create_markdown_artifact(
            draw_sides(found), key=f"{summary.flow}-chart", description="The numbers that don't meet, side by side"
        )


def _page(found: Sequence[dict[str, Any]], what: str, most: int) -> Iterator[str]:
    """Lines of Markdown: a table of the contradictions, then the two sentences of each."""
    count = len(found)
    yield f"# {count:,} {'contradiction' if count == 1 else 'contradictions'} {what}"
    if not found:
        return
    yield from ["", "| severity | kind | why | one side | other side |", "|---|---|---|---|---|"]
    for row in found[:most]:
        cells = [plain(row["severity"]), plain(row["kind"].replace("_", " ")), plain(row["explanation"])]
        yield f"| {' | '.join([*cells, _side(row, 'a'), _side(row, 'b')])} |"
    if count > most:
        yield f'\n… and {count - most:,} more: `tallywire sql "FROM contradictions"`'
    yield "\n## In their words"
    for row in found[:most]:
        yield f"\n**{plain(row['explanation'])}**\n"
        for side in "ab":
            sentence = plain(row[f"{side}_sentence"] or row[f"{side}_quote"])
            yield f"- {_outlet(row, side)}: “{sentence}” {_link(row, side)}"


def _side(row: dict[str, Any], side: str) -> str:
    words = f"“{plain(row[f'{side}_quote'])}”"
    address = _address(row, side)
    return f"{_outlet(row, side)}: {f'[{words}]({address})' if address else words}"


def _link(row: dict[str, Any], side: str) -> str:
    address = _address(row, side)
    return f"[page]({address})" if address else f"({plain(row[f'{side}_url'])})"


def _outlet(row: dict[str, Any], side: str) -> str:
    return plain(row[f"{side}_outlet"] or "unnamed outlet")


def _address(row: dict[str, Any], side: str) -> str:
    """The page to open, fit to stand in Markdown; empty where it is none of the web."""
    url = str(row[f"{side}_url"] or "")
    return quote(url, safe="/:?&=%#@,;~+") if re.match(r"https?://", url) else ""


def plain(text: object) -> str:
    """Words from outside for one line of Markdown: no mark-up of theirs, and no link that makes itself."""
    return escape_markdown(_LINKS_ITSELF.sub(_WORD_JOINER, one_line(disarm(str(text or "")), WIDTH)))
