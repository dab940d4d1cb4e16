"""A chart in characters, for pages that show no pictures of ours: the two numbers of each contradiction as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from flows.wording import one_line

MOST_PAIRS = 12
BAR = 40  # characters of the longest bar
SURE, POSSIBLE, OPEN = "█", "░", "▶"


def draw_sides(found: Sequence[dict[str, Any]]) -> str:
    """Markdown with two bars a contradiction, each pair to its own scale.

    found: at least one row, with measure, place, a_low, a_high, a_outlet, b_low, b_high, b_outlet
    """
    shown = found[:MOST_PAIRS]
    rest = f"The first {MOST_PAIRS} of {len(found):,}. " if len(found) > MOST_PAIRS else ""
    legend = (
        f"{rest}Each pair has its own scale; {SURE} is said for certain, {POSSIBLE} allowed, {OPEN} has no upper end."
    )
    width = max(len(_bounds(*_ends(row, side))) for row in shown for side in "ab")
    lines = [line for row in shown for line in _pair(row, width)]
    return "\n".join(["# The numbers that don't meet", "", legend, "", "```text", *lines, "```"])


def _pair(row: dict[str, Any], width: int) -> Iterator[str]:
    about = ", ".join(_label(part) for part in (row["measure"], row["place"]) if part)
    yield f"{about or 'number'} ({row['kind'].replace('_', ' ')}, {row['severity']})"
    scale = max([abs(bound) for side in "ab" for bound in _ends(row, side) if bound is not None] or [Decimal(1)])
    for side in "ab":
        low, high = _ends(row, side)
        words = _bounds(low, high)
        yield f"  {words:>{width}} {_bar(low, high, scale):<{BAR + 1}} {_label(row[f'{side}_outlet'] or '')}".rstrip()
    yield ""


def _ends(row: dict[str, Any], side: str) -> tuple[Decimal | None, Decimal | None]:
    return row[f"{side}_low"], row[f"{side}_high"]


def _bar(low: Decimal | None, high: Decimal | None, scale: Decimal) -> str:
    sure = _length(low, scale)
    possible = max(_length(high, scale) - sure, 0)
    return SURE * sure + POSSIBLE * possible + (OPEN if high is None else "")


def _length(bound: Decimal | None, scale: Decimal) -> int:
    """How many characters, at least one for a number above nothing."""
    if bound is None or bound <= 0 or not scale:
        return 0
    return max(1, round(BAR * bound / scale))


def _bounds(low: Decimal | None, high: Decimal | None) -> str:
    if low == high:
        return "?" if low is None else f"{low.normalize():,f}"
    if high is None:
        return f"at least {low.normalize():,f}" if low is not None else "?"
    if not low:
        return f"at most {high.normalize():,f}"
    return f"{low.normalize():,f} to {high.normalize():,f}"


def _label(text: object) -> str:
    """Words for a block of code, which must not end it."""
    return one_line(str(text), 40).replace("`", "'").replace("_", " ")
