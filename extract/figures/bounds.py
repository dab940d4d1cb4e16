"""From a number and its wording to hard and likely bounds; every width stands in `tables/bounds.toml`."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extract.figures.tables import load_table
from extract.models import Qualifier

ZERO, ONE = Decimal(0), Decimal(1)
_TABLE = load_table("bounds")["widths"]
_ROUND_SHARE = Decimal(str(_TABLE["round_share"]))
_WIDTHS = {
    wording: tuple(Decimal(str(share)) for share in _TABLE[wording]) for wording in ("about", "nearly", "just_over")
}


class Bounds(NamedTuple):
    """What the words assert (low, high) and what a reader takes them to mean; None = unbounded."""

    qualifier: Qualifier
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    likely_low: Decimal | None
    likely_high: Decimal | None


def granularity(value: Decimal) -> Decimal:
    """Place value of the last non-zero digit: 3000 -> 1000, 5800 -> 100, 164 -> 1, 4.5 -> 0.1, 0 -> 1."""
    if (digits := str(value)).isdigit() and digits[-1] != "0":
        return ONE  # nearly always, and in half the time
    if value == 0:
        return ONE
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int), value  # an amount is never NaN or infinite
    return ONE.scaleb(exponent)


def bounds_of_range(low: Decimal, high: Decimal) -> Bounds:
    """Both ends as stated; never the midpoint."""
    return Bounds(Qualifier.BETWEEN, None, low, high, low, high)


def bounds_of_vague(low: Decimal, likely_low: Decimal, likely_high: Decimal) -> Bounds:
    """A plural without a number: "dozens"."""
    return Bounds(Qualifier.VAGUE, None, low, None, likely_low, likely_high)


def bounds_of(wording: str, value: Decimal, *, is_count: bool) -> Bounds:
    """Bounds of one stated number.

    wording: a `qualifier` of the bounds table; is_count: whole things, so "more than 200" starts at 201
    """
    if wording == "exact":
        return _exactly(value)
    step = ONE if is_count and value == value.to_integral_value() else ZERO
    if wording in ("about", "nearly", "just_over"):
        return _near(wording, value, step)
    floor = max(ZERO, value - step)
    one = min(ONE, value)
    pairs: dict[str, tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]] = {
        "at_least": (value, None, value, None),
        "more_than": (value + step, None, value + step, None),
        "at_most": (ZERO, value, ZERO, value),
        "fewer_than": (ZERO, floor, ZERO, floor),
        "up_to": (one, None, one, value),
    }
    return Bounds(Qualifier(wording), value, *pairs[wording])


def _exactly(value: Decimal) -> Bounds:
    place = granularity(value)
    if place <= ONE:
        return Bounds(Qualifier.EXACT, value, value, value, value, value)
    t = min(place / 2, value * _ROUND_SHARE)
    return Bounds(Qualifier.EXACT, value, value, value, value - t, value + t)


def _near(wording: str, value: Decimal, step: Decimal) -> Bounds:
    if wording == "just_over":
        likely, hard = (times * value for times in _WIDTHS["just_over"])
        low = value + step
        return Bounds(Qualifier.MORE_THAN, value, low, max(low, hard), low, max(low, likely))
    least, most = (share * value for share in _WIDTHS[wording])
    t = min(max(granularity(value) / 2, least), most)
    if wording == "nearly":
        return Bounds(Qualifier.NEARLY, value, max(ZERO, value - 2 * t), value, value - t, value)
    return Bounds(Qualifier.ABOUT, value, max(ZERO, value - 2 * t), value + 2 * t, value - t, value + t)
