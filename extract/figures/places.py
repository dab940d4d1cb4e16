"""Places in news text, for the rest of the project: `find_places`, `main_place`, `place_tree_rows`.

`gazetteer` holds the tables, `place_reader` finds names that places bear, `place_choice` decides which are places and
which of its namesakes each one is.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.figures.gazetteer import Place, PlaceKind, gazetteer, words_of
from extract.figures.place_finder import PlaceMention, find_places

__all__ = ["Place", "PlaceKind", "PlaceMention", "find_places", "leading_place", "main_place", "place_tree_rows"]

TITLE_WEIGHT, LEAD_WEIGHT, TEXT_WEIGHT = 4.0, 2.0, 1.0
DEMONYM_SHARE, DATELINE_SHARE = 0.4, 0.3  # of the weight of a name in the same spot
OWNER_SHARE = 0.5  # "Lebanon's health minister": who speaks
WHERE_SHARE = 2.0  # "in Kazakhstan", "across Kazakhstan": where something happens, not who acts
LEAD_CHARACTERS = 500
TITLE_CITY = 0.7  # share of its country's own weight that a city of the headline needs
CITY_LEAD = 0.6  # share of its country's mentions of towns that one city needs to be the story's place
_WHERE = words_of("where_words")


def main_place(title: str | None, text: str) -> Place | None:
    """Find the most specific place that the story is about; None where no place leads."""
    heading = f"{title}\n" if title else ""
    whole = heading + text
    return leading_place(whole, find_places(whole), title_end=len(heading))


def leading_place(whole: str, mentions: Sequence[PlaceMention], title_end: int) -> Place | None:
    """Find the place that the mentions of title and text speak most of; for callers that have them already.

    The country with the most weight wins, and inside it a city or region that outweighs both the country's own name
    and all other towns; so one city's story has the city, and a country's story with many towns the country.
    """
    weights: dict[Place, float] = {}
    countries: dict[str, float] = {}
    for mention in mentions:
        place, weight = Place(mention.name, mention.country, mention.kind), _weight(whole, mention, title_end)
        weights[place] = weights.get(place, 0.0) + weight
        countries[place.country] = countries.get(place.country, 0.0) + weight
    if not countries:
        return None
    country = min((-weight, name) for name, weight in countries.items())[1]
    whole_country = Place(country, country, "country")
    towns = {place: weight for place, weight in weights.items() if place.country == country and place != whole_country}
    if not towns:
        return whole_country
    place, heaviest = max(towns.items(), key=lambda item: (item[1], item[0].name))
    in_title = any(mention.end <= title_end and mention.name == place.name for mention in mentions)
    needed = weights.get(whole_country, 0.0) * (TITLE_CITY if in_title else 1.0)
    return place if heaviest > needed and heaviest >= CITY_LEAD * sum(towns.values()) else whole_country


def place_tree_rows() -> list[tuple[str, str, int]]:
    """All rows (place, ancestor, depth): each place with itself (0), its region, what lies around that, its country."""
    rows, around = [], gazetteer().around
    for entry in gazetteer().entries:
        line = [
            entry.place.name,
            *around.get(entry.place.name, ()),
            entry.region,
            *around.get(entry.region or "", ()),
            entry.place.country if entry.place.kind != "country" else None,
        ]
        rows += [(entry.place.name, name, depth) for depth, name in enumerate(name for name in line if name)]
    return rows


def _weight(whole: str, mention: PlaceMention, title_end: int) -> float:
    """How much one mention says about where the story is."""
    weight = (
        TITLE_WEIGHT
        if mention.end <= title_end
        else LEAD_WEIGHT
        if mention.start < title_end + LEAD_CHARACTERS
        else TEXT_WEIGHT
    )
    if mention.is_demonym:
        return weight * DEMONYM_SHARE
    if mention.is_dateline:
        return weight * DATELINE_SHARE
    if whole[mention.end : mention.end + 2] in {"'s", "\u2019s"} and mention.kind == "country":
        return weight * OWNER_SHARE
    before = whole[max(0, mention.start - 16) : mention.start].split()
    return weight * (WHERE_SHARE if before and before[-1].lower() in _WHERE else 1.0)
