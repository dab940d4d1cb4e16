"""How bounds, kinds and days are put into words for a reader."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from checks.report.reading import Row

KIND_LABELS = {
    "internal_conflict": "Conflict inside one article",
    "source_conflict": "Sources disagree",
    "retraction": "Number withdrawn",
    "decrease": "Total went down",
    "revision": "Changed without a word",
    "part_exceeds_whole": "Part larger than the whole",
    "sum_mismatch": "Parts don't add up",
    "scope_drift": "Same number, other scope",
    "tension": "Tension",
    "update": "Update",
    "rounding": "Rounded",
    "agreement": "Agreement",
}
SEVERITY_SIGNS = {"high": "▲", "medium": "◆", "low": "●"}
MILLION = 1_000_000


def number(value: Decimal | float | None) -> str:
    """1234567.500000 → "1,234,567.5"; null is an ellipsis, for the side is open."""
    if value is None:
        return "…"
    text = f"{Decimal(value):,.6f}".rstrip("0").rstrip(".")
    return text or "0"


def bounds(low: Decimal | None, high: Decimal | None) -> str:
    """What the words assert: "164", "at least 164", "at most 10", "2,000 to 4,000"."""
    if low is None and high is None:
        return "any number"
    if low == high:
        return number(low)
    if high is None:
        return f"{number(low)} or more"
    if low is None:
        return f"at most {number(high)}"
    return f"{number(low)} to {number(high)}"


def day(value: date | datetime | None) -> str:
    """2022-01-08, or "undated"."""
    return value.strftime("%Y-%m-%d") if value else "undated"


def as_of(value: date | None) -> str:
    """What day a number stands for: "as of 2022-01-08", or "day not told"."""
    return f"as of {day(value)}" if value else "day not told"


def moment(value: datetime | None) -> str:
    """2022-01-08 17:24 UTC, or "undated"."""
    return value.strftime("%Y-%m-%d %H:%M UTC") if value else "undated"


def subject(row: Row) -> str:
    """What a number counts: "killed · civilians · Almaty"."""
    unit = row.get("unit")
    parts = (
        row.get("measure"),
        row.get("population"),
        row.get("place"),
        unit if unit and unit != "person" else None,
    )
    return " · ".join(str(part).replace("_", " ") for part in parts if part)


def count(number_of: int, noun: str) -> str:
    """1, "story" → "1 story"; 12, "story" → "12 stories"."""
    if number_of != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number(number_of)} {noun}"


def span(first: date | datetime | None, last: date | datetime | None) -> str:
    """2022-01-06 to 2022-01-08, or the one day."""
    return day(first) if day(first) == day(last) else f"{day(first)} to {day(last)}"


def manner(figure: Row) -> str:
    """Who vouches for a number and how: "the health ministry, reported, alleged"; "told by the outlet itself"."""
    said = f"{figure['claimant']}, {figure['speech']}" if figure["claimant"] else "told by the outlet itself"
    said = said if figure["modality"] == "stated" else f"{said}, {figure['modality']}"
    return f"{said}, denied" if figure["negated"] else said


def hint(figure: Row) -> str:
    """One line on a figure, for hovering and for the list."""
    said = f"said by {figure['claimant']}" if figure.get("claimant") else "told by the outlet itself"
    return f"{subject(figure)}: {bounds(figure['low'], figure['high'])}; {said}; {as_of(figure['as_of'])}"
