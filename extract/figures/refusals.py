"""Numbers that are part of a name, a year or a score; dates, times and codes are refused in `codes`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.figures.tables import load_table
from extract.figures.units import read_unit

_TABLE = load_table("refusals")
_NAMED = {word.lower() for word in _TABLE["named"]["words"]}
_NAMED_CAPITAL = frozenset(_TABLE["named_capital"]["words"])
_NAMED_LOOSELY = {word.lower() for word in _TABLE["named_loosely"]["words"]}
NAMING_WORDS = frozenset(_NAMED.union(word.lower() for word in _NAMED_CAPITAL))  # in small letters
_SCORE_WORDS = set(_TABLE["verdict_scores"]["words"])

_WORD_BEFORE = re.compile(r"\s*([\w.№-]+)")  # of a text read backwards, where it stands at the beginning
_YEAR_ONLY = re.compile(r"(?:1[4-9]\d\d|20[0-9]\d)")
_YEAR_LEAD = re.compile(
    r"\b(?:in|since|until|till|by|from|of|for|during|before|after|between|late|early|mid|year|spring|summer|autumn|winter|fall|and|to|back\s+in|through|the|circa|around)\s*$"
)
_COUNTED_AHEAD = re.compile(
    r"\s+(?:(?:[a-z]+(?:ed|al|an|ish|ese|ant|ive|ign)|more|other|new|young|old|armed|local|state|police|army|security|government|rebel|dead|foreign)\s+)?"
    r"(?:[a-z]*(?:s|men|people|ren|dead|wounded|injured|killed|police|staff|personnel|troops|missing))\b(?<!was)(?<!is)(?<!has)(?<!as)(?<!this)"
)
_STREET_BLOCK = re.compile(r"\s*-?\s*block(?:\s+of\s+(?:[NSEW]\.?\s+)?|\s+)(?=[A-Z\d])")
_NEXT_WORD = re.compile(r"[\s,]*([A-Za-z'\u2019-]+)")


def is_named(text: str, small: str, start: int, end: int) -> bool:
    """Whether the word before makes text[start:end] part of a name: "Channel 24", "Article 5".

    small: the text in small letters, at the same offsets
    """
    if _STREET_BLOCK.match(text, end):
        return True  # "the 6500 block of Oak Street"
    match = _WORD_BEFORE.match(text[max(0, start - 24) : start][::-1])
    if not match or "\n" in text[max(0, start - 3) : start]:
        return False
    printed = match.group(1)[::-1]
    word = printed.lower()
    if printed in _NAMED_CAPITAL:
        return not _COUNTED_AHEAD.match(small, end)
    if word not in _NAMED:
        return False
    return not (word in _NAMED_LOOSELY or printed.islower()) or not _COUNTED_AHEAD.match(small, end)


def is_year(small: str, start: int, end: int) -> bool:
    """Whether the bare four digits small[start:end] are a year rather than a count: "in 2019", "the 1998 quake"."""
    if not _YEAR_ONLY.fullmatch(small[start:end]):
        return False
    leads = bool(_YEAR_LEAD.search(small[max(0, start - 16) : start]))
    return leads or not _COUNTED_AHEAD.match(small, end)


def is_score(text: str, small: str, start: int, end: int) -> bool:
    """Whether "3-2" at text[start:end] is a result of a game or a vote."""
    if read_unit(text, small, start, end) is not None:
        return False
    near: Sequence[str] = re.findall(r"[a-z]+", small[max(0, start - 24) : start] + " | " + small[end : end + 16])
    return any(word in _SCORE_WORDS for word in near) or not _COUNTED_AHEAD.match(small, end)
