"""The city that "the capital" stands for: "in the Kenyan capital", or in a story of Kenya "in the capital"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.figures.places import Place, PlaceMention
from extract.figures.tables import load_table

# "the commercial capital", "the state capital" and "a capital city of culture" are other towns.
_THE_CAPITAL = re.compile(
    r"\b(?:in|across|around|throughout|near|outside|inside)\s+"
    r"(?:the\s+(?P<of>[\w ]{2,24}?\s)?|(?P<owner>[A-Z][\w ]{2,24}?)['\u2019]s\s+)capital(?:\s+city)?\b"
    r"(?!\s+(?:of|punishment|region|area|district|province|markets?)\b|,?\s+[A-Z])"
)


def find_capital(text: str, places: Sequence[PlaceMention], main: Place | None) -> PlaceMention | None:
    """The capital that a sentence speaks of without its name; places: those of the sentence, offsets from its start."""
    if "capital" not in text or (found := _THE_CAPITAL.search(text)) is None:
        return None
    start, end = found.span()
    named = [place for place in places if start <= place.start < end]
    if (found["of"] or found["owner"]) and not named:
        return None
    country = named[-1].country if named else main.country if main else None
    city = load_table("capitals")["capitals"].get(country)
    return PlaceMention(end - len("capital"), end, city, country, "city") if city and country else None
