"""Every number of a text that may be a figure, with its span, wording, unit and bounds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extract.figures import bounds as bounding
from extract.figures.amounts import START, Amount, read_amount
from extract.figures.bounds import Bounds
from extract.figures.codes import blocked_until
from extract.figures.number_places import number_places
from extract.figures.plain_numbers import lead_of, plain_value
from extract.figures.qualifiers import Wording, read_left, read_wording
from extract.figures.refusals import is_named, is_score, is_year
from extract.figures.tables import any_of, small_letters, word_set
from extract.figures.units import SIGN, Unit, is_age_behind_words, mark_glued_signs, read_unit

_RANGE = re.compile(
    rf"(?P<unit>\s?(?:%|percent|per\s+cent|km|kg|years?|days?|hours?|dollars|euros)?)(?P<join>\s*[-\u2013\u2014\u2011]\s*|\s+(?:to|and|or|through|till)\s+)(?P<sign>{SIGN})?(?:as\s+many\s+as\s+|even\s+|about\s+|perhaps\s+)?"
)
_BETWEEN = re.compile(
    rf"\b(?:anywhere\s+)?between\s+(?:about\s+|an\s+estimated\s+|around\s+|some\s+|roughly\s+)?{SIGN}?$"
)
_FROM = re.compile(
    rf"\b(?:anywhere\s+)?from\s+(?:about\s+|an\s+estimated\s+|around\s+|some\s+|roughly\s+|just\s+)?{SIGN}?$"
)
CHANGE_VERBS = word_set("numbers", "change_verbs")
_CHANGE = re.compile(
    r"\b(?:r[oi]se[ns]?|rising|increas\w+|jump\w*|climb\w*|gr[eo]w\w*|up|fell|fall\w*|drop\w*|down|cut|rais\w+|lower\w*|revis\w+|went|go(?:es|ing)?|declin\w+|shr[aiu]nk\w*|soar\w*|surg\w+|widen\w*|reduc\w+|mov\w+|chang\w+|correct\w+|advanc\w+|slid\w*|slump\w*|trimm\w+|expand\w*|doubled|tripled|swell\w*|swelled|downgrad\w+|upgrad\w+|updat\w+|adjust\w+|spik\w+|dwindl\w+)\b[^.;]{0,60}$"
)
DOZEN = 12
MAX_SPREAD = 1000  # "5 to 10,000" is no range
_POINT_GROUPS = re.compile(r"\d{1,3}\.\d{3}")  # "5.000 injured": nobody counts in thousandths
_BY = re.compile(r"\bby\s+(?:[a-z]+\s+){0,2}$")
_CHANGED = re.compile(rf"\b(?:{any_of(CHANGE_VERBS)}|up|down)\s+$")
_DASHES = frozenset("-\u2013\u2014\u2011")
_LEADING_ZERO = re.compile(r"0\d")  # a clock time or a code
_IN_THE = re.compile(r"\bin(?:to)?\s+the\s+$")
_FOLD = re.compile(r"[\s-]?folds?\b")
_SCORE = re.compile(r"\d{1,3}[-\u2013]\d{1,3}(?:[-\u2013]\d{1,3})?(?!\d|[,.]\d)(?!\s?(?:%|per))")
_DIGIT_RUN = re.compile(r"[\d.,]*")


class Number(NamedTuple):
    """One number with its hedges and unit.

    Like all that is made anew for every number a named tuple, which takes a third of the time of a frozen dataclass.

    start, end: the span with qualifier and unit; core_start, core_end: the bare amount (of a range, both ends)
    unit: null where things are counted; unit_measure: what the unit alone says ("duration", "age", "money", "share")
    is_one: a lone "one", which counts only in a tally; is_several: a lone "several"
    """

    start: int
    end: int
    core_start: int
    core_end: int
    bounds: Bounds
    unit: str | None = None
    unit_measure: str | None = None
    is_attributive: bool = False
    is_increment: bool = False
    is_one: bool = False
    is_several: bool = False


def find_numbers(text: str) -> list[Number]:
    """Find the numbers of a text in reading order, without overlaps; linear in its length.

    What is read of a text whatever its case is read in small letters: patterns that try both cases take twice as long.
    """
    numbers: list[Number] = []
    position = 0
    small = small_letters(mark_glued_signs(text))
    for place in number_places(small):
        if place < position:
            continue
        if plain := _plain_number(small, place):
            numbers.append(_clear_of(plain, numbers))
            position = plain.end
            continue
        if not (match := START.match(small, place)):
            continue
        skip_to = _refused_until(small, match)
        if skip_to is not None:
            position = max(skip_to, match.end())
            continue
        amount = read_amount(small, match)
        if amount is None or _is_code(text, small, amount):
            position = max(match.end(), _behind_digits(small, match.start()))
            continue
        number = _number_at(text, small, amount)
        position = number.end if number else amount.end
        if number:
            numbers.append(_clear_of(number, numbers))
    return numbers


def _plain_number(small: str, start: int) -> Number | None:
    """The number at `start` where it is plain and nothing but a hedge may stand before it, else None."""
    plain = plain_value(small, start)
    if plain is None or (lead := lead_of(small, start)) == "any":
        return None
    value, end = plain
    if lead and is_age_behind_words(small, start, end):
        return None
    name, is_increment, first = "exact", False, start
    if lead == "hedge":
        name, is_increment, first = read_left(small, start, end, is_span=False)
    bounds = bounding.bounds_of(name, value, is_count=True)
    return Number(first, end, start, end, bounds, is_increment=is_increment)


def _clear_of(number: Number, earlier: list[Number]) -> Number:
    """The number without qualifier words that the one before has taken: "N or more than M"."""
    if earlier and number.start < earlier[-1].end:
        return number._replace(start=min(max(number.start, earlier[-1].end), number.core_start))
    return number


def _behind_digits(small: str, start: int) -> int:
    """Offset behind the digits that begin here; the start itself where there are none."""
    run = _DIGIT_RUN.match(small, start)
    return run.end() if run else start


def _refused_until(small: str, match: re.Match[str]) -> int | None:
    start = match.start()
    if (end := blocked_until(small, start)) is not None:
        return max(end, start + 1)
    before = small[start - 1] if start else ""
    follows_number = before in "-\u2013\u2010" and start > 1 and small[start - 2].isalnum() and small[start].isdigit()
    if before and (before in "/:@&_=?%" or follows_number):
        return max(match.end(), _behind_digits(small, start))
    return None


def _is_code(text: str, small: str, amount: Amount) -> bool:
    """Whether what stands around the amount makes it a code, a year or part of a name."""
    if _is_glued(text, small, amount) or _FOLD.match(small, amount.end) or _LEADING_ZERO.match(small, amount.start):
        return True
    if amount.vague and _IN_THE.search(small[max(0, amount.start - 10) : amount.start]):
        return True  # "damage in the millions"
    if (score := _SCORE.match(small, amount.start)) and is_score(text, small, amount.start, score.end()):
        return True
    if amount.is_share or amount.vague or amount.scale > 1:
        return False
    if amount.is_word:
        return is_named(text, small, amount.start, amount.end)
    return is_named(text, small, amount.start, amount.end) or (
        is_year(small, amount.start, amount.end)
        and not read_unit(text, small, amount.start, amount.end)
        and read_wording(small, amount.start, amount.end, is_span=False).name == "exact"
    )


def _is_glued(text: str, small: str, amount: Amount) -> bool:
    """Whether letters or more digits hang on the amount: "12th", "1.2.3", "12/5"."""
    after = text[amount.end : amount.end + 2]
    if after[:1].isalpha():
        return read_unit(text, small, amount.start, amount.end) is None
    return after[:1] in ("/", ":", "_", "@") or (after[:1] in (".", ",") and after[1:].isdigit())


def _number_at(text: str, small: str, amount: Amount) -> Number | None:
    if second := _range_end(text, small, amount):
        return _range(text, small, amount, second)
    unit = read_unit(text, small, amount.start, amount.end)
    start, end = (unit.start, unit.end) if unit else (amount.start, amount.end)
    is_span = unit is not None and unit.measure == "duration"
    wording = read_wording(small, start, end, is_span=is_span)
    if unit is None and _POINT_GROUPS.fullmatch(text[amount.start : amount.end]) and amount.value is not None:
        amount = amount._replace(value=amount.value * 1000)
    if unit is None and wording.end > amount.end:
        unit = _unit_behind(text, small, wording, amount)
    last = max(wording.end, unit.end if unit else 0)
    return Number(
        wording.start,
        last,
        amount.start,
        amount.end,
        _bounds(amount, wording, unit),
        *_unit_fields(amount, unit),
        is_increment=wording.is_increment,
        is_several=small[amount.start : amount.end] == "several",
        is_one=amount.value == 1 and amount.is_word and unit is None and wording.name == "exact",
    )


def _unit_behind(text: str, small: str, wording: Wording, amount: Amount) -> Unit | None:
    """The unit behind a hedge that follows the number: "30 or so kilometres"."""
    unit = read_unit(text, small, wording.end, wording.end)
    return unit._replace(start=amount.start) if unit and unit.end > wording.end else None


def _unit_fields(amount: Amount, unit: Unit | None) -> tuple[str | None, str | None, bool]:
    if amount.is_share:
        return "percent", "share", False
    return (unit.name, unit.measure, unit.is_attributive) if unit else (None, None, False)


def _bounds(amount: Amount, wording: Wording, unit: Unit | None) -> Bounds:
    if amount.vague:
        return bounding.bounds_of_vague(*amount.vague)
    assert amount.value is not None
    return bounding.bounds_of(wording.name, amount.value, is_count=unit is None and not amount.is_share)


def _range_end(text: str, small: str, amount: Amount) -> Amount | None:
    """The upper end of a range that begins with the amount, else None."""
    joint = _RANGE.match(small, amount.end)
    if not joint or amount.vague or amount.is_share:
        return None
    match = START.match(small, joint.end())
    if not match or blocked_until(small, joint.end()) is not None:
        return None
    second = read_amount(small, match)
    if second is None or second.value is None or second.is_share or _is_code(text, small, second):
        return None
    join = joint["join"].strip()
    if joint["unit"].strip() and join not in _DASHES and not _same_unit(text, small, second.end, joint["unit"]):
        return None  # "fell 3.4 percent to 1,208": a change and a level
    if join == "to" and _is_change(text, small, amount, second):
        return None
    return second if _is_range(small, amount, second, join) else None


def _is_change(text: str, small: str, first: Amount, second: Amount) -> bool:
    """Whether the one led to the other: "cut by 40 to 90", "rose 40 to 90 lamps", but not "rose 5 to 10 percent"."""
    before = small[max(0, first.start - 90) : first.start]
    if _BY.search(before):
        return True
    return bool(_CHANGED.search(before)) and read_unit(text, small, second.end, second.end) is None


def _same_unit(text: str, small: str, end: int, unit: str) -> bool:
    """Whether the unit stands behind the second number too, or one that says the same: "5% to 7 per cent"."""
    behind = read_unit(text, small, end, end)
    printed = read_unit(unit, unit, 0, 0)
    return behind is not None and printed is not None and behind.name == printed.name


def _is_range(small: str, first: Amount, second: Amount, join: str) -> bool:
    before = small[max(0, first.start - 90) : first.start]
    low, high = _shared_scale(first, second)
    if low >= high:
        return False
    if join == "and":
        return bool(_BETWEEN.search(before))
    if join == "or":
        return high <= 2 * low + 1
    if start := _FROM.search(before):
        return not _CHANGE.search(before[: start.start()])
    return join not in ("to", "through", "till") or high < MAX_SPREAD * low


def _shared_scale(first: Amount, second: Amount) -> tuple[Decimal, Decimal]:
    """Both ends, the lower one lifted to the scale it shares: "10 to 15 billion" begins at 10 billion."""
    assert first.value is not None
    assert second.value is not None
    if first.scale == 1 and second.scale > 1 and first.value * second.scale <= second.value and second.scale != DOZEN:
        return first.value * second.scale, second.value
    return first.value, second.value


def _range(text: str, small: str, first: Amount, second: Amount) -> Number:
    low, high = _shared_scale(first, second)
    unit = read_unit(text, small, first.start, second.end) or read_unit(text, small, first.start, first.end)
    start, end = (unit.start, max(unit.end, second.end)) if unit else (first.start, second.end)
    before = small[max(0, start - 90) : start]
    lead = _BETWEEN.search(before) or (_FROM.search(before) if not _CHANGE.search(before) else None)
    if lead:
        start -= len(before) - lead.start()
    wording = read_wording(small, start, end, is_span=False)
    ends = bounding.bounds_of_range(low, high)
    if wording.name == "up_to":
        ends = bounding.bounds_of("up_to", high, is_count=unit is None)
    return Number(
        wording.start,
        wording.end,
        first.start,
        second.end,
        ends,
        unit.name if unit else None,
        unit.measure if unit else None,
        is_attributive=unit is not None and unit.is_attributive,
        is_increment=wording.is_increment,
    )
