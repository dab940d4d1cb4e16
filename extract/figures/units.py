"""What a number measures: per cent, lengths, weights, spans of time, ages and currencies, read beside the number."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.figures.tables import any_of, holds_any, load_table, may_end_with, word_set

_TABLE = load_table("units")
_UNITS: dict[str, tuple[str, str]] = {
    word.lower().replace("-", " "): (entry["unit"], entry["measure"])
    for entry in _TABLE["unit"]
    for word in entry["words"]
}
_CURRENCIES: dict[str, str] = {
    word.lower(): entry["unit"] for entry in _TABLE["currency"] for word in [*entry["words"], *entry["codes"]]
}
_SIGNS: dict[str, str] = {sign.lower(): entry["unit"] for entry in _TABLE["currency"] for sign in entry["signs"]}
SIGN_MARKS = "".join(sign for sign in _SIGNS if len(sign) == 1 and not sign.isalnum())  # "$", "€": need no word's edge
_CODES: dict[str, str] = {code.lower(): entry["unit"] for entry in _TABLE["currency"] for code in entry["codes"]}

_GLUED: dict[str, str] = {
    sign: entry["unit"] for entry in _TABLE["currency"] for sign in [*entry.get("glued", ()), *entry["codes"]]
}
_SCALES = "[mbk]n?|tn|thousand|million|billion|trillion|lakh|crore"
_FUNCTION = f"(?:{any_of(word_set('nouns', 'function_words'))})"
_NOT_COUNTED = rf"(?!(?:\s+(?!{_FUNCTION}\b)[a-z]+)?\s+(?!{_FUNCTION}\b)[a-z]+(?:s|men|people|children)\b)"
# One letter is money only before millions or grouped thousands: "R50m", "N1,500", not the road "R50"; with whole digits
# only where nothing is counted: "R50 million was", not "N95 million masks".
_LETTER_MONEY = (
    r"(?=\d{1,3}(?:,\d{3})|\d[\d.]*(?:[mbk]n?|tn)\b"
    rf"|\d+(?:\.\d+\s?(?:{_SCALES})\b|\s?(?:{_SCALES})\b{_NOT_COUNTED}))"
)
WORDS_BEHIND = (*_UNITS, *_CURRENCIES)
_LETTERS = "|".join(sign for sign in _GLUED if len(sign) == 1)
_LONGER = "|".join(map(re.escape, sorted((sign for sign in _GLUED if len(sign) > 1), key=len, reverse=True)))
_GLUED_SIGN = re.compile(rf"(?<!\w)(?:(?:{_LETTERS}){_LETTER_MONEY}|(?:{_LONGER})(?=\d))")
_ENDS = "".join(sorted({sign.rstrip(".")[-1] for sign in _GLUED}))
# Every such letter an R, every digit a nought, and so is what is not ASCII and may be one.
_ENDS_AND_DIGITS = bytes.maketrans(f"{_ENDS}123456789?".encode(), b"R" * len(_ENDS) + b"0" * len("123456789?"))
GLUED_MARK = "\u00a4"  # stands for the letters of money that hang on a number
SIGN_REACH = 7  # characters: the longest sign, a blank, an end of a line, and the letter before that would join a word
GLUED_REACH = 6  # characters before a number in which they begin

_UNIT = re.compile(rf"(?P<gap>\s*-\s*|\s{{0,2}})(?P<unit>{any_of(_UNITS)})(?![\w%])")
_CURRENCY = re.compile(rf"[\s-]{{0,2}}(?P<unit>{any_of(_CURRENCIES)}|[{SIGN_MARKS}])(?!\w)")
_SIGN_BEFORE = re.compile(rf"(?:[{SIGN_MARKS}]|(?<!\w)(?:{any_of(_SIGNS)})|(?<!\w)(?:{'|'.join(_CODES)}))\s?$")
SIGN_ENDINGS = (*_SIGNS, *_CODES)
# Before the second number of a range, in small letters: "$10 to |$|15 billion".
SIGN = rf"(?:[{SIGN_MARKS}{GLUED_MARK}]|(?:{any_of(sign for sign in _SIGNS if sign not in SIGN_MARKS)})\s?)"
_GAPS = re.compile(r"[\s\-]+")
_OLD = re.compile(r"(?:\s+|-)(?:old(?:er)?\b|of\s+age\b)")
_AGED_BEFORE = re.compile(
    r"\b(?:aged?|(?<=,\s)both|at\s+the\s+age\s+of|age\s+of|turned|ages)\s+(?:(?:over|under|about|at\s+least|just|only|between|above|below)\s+)?$"
)
_AGES_END = re.compile(r"\s*(?:[.,;:)!?\"\u201d]|and\b|\Z)")  # "aged six and nine.", not "aged six and nine adults"
_AGES_DO = re.compile(r"\s+(?:were|was|died|have|had|are|is)\b")  # "boys aged six and nine were"
_AGED_IN_A_ROW = re.compile(r"\bage[ds]\s+(?:(?:\d{1,2}|[a-z]{3,9})(?:,\s+|,?\s+and\s+))+$")  # "aged 4, 6 and |7|"
# "A man of 84"; a family of five is no age, so only words for one person.
_PERSON_OF = re.compile(
    r"\b(?:man|woman|boy|girl|child|baby|infant|toddler|teenager|pensioner|widow(?:er)?|(?:grand)?(?:mother|father)"
    r"|son|daughter|brother|sister)\s+of\s+(?:just\s+|only\s+|about\s+)?$"
)
_AGE_WORDS = ("age", "of", "turned", "both")  # each of the three needs one
AGE_ENDINGS = (
    "age", "aged", "ages", "of", "turned", "both", ",", "and",
    "over", "under", "about", "least", "just", "only", "between", "above", "below",
)  # fmt: skip
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w\u2019'.-]*|[a-z\u2019'-]+)[)\u201d\"]?,\s$")
_COMMA_BEHIND = re.compile(r",|\.(?=\s|$)|;|\)|\s+and\s+[A-Z]|\s*$")
_AGE_DIGITS = re.compile(r"\d{1,3}")
# Words of money before "pounds" in the same clause, no other number between.
_PAYING = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|cost(?:s|ing)?|worth|val(?:ue|ues|ued|uing)|spen[dt]\w*|fine[sd]?|fining|pric\w+|charg\w+|owe[sd]?|owing"
    r"|earn\w*|sell\w*|sold|bought|buy\w*|budget|damages?|debts?|losses|loss|profits?|fees?|salar\w+|wages?|rewards?|loans?|bail|invest\w*|donat\w+)\b[^.;:\d]*$"
)
_SCALE = re.compile(r"(?:million|billion|trillion|bn|mn)$")
PAYING_REACH = 60  # characters
MAX_AGE = 115
_LONE_LETTERS = {"m", "g", "mi", "min", "ha"}  # units only when glued to digits or plainly spaced in small letters


class Unit(NamedTuple):
    """A unit as read: canonical name, the measure it implies, and where the words end.

    start: where a sign before the number begins, else the number's own start
    is_attributive: hyphened or a modifier ("a two-day stop"), so no noun of its own
    """

    start: int
    end: int
    name: str
    measure: str
    is_attributive: bool = False


def read_unit(text: str, small: str, start: int, end: int) -> Unit | None:
    """Read the unit beside the amount text[start:end]; None where it counts things.

    small: the text in small letters, at the same offsets
    """
    if sign := sign_before(small, start):
        name = sign.group().strip()
        behind = _CURRENCY.match(small, end)
        last = behind.end() if behind else end
        return Unit(start - len(sign.group()), last, _SIGNS.get(name) or _CODES[name], "money")
    if small[start - 1 : start] == GLUED_MARK and (glued := _glued_sign(text, start)):
        return Unit(glued.start(), end, _GLUED[glued.group()], "money")
    if is_age_behind_words(small, start, end):
        span = _UNIT.match(small, end)
        is_years = span is not None and span["unit"] in ("years", "year", "months", "month")
        return Unit(start, span.end() if span and is_years else end, "year", "age")
    if money := _CURRENCY.match(small, end):
        word = _GAPS.sub(" ", money["unit"])
        return Unit(start, money.end(), _CURRENCIES.get(word) or _SIGNS[word], "money", text[end] == "-")
    if is_age_beside_name(text, start, end):
        return Unit(start, end, "year", "age")
    return _plain_unit(text, small, start, end)


def is_age_behind_words(small: str, start: int, end: int) -> bool:
    """Whether the words before the number make it an age: "aged 4", "a man of 84"."""
    before = small[max(0, start - 32) : start]
    if not holds_any(before, _AGE_WORDS) or not may_end_with(before, AGE_ENDINGS):
        return False
    if _AGED_BEFORE.search(before):
        return True
    is_in_a_row = "age" in before and _AGED_IN_A_ROW.search(before) is not None
    if is_in_a_row or _PERSON_OF.search(before):
        if _AGE_DIGITS.fullmatch(small, start, end):
            return True
        return is_in_a_row and small[start:end].isalpha() and _ends_ages(small, before, end)
    return False


def _ends_ages(small: str, before: str, end: int) -> bool:
    """Whether an age in words may end at `end`: "aged six and |nine|.", not "aged 61 and |four| police officers"."""
    if _AGES_END.match(small, end):
        return True
    return _AGES_DO.match(small, end) is not None and not before.rstrip().endswith(", and")


def mark_glued_signs(text: str) -> str:
    """The text with a mark for the letters of money that hang on a number: "R50m" and "Ksh500" begin like words."""
    return _GLUED_SIGN.sub(_mark_of, text) if _may_hold_glued_sign(text) else text


def _may_hold_glued_sign(text: str) -> bool:
    """Whether such a letter stands right before a digit: a look before the pattern, which tries every word of the text.

    A search for two plain characters, in a tenth of the time of one for digits.
    """
    alike = text.encode("ascii", "replace").translate(_ENDS_AND_DIGITS)
    for end in (b"R0", b"R.0"):
        place = alike.find(end)
        while place >= 0:
            if text[place + len(end) - 1].isdecimal():
                return True
            place = alike.find(end, place + 1)
    return False


def _mark_of(sign: re.Match[str]) -> str:
    return " " * (len(sign.group()) - 1) + GLUED_MARK


def _glued_sign(text: str, start: int) -> re.Match[str] | None:
    """The letters of money that hang on the number at `start`."""
    signs = _GLUED_SIGN.finditer(text, max(0, start - GLUED_REACH), start + 24)
    return next((sign for sign in signs if sign.end() == start), None)


def sign_before(small: str, start: int) -> re.Match[str] | None:
    """The sign or code of a currency right before the number at `start`."""
    before = small[max(0, start - SIGN_REACH) : start]
    return _SIGN_BEFORE.search(before) if before.rstrip().endswith(SIGN_ENDINGS) else None


def is_age_beside_name(text: str, start: int, end: int) -> bool:
    """Whether the number stands between commas behind a name: "Ana Reyes, 43, said"."""
    if (
        text[start - 2 : start - 1] != ","
        or not _AGE_DIGITS.fullmatch(text[start:end])
        or not 0 < int(text[start:end]) <= MAX_AGE
    ):
        return False
    before = _NAME_BEFORE.search(text[max(0, start - 30) : start])
    behind = _COMMA_BEHIND.match(text, end)
    if not before or not behind or re.match(r",\d", text[end : end + 2]):
        return False
    return before.group()[0].isupper() or behind.group() in (",", ".")


def _is_money(small: str, start: int, end: int, behind: int) -> bool:
    """Whether pounds are money: in millions, or beside a word of paying, and not pounds "of" something."""
    if re.match(
        r"\s+of\s+(?!aid\b|damage\b|debt\b|funding\b|losses\b|savings\b|investment\b|public\b)",
        small[behind : behind + 16],
    ):
        return False
    return bool(_SCALE.search(small[start:end])) or bool(_PAYING.search(small[max(0, start - PAYING_REACH) : start]))


def _plain_unit(text: str, small: str, start: int, end: int) -> Unit | None:
    match = _UNIT.match(small, end)
    if not match:
        return None
    word = _GAPS.sub(" ", match["unit"])
    if word in _LONE_LETTERS and (text[slice(*match.span("unit"))] != word or "-" in match["gap"]):
        return None
    name, measure = _UNITS[word]
    if word == "pounds" and _is_money(small, start, end, match.end()):
        return Unit(start, match.end(), "GBP", "money", "-" in match["gap"])
    is_attributive = "-" in match["gap"]
    if measure == "duration" and (old := _OLD.match(small, match.end())):
        return Unit(start, old.end(), name, "age", is_attributive=True)
    return Unit(start, match.end(), name, measure, is_attributive)
