"""Numbers that say nothing countable: dates, clock times, phone numbers, list numbers, names, scores."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.figures.tables import any_of, load_table
from extract.figures.units import read_unit

ZONE_BEFORE, ZONE_BEHIND = 40, 48  # characters; longer than any date, time or telephone number
_TABLE = load_table("refusals")
_MONTH = rf"(?:{any_of(_TABLE['months']['words'])})\b\.?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[4-9]|20)\d\d"
_NAMED = {word.lower() for word in _TABLE["named"]["words"]}
_NAMED_CAPITAL = frozenset(_TABLE["named_capital"]["words"])
_NAMED_LOOSELY = {word.lower() for word in _TABLE["named_loosely"]["words"]}
_SCORE_WORDS = set(_TABLE["verdict_scores"]["words"])

_BLOCKED = re.compile(
    "|".join(
        [
            rf"\b{_DAY}(?:\s*(?:-|–|to|and|or|/)\s*{_DAY})?(?:\s+of)?[\s-]+{_MONTH}(?:,?[\s-]+(?:{_YEAR}|['’]?\d\d\b(?!\s+(?:\w+\s)?[a-z])))?(?![\w])",
            rf"\b(?<!['’])(?:{_MONTH})\s+{_DAY}(?:\s*(?:-|–|to|and|or)\s*(?:{_MONTH}\s+)?{_DAY})?(?:,?\s+{_YEAR}\b|,\s*['’]\d\d\b)?(?![\w,.]\d|\w)",
            rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b",
            r"\b\d{4}-\d\d?-\d\d?(?:T[\d:.+Z-]*)?\b",
            r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b",
            r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?\s?m\b\.?|hrs\b|hours\b|o['’]clock|gmt\b|utc\b|local\s+time|e[sd]t\b|p[sd]t\b|cet\b|ist\b)",
            r"\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,2}h\d\d\b",
            r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s*(?:-|–|to|and)\s*\d{1,2})?\s*(?:[ap]\.\s?m\b\.?|[ap]m\b|o['’]clock)",
            r"\b[0-2]\d[0-5]\d\s*(?:\(?[0-2]\d[0-5]\d\s*)?(?:gmt|utc|hours|hrs|local\s+time|z\b|est|edt|ist|cet)\b",
            r"(?<=\bat\s)[0-2]\d[0-5]\d\b(?!\s+(?:[a-z]+\s+)?[a-z]+s\b)",
            r"\bat\s+(?:approximately|about|around|exactly|roughly|some|nearly)\s+[0-2]\d[0-5]\d\b(?!\s+(?:[a-z]+\s+)?[a-z]+s\b)",
            r"\b(?:approximately|about|around|exactly)\s+[0-2]\d[0-5]\d(?=\s+(?:on|today|yesterday|local|this|last)\b)",
            r"\bbetween\s+[0-2]\d[0-5]\d\s+and\s+[0-2]\d[0-5]\d\b(?!\s+(?:[a-z]+\s+)?[a-z]+s\b)",
            r"\+\d[\d\s().-]{6,}\d|\(\d{3}\)\s?\d{3}[\s-]\d{4}|\b1?-?\d{3}[-.]\d{3}[-.]\d{4}\b|\b\d{3}-\d{4}\b",
            r"(?i:\b(?:tel|phone|fax|hotline|whatsapp|telephone|call|dial|ring|text)\b\.?:?\s*(?:on\s+|at\s+)?)\+?\d[\d\s-]{2,}(?!\s*(?:people|men|women|staff|takers?))\b",
            r"(?m:^\s*(?:\(?\d{1,3}[.)]|\d{1,2}\.)\s+(?=\S))|\(\d{1,2}\)(?=\s)|\[\d{1,3}\]",
            r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|(?<!\w)[#№]\s?\d+|@\w+",
            r"(?<![\w.])\d+(?:st|nd|rd|th)\b|\b\d0s\b|['’]\d\ds\b|\b\d{4}s\b",
            r"\b24/7\b|\b9/11\b|\b50[-/]50\b|\b7/7\b|\bfifty-fifty\b|\btwenty-four\s+seven\b",
            r"\b\d+(?:[-x]|\s?times|\s?-?fold)\s?(?:as|more|over|the|higher|greater)\b",
            r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)[\s-]+times?\b(?!\s+of)",
            rf"(?<=\b(?:in|of|by)\s){_YEAR}\s*[-–/]\s*\d\d(?:\d\d)?\b|\b{_YEAR}\s*[-–/]\s*(?:{_YEAR}|\d\d)\b(?!\s*(?:people|men|per))",
            r"\bone\s+(?:another|day\b|of\s+(?:the|these|those|several|many|at)\b)|\b(?:no|any|every|some|each|this|that|which|the)[\s-]one\b|\bone['’]s\b|\bone\s+by\s+one\b|\bat\s+one\s+(?:point|time|stage)\b",
            r"\b(?:number|level|step|phase|day|square|top|plan|chapter|part|act|item|grade|page)\s+(?:one|two|three)\b",
            r"\bone\s+(?:more|other|such|thing|way|side|reason|hand|example|man's|woman's|can|could|should|must|might|would|wonders|knows|big|final|last|last|next|possible|especially|particular)\b",
            r"\b(?:a|the)\s+(?:one|two|three|four|five|six|seven|eight|ten)-(?:time|way|fold|piece|star|tier|party|state|man|woman|person|on|off|line|page|part|point|run|seater|pronged|storey|story|story|door|wheeler|member|legged|strong)\b",
            r"\b(?:two|three|four|five|six|one)-(?:time|way|fold|on-one|off|party|state|thirds\s+majority|star|tier|pronged)\b",
            r"\b\d+(?:\.\d+)?\s*[°º]\s*\d+",
            r"\bunder-\d+s?\b|\b(?:over|under)-(?:\d+|[a-z]+)s\b",
        ]
    ),
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"([\w.№-]+)\s*$")
_YEAR_ONLY = re.compile(r"(?:1[4-9]\d\d|20[0-9]\d)")
_YEAR_LEAD = re.compile(
    r"\b(?:in|since|until|till|by|from|of|for|during|before|after|between|late|early|mid|year|spring|summer|autumn|winter|fall|and|to|back\s+in|through|the|circa|around)\s*$",
    re.IGNORECASE,
)
_COUNTED_AHEAD = re.compile(
    r"\s+(?:(?:[a-z]+(?:ed|al|an|ish|ese|ant|ive|ign)|more|other|new|young|old|armed|local|state|police|army|security|government|rebel|dead|foreign)\s+)?"
    r"(?:[a-z]*(?:s|men|people|ren|dead|wounded|injured|killed|police|staff|personnel|troops|missing))\b(?<!was)(?<!is)(?<!has)(?<!as)(?<!this)",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"[\s,]*([A-Za-z'’-]+)")


@dataclass(frozen=True, slots=True)
class Spans:
    """Sorted spans of a text without overlaps, for quick membership."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def end_at(self, position: int) -> int | None:
        """End of the span that holds the position, if any does."""
        index = bisect_right(self.starts, position) - 1
        return self.ends[index] if index >= 0 and position < self.ends[index] else None


def find_blocked(text: str, near: Sequence[int]) -> Spans:
    """Find the stretches in which no figure may begin: dates, times, codes, phrases with "one".

    near: sorted positions of numbers; nothing is looked for far from them
    """
    spans: list[tuple[int, int]] = []
    for first, last in _zones(near):
        begin = max(first, spans[-1][1] if spans else 0)
        spans += [match.span() for match in _BLOCKED.finditer(text, begin, max(begin, min(last, len(text))))]
    return Spans(tuple(start for start, _ in spans), tuple(end for _, end in spans))


def _zones(near: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Windows around the positions, joined where they meet."""
    first = last = -1
    for position in near:
        if position - ZONE_BEFORE > last:
            if last >= 0:
                yield first, last
            first = max(0, position - ZONE_BEFORE)
        last = position + ZONE_BEHIND
    if last >= 0:
        yield first, last


def is_named(text: str, start: int, end: int) -> bool:
    """Whether the word before makes text[start:end] part of a name: "Channel 24", "Article 5"."""
    match = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    if not match or "\n" in text[max(0, start - 3) : start]:
        return False
    word = match.group(1).lower()
    if match.group(1) in _NAMED_CAPITAL:
        return not _COUNTED_AHEAD.match(text, end)
    if word not in _NAMED:
        return False
    return not (word in _NAMED_LOOSELY or match.group(1).islower()) or not _COUNTED_AHEAD.match(text, end)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the bare four digits text[start:end] are a year rather than a count: "in 2019", "the 1998 quake"."""
    if not _YEAR_ONLY.fullmatch(text[start:end]):
        return False
    leads = bool(_YEAR_LEAD.search(text[max(0, start - 16) : start]))
    return leads or not _COUNTED_AHEAD.match(text, end)


def is_score(text: str, start: int, end: int) -> bool:
    """Whether "3-2" at text[start:end] is a result of a game or a vote."""
    if read_unit(text, start, end) is not None:
        return False
    near: Sequence[str] = re.findall(
        r"[a-z]+", (text[max(0, start - 24) : start] + " | " + text[end : end + 16]).lower()
    )
    return any(word in _SCORE_WORDS for word in near) or not _COUNTED_AHEAD.match(text, end)
