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
_OWNED = re.compile(r"(?:['\u2019]s)?\s+")  # between a country and "capital"


def with_capital(text: str, places: Sequence[PlaceMention], main: Place | None) -> Sequence[PlaceMention]:
    """The places of a sentence, offsets from its start, with the capital it speaks of in place of its country."""
    if "capital" not in text or (found := _THE_CAPITAL.search(text)) is None:
        return places
    start = text.index(
        "capital", found.end("of") if found["of"] else found.end("owner") if found["owner"] else found.start()
    )
    owner = next((place for place in places if _OWNED.fullmatch(text, place.end, start) and place.end < start), None)
    if found["of"] or found["owner"]:
        country = owner.country if owner and owner.kind == "country" else None
    else:
        country = main.country if main else None
    city = load_table("capitals")["capitals"].get(country)
    if not city or not country:
        return places
    capital = PlaceMention(start, start + len("capital"), city, country, "city")
    return [*(place for place in places if place is not owner), capital]
