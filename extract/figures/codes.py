"""Stretches in which no figure begins: dates, clock times, telephone and list numbers, set phrases with "one".

Everything is matched at the number itself; what must stand before it is looked up by the last word or sign.
Every text here is in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.figures.tables import any_of, load_table

MONTH_NAMES: list[str] = load_table("refusals")["months"]["words"]
_MONTH = rf"(?:{any_of(MONTH_NAMES)})\b\.?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[4-9]|20)\d\d"
_CLOCK = r"[0-2]\d[0-5]\d\b(?!\s+(?:[a-z]+\s+)?[a-z]+s\b)"
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_AHEAD_DIGIT = _pattern(
    rf"{_DAY}(?:\s*(?:-|\u2013|to|and|or|/)\s*{_DAY})?(?:\s+of)?[\s-]+{_MONTH}(?:,?[\s-]+(?:{_YEAR}|['\u2019]?\d\d\b(?!\s+(?:\w+\s)?[a-z])))?(?!\w)",
    r"\d{4}-\d\d?-\d\d?(?:t[\d:.+z-]*)?\b",  # 2022-01-08
    r"\d{1,2}/\d{1,2}/\d{2,4}\b|\d{1,2}\.\d{1,2}\.\d{4}\b",  # 8/1/2022
    r"\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?\s?m\b\.?|hrs\b|hours\b|o['\u2019]clock|gmt\b|utc\b|local\s+time|e[sd]t\b|p[sd]t\b|cet\b|ist\b)",
    r"\d{1,2}:\d\d(?::\d\d)?\b|\d{1,2}h\d\d\b",  # 7:30
    r"\d{1,2}(?:\s*(?:-|\u2013|to|and)\s*\d{1,2})?\s*(?:[ap]\.\s?m\b\.?|[ap]m\b|o['\u2019]clock)",  # 7 p.m.
    r"12\s+(?:noon|midnight)\b",
    r"[0-2]\d[0-5]\d\s*(?:\(?[0-2]\d[0-5]\d\s*)?(?:gmt|utc|hours|hrs|local\s+time|z\b|est|edt|ist|cet)\b",  # 0615 gmt
    r"(?:1-?)?\d{3}[-.]\d{3}[-.]\d{4}\b|\d{3}-\d{4}\b(?!\s*(?:people|men|women))",  # telephone numbers
    r"\d+(?:st|nd|rd|th)\b|\d0s\b|\d{4}s\b",  # 5th, the 40s, the 1990s
    r"24/7\b|9/11\b|50[-/]50\b|7/7\b",
    r"\d+(?:[-x]|\s?times|\s?-?fold)\s?(?:as|more|over|the|higher|greater)\b|\d+[\s-]times?\b(?!\s+of)",  # 3 times
    rf"{_YEAR}\s*[-\u2013/]\s*(?:{_YEAR}|\d\d)\b(?!\s*(?:people|men|per))",  # 2019-20
    r"\d+(?:\.\d+)?\s*[°º]\s*\d+",  # coordinates
)
# Before nearly all that is counted; then nothing of the above can match, and the look takes a tenth of its time.
_NOTHING_AHEAD = re.compile(
    r"\d+(?:,\d|[,;%)](?!\d)|\.(?!\d)"
    rf"| (?!(?:{any_of(MONTH_NAMES)}|to|and|or|of|[ap]m|gmt|utc|hours|hrs|z|est|edt|ist|cet|noon|midnight)(?![a-z])"
    r"|local\b|time|fold|[ap]\.|o['\u2019])[a-z])"
)
_AHEAD_WORD = _pattern(
    rf"(?:{_SMALL})\s+(?:noon|midnight)\b",
    rf"(?:{_SMALL})\s*(?:a\.m\b|p\.m\b|am\b|pm\b|o['\u2019]clock)",
    r"(?:two|three|four|five|six|seven|eight|nine|ten)[\s-]+times?\b(?!\s+of)",
    r"fifty-fifty\b|twenty-four\s+seven\b",
    r"one\s+(?:another|day\b|of\s+(?:the|these|those|several|many|at)\b)|one['\u2019]s\b|one\s+by\s+one\b",
    r"one\s+(?:more|other|such|thing|way|side|reason|hand|example|man's|woman's|can|could|should|must|might|would|wonders|knows|big|final|last|next|possible|"
    r"especially|particular|an?)\b",
    r"(?:two|three|four|five|six|seven|eight|ten|one)-(?:time|way|fold|on-one|off|party|state|star|tier|pronged|piece)\b|two-thirds\s+majority\b",
)
_COMPOUND = _pattern(
    r"(?:one|two|three|four|five|six|seven|eight|ten)-(?:man|woman|person|on|line|page|part|point|run|seater|storey|story|door|wheeler|member|legged|strong)\b"
)
_BEHIND_MONTH = _pattern(
    rf"{_DAY}(?:\s*(?:-|\u2013|to|and|or)\s*(?:{_MONTH}\s+)?{_DAY})?(?:,?\s+{_YEAR}\b|,\s*['\u2019]\d\d\b)?(?![\w,.]\d|\w)",
    rf"{_YEAR}\b",
)
_LAST_MONTH = re.compile(r"\b(?:last|in|since)\s+[a-z]+\.?\s+$")  # "last March |14 people| were killed"
_BEHIND_LAST_MONTH = _pattern(
    rf"(?!{_DAY}\s+(?:people|persons|civilians|soldiers|police|men|women|children|workers)\b){_BEHIND_MONTH.pattern}"
)
_NUMBERED = (
    "number", "level", "step", "phase", "day", "square", "top",
    "plan", "chapter", "part", "act", "item", "grade", "page",
)  # fmt: skip
_CALLED = ("tel", "phone", "fax", "hotline", "whatsapp", "telephone", "call", "dial", "ring")
BLOCKING_WORDS = (*MONTH_NAMES, *_NUMBERED, *_CALLED)  # what stands behind the other words is no plain number
_ONE = _pattern(r"one\b(?!\s+(?:hundred|thousand|million|billion))")
_AFTER_WORD: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(MONTH_NAMES, _BEHIND_MONTH),
    **{word: _pattern(_CLOCK) for word in ("at", "approximately", "exactly", "between")},
    **dict.fromkeys(("no", "any", "every", "some", "each", "this", "that", "which", "the"), _ONE),
    **dict.fromkeys(("a",), _COMPOUND),
    **dict.fromkeys(_NUMBERED, _pattern(r"(?:one|two|three)\b")),
    **dict.fromkeys(_CALLED, _pattern(r"\+?\d[\d\s-]{2,}(?!\s*(?:people|men|women|staff|takers?))\b")),
}
_THE = _pattern(_ONE.pattern, _COMPOUND.pattern)
_AFTER_WORD["the"] = _THE
_AFTER_SIGN: dict[str, re.Pattern[str]] = {
    "+": _pattern(r"\d[\d\s().-]{6,}\d"),
    "(": _pattern(r"\d{3}\)\s?\d{3}[\s-]\d{4}|\d{1,2}\)(?=\s)"),
    "[": _pattern(r"\d{1,3}\]"),
    "#": _pattern(r"\d+"),
    "№": _pattern(r"\d+"),
    "'": _pattern(r"\d\ds?\b"),
    "\u2019": _pattern(r"\d\ds?\b"),
}
_LIST_NUMBER = _pattern(r"\d{1,3}[.)]\s+(?=\S)")
_LAST_WORD = re.compile(r"[\s-]{1,3}:?,?\.?([a-z]+)")  # of a text read backwards, where it stands at the beginning
_CLOCK_LEAD = re.compile(r"\bat\s+(?:about|around|roughly|some|nearly)\s+$")
_CLOCK_ENDINGS = ("about", "around", "roughly", "some", "nearly")
_CLOCK_AHEAD = _pattern(_CLOCK)


def blocked_until(small: str, start: int) -> int | None:
    """End of the date, time, code or set phrase that the number at `start` belongs to; None where there is none."""
    if small[start].isdigit():
        ahead = None if _NOTHING_AHEAD.match(small, start) else _AHEAD_DIGIT.match(small, start)
    else:
        ahead = _AHEAD_WORD.match(small, start)
    if ahead:
        return ahead.end()
    before = small[max(0, start - 24) : start]
    for pattern in _led_patterns(before):
        if match := pattern.match(small, start):
            return match.end()
    return None


def _led_patterns(before: str) -> Sequence[re.Pattern[str]]:
    """The patterns that what stands before the number calls for."""
    found = []
    if before.rstrip(" \t(")[-1:] in ("", "\n"):
        found.append(_LIST_NUMBER)
    if before and before[-1] in _AFTER_SIGN:
        found.append(_AFTER_SIGN[before[-1]])
    word = _LAST_WORD.match(before[::-1])
    if word and (pattern := _AFTER_WORD.get(word.group(1)[::-1])):
        if pattern is not _BEHIND_MONTH or not _LAST_MONTH.search(before):
            found.append(pattern)
        else:
            found.append(_BEHIND_LAST_MONTH)
    elif word and word.group(1)[::-1] in _CLOCK_ENDINGS and _CLOCK_LEAD.search(before):
        found.append(_CLOCK_AHEAD)
    return found
