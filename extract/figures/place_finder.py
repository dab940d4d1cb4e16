"""Finds places in text: names of the gazetteer whose surroundings say that a place is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.figures.gazetteer import PlaceKind
from extract.figures.place_choice import Chosen, choose_places
from extract.figures.place_reader import read_candidates

DATELINE_REACH = 300  # characters from the start of the text within which a dateline stands
# Behind the place: "ALMATY, Jan 6 (Agency) -", "MOSCOW -".
_DATELINE = re.compile(r"(?:,[^\n()\u2014\u2013]{0,40}?)?\s*(?:[(\[][^)\]\n]{2,40}[)\]])?\s*(?:--|\u2013|\u2014|-\s)")


class PlaceMention(NamedTuple):
    """One place as a text names it.

    start, end: character offsets, end exclusive
    name, country, kind: as in `Place`; a former name or a demonym gives the place of today
    is_demonym: the text says "Kazakh" or "Russians", not "Kazakhstan": weaker evidence of where something happened
    is_dateline: where the reporter sits ("MOSCOW, Jan 6 (Agency) -"), not where the news is
    """

    start: int
    end: int
    name: str
    country: str
    kind: PlaceKind
    is_demonym: bool = False
    is_dateline: bool = False


def find_places(text: str) -> list[PlaceMention]:
    """Find every place that the text names, in reading order, without overlaps.

    The whole article at once gives the best reading: its countries tell namesakes apart and accept small towns.
    """
    chosen = choose_places(read_candidates(text))
    first, last = _dateline(text, chosen)
    return [
        PlaceMention(
            start=found.candidate.start,
            end=found.candidate.end,
            name=found.entry.place.name,
            country=found.entry.place.country,
            kind=found.entry.place.kind,
            is_demonym=found.candidate.is_demonym,
            is_dateline=first <= found.candidate.start and found.candidate.end <= last,
        )
        for found in chosen
    ]


def _dateline(text: str, chosen: Sequence[Chosen]) -> tuple[int, int]:
    """Where the first dateline begins and ends; nowhere without one."""
    for found in chosen:
        start, end = found.candidate.start, found.candidate.end
        if start > DATELINE_REACH:
            break
        line = text.rfind("\n", 0, start) + 1
        if not text[line:start].strip(" \"'\u201c(") and (behind := _DATELINE.match(text, end)):
            return line, behind.end()
    return 0, 0
