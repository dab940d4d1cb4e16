"""Places in news text: cities, first-level regions and countries, by one table in `tables/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal["city", "admin1", "country"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    name: unique in the gazetteer; of two cities of one name the smaller is "Paris, Texas"
    country: the country's name; for a country its own
    """

    name: str
    country: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceMention:
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
    """Find every place that the text names, in reading order, without overlaps."""
    del text
    return []


def main_place(title: str | None, text: str) -> Place | None:
    """Find the most specific place that the story is about; None where no place leads."""
    del title, text
    return None


def place_tree_rows() -> list[tuple[str, str, int]]:
    """All rows (place, ancestor, depth): each place with itself (0), its region and its country."""
    return []
