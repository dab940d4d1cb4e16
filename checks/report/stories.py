"""Story pages: what contradicts what, and a time line for each kind of number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import duckdb

from checks.report import charts, wording
from checks.report.pages import Press
from checks.report.reading import Follower, Row, rows, stream

KIND_OF_NUMBER = ("measure", "population", "place", "unit")
MOST_LINES = 30  # kinds of number listed a story
MOST_CHARTS = 5  # of them drawn, the most claimed ones
MOST_CLAIMS = 360  # claims listed a story, shared among its kinds of number
MOST_CONTRADICTIONS = 40  # shown on the story's page; the contradictions' pages have all
MOST_UPDATES = 100
MOST_STORIES = 500  # listed, and given a page, beyond those with contradictions

Sides = Mapping[str, Mapping[str, Sequence[Row]]]


def write_stories(
    press: Press, connection: duckdb.DuckDBPyConnection, contradictions: Sequence[Row], sides: Sides
) -> int:
    """The list of stories and a page each; the number of stories with a page."""
    stories = rows(connection, "stories")
    press.write("stories.html.j2", "stories.html", stories=stories[:MOST_STORIES], hidden=len(stories[MOST_STORIES:]))
    by_story: dict[str, list[Row]] = defaultdict(list)
    for relation in contradictions:
        by_story[relation["story_id"]].append(relation)
    followers = {
        name: Follower(stream(connection, query), "story_id")
        for name, query in (
            ("days", "story_timeline"),
            ("claims", "story_claims"),
            ("updates", "updates"),
            ("articles", "story_articles"),
        )
    }
    for story in sorted(stories, key=lambda row: row["story_id"]):
        parts = {name: follower.rows_of(story["story_id"]) for name, follower in followers.items()}
        _write_story(press, story, by_story[story["story_id"]], sides, parts)
    return len(stories)


def _write_story(
    press: Press, story: Row, contradictions: Sequence[Row], sides: Sides, parts: Mapping[str, list[Row]]
) -> None:
    press.write(
        "story.html.j2",
        f"stories/{story['story_id']}.html",
        story=story,
        contradictions=contradictions[:MOST_CONTRADICTIONS],
        sides=sides,
        lines=_lines(parts["days"], parts["claims"], _contradicted(contradictions)),
        updates=parts["updates"][:MOST_UPDATES],
        articles=parts["articles"][:MOST_STORIES],
        hidden_articles=len(parts["articles"][MOST_STORIES:]),
    )


def _contradicted(contradictions: Sequence[Row]) -> AbstractSet[str]:
    return {figure_id for relation in contradictions for figure_id in relation["figure_ids"]}


def _lines(days: Sequence[Row], claims: Sequence[Row], contradicted: AbstractSet[str]) -> list[dict[str, Any]]:
    """One entry a kind of number, the most claimed first, each with chart, days and claims."""
    days_by_kind, claims_by_kind = _by_kind(days), _by_kind(claims)
    kinds = sorted(
        claims_by_kind.keys() | days_by_kind.keys(),
        key=lambda kind: (-len(claims_by_kind[kind]), [str(part or "") for part in kind]),
    )
    kinds = kinds[:MOST_LINES]
    shown = MOST_CLAIMS // max(1, len(kinds))
    lines = [_line(kind, days_by_kind[kind], claims_by_kind[kind], shown) for kind in kinds]
    for kind, line in zip(kinds[:MOST_CHARTS], lines, strict=False):
        line["chart"] = charts.draw_timeline(line["days"], claims_by_kind[kind], line["title"], contradicted)
    return lines


def _line(kind: tuple[Any, ...], days: list[Row], claims: list[Row], shown: int) -> dict[str, Any]:
    return {
        "title": wording.subject(dict(zip(KIND_OF_NUMBER, kind, strict=True))),
        "chart": "",
        "days": days,
        "claims": claims[:shown],
        "hidden": len(claims[shown:]),
    }


def _by_kind(found: Sequence[Row]) -> dict[tuple[Any, ...], list[Row]]:
    kinds: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in found:
        kinds[tuple(row[column] for column in KIND_OF_NUMBER)].append(row)
    return kinds
