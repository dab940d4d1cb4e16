"""Clauses that tell of an earlier event by its day: "the worst since 2018, when |11| died"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.figures.day_bounds import DayBounds
from extract.figures.day_finder import DayMention
from extract.figures.mentions import Mention
from extract.figures.words import Sentence, Word

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b(?:year|decade|month|century)\b", re.IGNORECASE)
# Behind a day: ", when 11 died", " storm, in which 11 died", " earthquake that killed 11".
_WHEN = re.compile(r"\s*,?\s+(when|(?:in|during|after)\s+which)\b", re.IGNORECASE)
_EVENT_WHICH = re.compile(
    r"(?:\s+[a-z]\w*){1,4}?\s*,?\s+(when|(?:in|during)\s+which|which|that)(?=\s+(?!is\b|are\b|will\b|has\b|have\b)[a-z\d])",
    re.IGNORECASE,
)
_LINK = re.compile(r"when|which|that", re.IGNORECASE)
_COMMA = re.compile(r",\s|;|\s[-\u2013\u2014]+\s|[)\u2014]")
MAX_CLIMB = 30  # words
NEARLY_A_YEAR = 360  # days


def may_tell_earlier(sentence: Sentence) -> bool:
    """Whether a clause may tell of an earlier event, so that a parse decides which numbers stand in it."""
    return _YEAR.search(sentence.text) is not None and _LINK.search(sentence.text) is not None


def earlier_day(mention: Mention, days: Sequence[DayMention]) -> DayBounds | None:
    """The day of the clause in which the number stands, where that clause tells of another event; else None.

    days: those of the sentence, offsets from its start
    """
    sentence = mention.sentence
    if not days or not _YEAR.search(sentence.text):
        return None
    offset = mention.number.start - sentence.start
    for day in reversed(days):
        if day.precision == "day" and day.kind != "explicit":
            continue
        if (day.start < offset and _is_told_behind(mention, day, offset)) or (
            day.start > offset and _is_counted_since(mention, day, offset)
        ):
            return DayBounds(day.first if day.first == day.last else None, day.first, day.last)
    return None


def is_over(bounds: DayBounds, year: int) -> bool:
    """Whether the bounds are a year, or several, before this year."""
    return (
        bounds.earliest is not None
        and bounds.latest is not None
        and (bounds.latest - bounds.earliest).days > NEARLY_A_YEAR
        and bounds.latest.year < year
    )


def _is_told_behind(mention: Mention, day: DayMention, offset: int) -> bool:
    """Read "since 2018, |when a storm killed 11|", "since the 2018 storm, |which killed 11|"."""
    text = mention.sentence.text
    link = _WHEN.match(text, day.end) or (_EVENT_WHICH.match(text, day.end) if day.precision == "year" else None)
    if link is None or link.end() > offset:
        return False
    return _is_in_clause(mention, link.start(1), link.end())


def _is_counted_since(mention: Mention, day: DayMention, offset: int) -> bool:
    """Read "the first since |12| people were killed in 2011"."""
    words = mention.sentence.words
    if day.precision == "day":
        return False
    since = next((at for at in range(mention.word - 1, -1, -1) if words[at].low in ("since", ",", ";")), None)
    if since is None or words[since].low != "since":
        return False
    return not _COMMA.search(mention.sentence.text, offset, day.start)


def _is_in_clause(mention: Mention, start: int, end: int) -> bool:
    """Whether the number belongs to the clause whose link stands at start..end: by no comma between, else the parse."""
    sentence = mention.sentence
    offset = mention.number.start - sentence.start
    if not _COMMA.search(sentence.text, end, offset):
        return True
    return sentence.is_parsed and _hangs_on(mention, sentence.start + start)


def _hangs_on(mention: Mention, start: int) -> bool:
    """Whether the parse hangs the number on the verb that the link at the field's offset belongs to."""
    words = mention.sentence.words
    link = next((at for at, word in enumerate(words) if word.start >= start), None)
    if link is None:
        return False
    verb = next((at for at in _line(words, link) if words[at].tag[:2] in ("VB", "MD")), None)
    return verb is not None and verb > link and verb in _line(words, mention.head)


def _line(words: Sequence[Word], position: int) -> Iterator[int]:
    """The governors of a word, the nearest first."""
    for _ in range(MAX_CLIMB):
        above = words[position].head
        if above in (-1, position):
            return
        position = above
        yield position
