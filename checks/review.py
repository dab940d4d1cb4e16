"""A person's word: what stands open, its evidence, verdicts on relations and corrections of figures.

Verdicts and corrections live in tables of their own and name what they judge by its words, so that they survive every
re-run and re-extraction; a number that changes is a new relation and is open again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

import duckdb

from checks.queries import statement
from extract.errors import NotReviewable

Verdict = Literal["confirmed", "dismissed", "open"]

STATUSES = ("open", "confirmed", "dismissed", "closed")
SHORTEST_ID = 6
NUMBERS = ("value", "low", "high", "likely_low", "likely_high")
DAYS = ("as_of", "as_of_from", "as_of_to")
WORDS = (
    "measure",
    "population",
    "place",
    "country",
    "place_source",
    "unit",
    "counted",
    "claimant",
    "aspect",
    "qualifier",
    "modality",
)
FLAGS = ("is_figure", "is_background", "trackable", "negated")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One relation that a person may judge: a row of the list."""

    relation_id: str
    kind: str
    severity: str | None
    status: str
    story: str | None
    explanation: str
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One relation as it stands, with what a person said of it."""

    relation_id: str
    kind: str
    severity: str | None
    status: str
    explanation: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure behind a relation, as a reader checks it.

    side: "a" or "b" of the relation
    """

    figure_id: str
    side: str
    outlet: str | None
    url: str
    published_at: datetime | None
    title: str | None
    sentence: str
    quote: str
    low: Decimal | None
    high: Decimal | None
    measure: str
    population: str | None
    place: str | None
    as_of: date | None
    claimant: str | None


def list_cases(
    connection: duckdb.DuckDBPyConnection, *, status: str = "open", story: str | None = None, limit: int = 100
) -> list[OpenCase]:
    """Contradictions with a status (open, confirmed, dismissed, closed), gravest first.

    story: a story's id or name; null = all
    Raises NotReviewable for a status or a story that is none.
    """
    if status not in STATUSES:
        raise NotReviewable(f"{status!r} is no status: it is one of {', '.join(STATUSES)}")
    if story is not None and not connection.execute(statement("find_story"), {"story": story}).fetchall():
        raise NotReviewable(f"there is no story {story!r}: see story_id and name in `stories`")
    rows = connection.execute(statement("list_cases"), {"status": status, "story": story, "limit": limit}).fetchall()
    return [OpenCase(*row) for row in rows]


def find_case(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """The full id of a relation given by its id or the beginning of it.

    Raises NotReviewable where none begins so, or more than one does.
    """
    if len(relation) < SHORTEST_ID:
        raise NotReviewable(f"{relation!r} is too short for an id: give {SHORTEST_ID} characters or more")
    found = [row[0] for row in connection.execute(statement("find_case"), {"beginning": relation}).fetchall()]
    if len(found) != 1:
        how_many = "no relation begins" if not found else f"{len(found)} relations begin"
        raise NotReviewable(f"{how_many} with {relation!r}: see the ids in `relations`")
    return str(found[0])


def read_case(connection: duckdb.DuckDBPyConnection, relation: str) -> Case:
    """What a relation says and how it stands. Raises NotReviewable as `find_case` does."""
    row = connection.execute(statement("read_case"), {"relation": find_case(connection, relation)}).fetchone()
    if row is None:
        raise NotReviewable(f"{relation!r} was there and is gone: try again")
    return Case(*row)


def show_evidence(connection: duckdb.DuckDBPyConnection, relation: str) -> list[Evidence]:
    """The figures of a relation with their sentences, side a first. Raises NotReviewable as `find_case` does."""
    relation_id = find_case(connection, relation)
    return [
        Evidence(*row) for row in connection.execute(statement("show_evidence"), {"relation": relation_id}).fetchall()
    ]


def give_verdict(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    verdict: Verdict,
    *,
    now: datetime,
    reviewed_by: str | None = None,
    note: str | None = None,
) -> str:
    """Save a person's verdict; returns the relation's full id. "open" takes an earlier verdict back.

    Raises NotReviewable as `find_case` does, and for a dismissal without a reason.
    """
    if verdict == "dismissed" and not (note or "").strip():
        raise NotReviewable("a dismissal needs a reason, so that the next reader need not ask again")
    relation_id = find_case(connection, relation)
    connection.execute(
        statement("save_verdict"),
        {"relation": relation_id, "verdict": verdict, "by": reviewed_by, "now": now, "note": note},
    )
    return relation_id


def correct_figure(
    connection: duckdb.DuckDBPyConnection,
    figure_id: str,
    changes: Mapping[str, str | None],
    *,
    now: datetime,
    reviewed_by: str | None = None,
    note: str | None = None,
) -> None:
    """Save a person's correction of a figure; it holds from the next time that relations are made.

    changes: new values by the figure's column, as text; null empties it. is_figure "false": it is no figure at all.
    A day or a value given alone stands for its bounds too.
    Raises NotReviewable for a figure that is not there, a column that cannot be corrected, a value of the wrong kind.
    """
    figure = connection.execute(statement("find_figure"), {"figure": figure_id}).fetchone()
    if figure is None:
        raise NotReviewable(f"there is no figure {figure_id!r}: see the ids in `figures`")
    for changed, new_value in _spread(changes).items():
        _check(changed, new_value)
        if changed == "measure":
            _check_measure(connection, str(new_value))
        connection.execute(
            statement("save_correction"),
            dict(zip(("page", "field", "quote", "sentence"), figure, strict=True))
            | {"changed": changed, "value": new_value, "by": reviewed_by, "now": now, "note": note},
        )


def _spread(changes: Mapping[str, str | None]) -> dict[str, str | None]:
    """A value stands for all bounds, a day for both its ends, a place for a stated one, unless given as well."""
    spread: dict[str, str | None] = {}
    if "value" in changes:
        spread |= dict.fromkeys(("low", "high", "likely_low", "likely_high"), changes["value"]) | {"qualifier": "exact"}
    for side in ("low", "high"):
        if side in changes:
            spread[f"likely_{side}"] = changes[side]
    if "as_of" in changes:
        spread |= dict.fromkeys(("as_of_from", "as_of_to"), changes["as_of"])
    if "place" in changes:
        spread["place_source"] = "stated" if changes["place"] else None
    return spread | dict(changes)


def _check_measure(connection: duckdb.DuckDBPyConnection, measure: str) -> None:
    """Raises NotReviewable for a measure that no figure can have."""
    known = [str(name) for (name,) in connection.execute(statement("list_measures")).fetchall()]
    if measure not in known:
        raise NotReviewable(f"{measure!r} is no measure: it is one of {', '.join(known)}")


def _check(changed: str, new_value: str | None) -> None:
    """Raises NotReviewable where the column cannot be corrected, or the value is none of its kind."""
    if changed not in (*NUMBERS, *DAYS, *WORDS, *FLAGS):
        raise NotReviewable(
            f"{changed!r} cannot be corrected: it is none of {', '.join((*NUMBERS, *DAYS, *WORDS, *FLAGS))}"
        )
    if new_value is None:
        if changed in FLAGS or changed in ("measure", "qualifier", "modality"):
            raise NotReviewable(f"{changed} cannot be empty")
        return
    try:
        if changed in NUMBERS and not Decimal(new_value).is_finite():
            raise NotReviewable(f"{new_value!r} is no number for {changed}")
        if changed in DAYS:
            date.fromisoformat(new_value)
    except (InvalidOperation, ValueError) as error:
        raise NotReviewable(f"{new_value!r} does not fit {changed}: a number as 1234.5, a day as 2024-05-01") from error
    if changed in FLAGS and new_value not in ("true", "false"):
        raise NotReviewable(f"{new_value!r} does not fit {changed}: write true or false")
