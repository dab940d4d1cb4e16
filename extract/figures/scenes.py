"""Where things happened, not where they were said; the place that has counted, or that heads its own counts."""

from __future__ import annotations

import re

from extract.figures.places import PlaceMention
from extract.figures.tables import any_of, holds_any, word_set

_SPEAKING = tuple(sorted(word_set("scenes", "speaking")))
_SPOKEN_IN = re.compile(
    rf"\b(?:{any_of(_SPEAKING)})\b(?:\s+(?!that\b)[\w'\u2019-]+){{0,6}}?\s+(?:in|at|from)\s+(?:the\s+)?$"
)
TOLL_REACH = 90  # characters
_TOLLS = ("toll", "caseload", "number of", "count")
_TOLL_IN = re.compile(
    r"\b(?:toll|caseload|count|number\s+of\s+(?:[\w-]+\s+){1,3}?)\s*(?:in|across|for)\s+(?:the\s+)?$", re.IGNORECASE
)
_BESIDE = re.compile(r"\s(?:as|since|after|when|before|while)\s")
_DAY = r"(?:on|late|early|last|this|[A-Z][a-z]+day|morning|evening|afternoon|night|today|yesterday)"
_THAT = re.compile(rf"(?:\s+{_DAY})*,?\s+that\b")
_REGION = r"(?:\s+(?:[Ss]tate|[Pp]rovince|[Rr]egion|[Dd]istrict|[Cc]ounty|[Pp]refecture|[Gg]overnorate|[Cc]ity))?"
_COUNTING = re.compile(  # "Peru has recorded 12 cases"; "Lima State accounts for 12 of the dead"
    rf"{_REGION}\s+(?:alone\s+)?(?:(?:has|have|had)\s+)?(?:(?:so\s+far|now|already)\s+)?"
    r"(?:recorded|reported|registered|seen|logged|confirmed|counted|suffered|documented|account(?:s|ed)\s+for)\s"
)
_ITS_COUNTS = re.compile(  # "Piura Region: 512 cases", "Cusco: at least two dead"
    rf"{_REGION}:\s+(?:(?:at\s+least|about|around|some|more\s+than|over|nearly|up\s+to)\s+)?(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten)\b)"
)


def is_venue(text: str, place: PlaceMention, offset: int) -> bool:
    """Whether the place before a number is where somebody spoke: "told lawmakers in |Lusaka| that nine had drowned"."""
    if place.start > offset or not holds_any(text[: place.start], _SPEAKING) or not _THAT.match(text, place.end):
        return False
    return _SPOKEN_IN.search(text, max(0, place.start - 90), place.start) is not None


def has_counted(text: str, place: PlaceMention) -> bool:
    """Whether the sentence's count is the place's own: "|Peru| has recorded 12 cases", "the toll in |Peru|"."""
    if place.is_demonym:
        return False
    first = max(0, place.start - TOLL_REACH)
    is_of_toll = holds_any(text[first : place.start].lower(), _TOLLS) and _TOLL_IN.search(text, first, place.start)
    return bool(is_of_toll) or _COUNTING.match(text, place.end) is not None


def is_beside(text: str, place: PlaceMention, offset: int) -> bool:
    """Whether the place behind a number is of another event's clause: "12 deaths since the fever reached |Lima|"."""
    return place.start > offset and _BESIDE.search(text, offset, place.start) is not None


def heads_counts(text: str, place: PlaceMention) -> bool:
    """Whether the place opens a line of a list: "|Cusco|: 388 cases, 11 deaths"; "LIMA: Two men" is a dateline."""
    is_first = not text[: place.start].strip(" -*\u2022\u2013\u2014")
    return is_first and not text[: place.end].isupper() and _ITS_COUNTS.match(text, place.end) is not None


def is_headed(name: str, place: PlaceMention) -> bool:
    """Whether a name before a colon is but that of a place: "|Piura| Region", not "Health Ministry of |Peru|"."""
    return place.start == 0 and re.fullmatch(_REGION, name[place.end :].rstrip()) is not None
