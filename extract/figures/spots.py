"""Places of a sentence where something may happen, by the words that bind it to them: "in Lima", "Lima's port"."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.figures.places import PlaceMention
from extract.figures.scenes import has_counted, heads_counts
from extract.figures.source_names import kind_of
from extract.figures.tables import word_set

_OF_PLACE = (
    r"the|its|this|southern|northern|eastern|western|central|south|north|east|west|downtown|nearby|neighbou?ring|greater|rural|occupied"
    r"|capital|city|town|village|province|state|region|district|port|of|\w+ern|restive|besieged|coastal|historic|old|new|mainland"
)
_BEFORE_PLACE = re.compile(
    rf"\b([A-Za-z]+)\s+(?:(?:{_OF_PLACE}|\w+['\u2019]s)\s+(?:,\s*)?){{0,5}}$",
    re.IGNORECASE,
)
_BELONGING = re.compile(_OF_PLACE)
_NEAREST = re.compile(r"\s+([A-Za-z]+)(?=[^\w'\u2019])")  # of a text read backwards
_LEFT_FROM = re.compile(r"\b(?:withdr\w+|[a-z]{2,}ing|[a-z]{3,}ed|fled|out|back|away|left)\s+from$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(
    r"\s+(?!(?:and|or|in|on|at|is|was|were|are|has|had|have|said|says|when|while|after|before|as|to|from|with|by|for|of|that|which|where|who|but|if|will|would|since|during|near|amid|alone|itself|late|early|today|yesterday|last|this|left|killed|died)\b)[a-z]+"
)
_BODY_AHEAD = re.compile(
    r"\s+(?:\w+\s+)?(?:police|officials?|authorit\w+|government|mayor|governor|council|court|prosecutors?|spokes\w+|hospital|correspondent|newspaper|daily|office|department|university|times|post|bureau)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['\u2019]s?\s")
_BODY_BEHIND = re.compile(
    r"['\u2019]s?\s+(?:[\w-]+\s+){0,3}(?:ministry|minister|president|government|army|police|parliament|officials?|authorities|forces|navy|prime|foreign|interior|health|defen[cs]e|leader|media|state|central|national|embassy|red)\b",
    re.IGNORECASE,
)
_SITE_BEHIND = re.compile(  # "in Kenyan churches" is in Kenya, "in Kenyan custody" need not be
    r"\s+(?:[a-z]+\s+){0,2}?(?:church|mosque|temple|hotel|cit(?:y|ies)|town|village|hospital|prison|jail|school|port|province|region|territor(?:y|ies)|waters|capital|soil|coast|side\s+of|border|camp|airport|street|market|mine)(?:s|es)?\b",
)
_HEADING = re.compile(r"(?:\s*,[^:.;]{0,60})?:\s")
_BEFORE_HEADING = re.compile(r"\s*(?:[-*\u2022\u2013\u2014]\s*[^:;\d]{0,60}|[^\W\d][^:;\d]{0,60},\s+(?:in\s+)?)")
LOCATIVE = word_set("spots", "locative")


class Spot(NamedTuple):
    """A place of a sentence where something may happen.

    is_locative: words bind something to it: "in Lima"; heads_counts: it opens a line of a list: "Cusco: 388 cases"
    """

    place: PlaceMention
    is_locative: bool
    heads_counts: bool


def spot_at(text: str, place: PlaceMention) -> Spot | None:
    """The place, where words bind something to it; to a people's name only those of a site: "in Kenyan churches"."""
    if place.is_dateline or (place.is_demonym and not _SITE_BEHIND.match(text, place.end)):
        return None
    is_locative = _is_locative(text, place)
    return Spot(place, is_locative, heads_counts(text, place)) if is_locative or has_counted(text, place) else None


def _is_locative(text: str, place: PlaceMention) -> bool:
    """Whether "in", "near", "the city of" or a possessive binds something to the place: "in Lima", "Lima's port"."""
    if _is_in_heading(text, place) or text[place.start : place.end] == "capital":
        return True
    if _POSSESSIVE.match(text, place.end):
        return not _BODY_BEHIND.match(text, place.end)
    before = _word_before(text, place.start)
    if place.kind == "city" and _NOUN_BEHIND.match(text, place.end) and not _BODY_AHEAD.match(text, place.end):
        return True  # "a Lima hall", "the Lima blast"
    if before is None:
        return False
    word, end = before
    if word == "from":  # "withdrew from Peru", not "two men from Peru"
        return _LEFT_FROM.search(text, max(0, place.start - 60), end) is not None
    return word in LOCATIVE


def _word_before(text: str, start: int) -> tuple[str, int] | None:
    """The word before a place and what belongs to the place ("in |the old port of| Lima"), and where it ends."""
    nearest = _NEAREST.match(text[max(0, start - 24) : start][::-1])
    if nearest and not _BELONGING.fullmatch(word := nearest[1][::-1].lower()):
        return word, start - nearest.start(1)  # nearly always: a tenth of the time of the pattern
    before = _BEFORE_PLACE.search(text, max(0, start - 40), start)
    return (before[1].lower(), before.end(1)) if before else None


def _is_in_heading(text: str, place: PlaceMention) -> bool:
    """Whether the place stands before a colon that opens the sentence: "Mill Hall, |Cork|: 9 hurt"."""
    if heads_counts(text, place):
        return True
    if not _HEADING.match(text, place.end) or not _BEFORE_HEADING.fullmatch(text, 0, place.start):
        return False  # a name alone before a colon is a dateline
    return kind_of(text[: place.end]) in ("named", "person")  # "Health Ministry of Peru: 12 dead" names who says it
