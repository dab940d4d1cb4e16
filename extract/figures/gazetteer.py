"""The tables of places, ready to look up: countries with their demonyms, regions, cities."""

from __future__ import annotations

import lzma
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from anyascii import anyascii

from extract.figures.natural_regions import natural_regions, nesting

TABLES = files("extract.figures") / "tables"
PlaceKind = Literal["city", "admin1", "country"]
BIG_PEOPLE = 100_000  # a city of this size owns its name in its country: its region is named otherwise
TOWN_PEOPLE = 50_000  # a Spanish or Arabic article is left off names of towns of this size, not of smaller ones


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
class Entry:
    """One place with what it takes to choose between namesakes.

    people: inhabitants; for a region those of its cities, for a country 0
    region: name of the first-level region that holds a city, else None
    is_island: a region that one is "on": "on Crete"
    """

    place: Place
    people: int
    region: str | None = None
    is_island: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory, as `tables/countries.tsv` spells it.

    demonyms: adjective and people in the singular, capitalised as in print
    """

    iso: str
    name: str
    other_names: tuple[str, ...]
    demonyms: tuple[str, ...]


class _Row(NamedTuple):
    """One row of the gazetteer's table; kind "a" is a region, "c" a city."""

    kind: str
    iso: str
    code: str
    people: int
    name: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places by their folded names.

    by_key: "nur sultan" -> entries, the most populous first
    entries: every place once, countries first
    around: the natural regions around a region, by its name, from the inside out: "Chiba" -> ("Kanto", "Honshu")
    """

    by_key: Mapping[str, tuple[Entry, ...]]
    entries: tuple[Entry, ...]
    around: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=8192)  # the same names come again and again
def fold(name: str) -> str:
    """A name as it is looked up: ASCII letters in lower case, single spaces: "Nur-Sultan" -> "nur sultan"."""
    plain = name if name.isascii() else anyascii(name)
    if plain.isalpha():
        return "st" if plain == "Saint" else plain.lower()
    words = _NOT_LETTERS.sub(" ", _DROPPED.sub("", plain.lower())).split()
    return " ".join("st" if word == "saint" else word for word in words)


_DROPPED = re.compile(r"['`.]")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@cache
def countries() -> dict[str, Country]:
    """All countries by ISO code."""
    lines = (TABLES / "countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {iso: Country(iso, name, _parts(others), _parts(demonyms)) for iso, name, others, demonyms in rows[1:]}


@cache
def demonym_countries() -> dict[str, str]:
    """Country by demonym in lower case and singular: "sri lankan" -> "Sri Lanka"."""
    return {demonym.lower(): country.name for country in countries().values() for demonym in country.demonyms}


@cache
def place_names() -> dict[str, Any]:
    """`tables/place_names.toml` as written."""
    return tomllib.loads((TABLES / "place_names.toml").read_text(encoding="utf-8"))


@cache
def words_of(key: str) -> frozenset[str]:
    """One list of words of `tables/place_names.toml`."""
    return frozenset(place_names()[key].split())


@cache
def gazetteer() -> Gazetteer:
    """Read the tables; takes about half a second, once a process."""
    by_key: dict[str, list[Entry]] = {}
    entries = []
    around: dict[str, tuple[str, ...]] = {}
    for entry, names in _named_entries(around):
        entries.append(entry)
        for key in dict.fromkeys(map(fold, names)):
            if key:
                by_key.setdefault(key, []).append(entry)
    return Gazetteer({key: tuple(found) for key, found in by_key.items()}, tuple(entries), around)


def _named_entries(around: dict[str, tuple[str, ...]]) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Every place with all its names: countries, then regions, natural ones and cities, each by number of people.

    around: filled with the natural regions around each region, from the inside out
    """
    taken = {country.name for country in countries().values()}
    for country in countries().values():
        yield Entry(Place(country.name, country.name, "country"), 0), (country.name, *country.other_names)
    rows = [
        _Row(kind, iso, code, int(people), name, _parts(others)) for kind, iso, code, people, name, others in _rows()
    ]
    cities = [_in_english(row) for row in rows if row.kind == "c" and row.iso in countries()]
    regions: dict[tuple[str, str], str] = {}
    by_name: dict[tuple[str, str], Entry] = {}
    for row, entry, names in _regions(
        [row for row in rows if row.kind == "a" and row.iso in countries()], cities, taken
    ):
        regions[row.iso, row.code] = entry.place.name
        by_name.setdefault((row.iso, row.name), entry)
        yield entry, names
    yield from _natural_entries(by_name, taken, around)
    for row in cities:
        region, country_name = regions.get((row.iso, row.code)), countries()[row.iso].name
        longer = f"{row.name} City" if row.name == country_name else f"{row.name}, {region or country_name}"
        if unique := _unique(row.name, (longer, f"{row.name}, {country_name}"), taken):
            names = (row.name, *row.others, *_without_article(row.name, row.people))
            yield Entry(Place(unique, country_name, "city"), row.people, region), names


def _natural_entries(
    regions: Mapping[tuple[str, str], Entry], taken: set[str], around: dict[str, tuple[str, ...]]
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Sumatra, Lampedusa, Darfur; regions: the first-level ones by country and name in GeoNames."""
    people = {key: entry.people for key, entry in regions.items()}
    names = {key: entry.place.name for key, entry in regions.items()}
    found = list(natural_regions(names))
    for region in found:
        country = countries()[region.iso].name
        longer = f"{region.name}, {country}"
        names[region.iso, region.name] = _unique(region.name, (longer,), taken) or f"{longer} (region)"
    for (iso, inner), outer in nesting(found).items():
        around[names[iso, inner]] = tuple(names[iso, name] for name in outer)
    for region in found:
        place = Place(names[region.iso, region.name], countries()[region.iso].name, "admin1")
        within = names[region.iso, region.within] if region.within else None
        yield Entry(place, region.people(people), within, region.is_island), (region.name, *region.other_names)


def _regions(
    rows: Sequence[_Row], cities: Sequence[_Row], taken: set[str]
) -> Iterator[tuple[_Row, Entry, tuple[str, ...]]]:
    """The first-level regions, told apart from the cities whose name they bear."""
    homes: set[tuple[str, str, str]] = set()
    city_people: dict[str, int] = {}
    for city in cities:
        city_people.setdefault(city.name, city.people)
        homes.add((city.iso, city.code, fold(city.name)))
        if city.people >= BIG_PEOPLE:
            homes.update((city.iso, "", fold(name)) for name in (city.name, *city.others))
    for row in sorted(rows, key=lambda row: (-row.people, row.iso, row.name)):
        key = fold(_base(row.name))
        is_city = (row.iso, row.code, key) in homes or (row.iso, "", key) in homes
        yield row, *_region(row, is_city=is_city, taken=taken, city_people=city_people)


def _region(
    row: _Row, *, is_city: bool, taken: set[str], city_people: Mapping[str, int]
) -> tuple[Entry, tuple[str, ...]]:
    """A first-level region under a name of its own: the region of the city Almaty is "Almaty Region"."""
    country, base = countries()[row.iso].name, _base(row.name)
    is_word = fold(base) in words_of("words")  # the "Central" of "Central Province"
    plain = row.name if is_word else base
    if is_city:
        plain = f"{plain} {'State' if row.iso == 'US' else 'Region'}"
    longer = (f"{plain}, {country}", f"{row.name}, {country}", f"{plain} ({country}, {row.name})")
    first = longer[0] if city_people.get(plain, 0) > row.people else plain  # a bigger city elsewhere keeps the name
    unique = _unique(first, longer, taken) or f"{longer[-1]} {row.people}"
    others = _region_names().get(f"{row.iso} {row.name}", [])
    names = (row.name, plain, *(() if is_word else (base,)), *others)
    is_island = row.name in place_names()["islands"].get(row.iso, ())
    return Entry(Place(unique, country, "admin1"), row.people, is_island=is_island), names


@cache
def _region_names() -> dict[str, list[str]]:
    """Other names of regions by country and name, in ASCII as the gazetteer's table has them."""
    return {anyascii(key): names for key, names in place_names()["regions"].items()}


def _base(name: str) -> str:
    """A region's name without what kind of region it is: "Almaty Oblysy" -> "Almaty"."""
    bare, _, last = name.rpartition(" ")
    return bare if bare and last.lower() in words_of("region_ends") else name


def _unique(name: str, longer: tuple[str, ...], taken: set[str]) -> str | None:
    """The first of the names that no bigger place has taken."""
    for candidate in (name, *longer):
        if candidate not in taken:
            taken.add(candidate)
            return candidate
    return None


def _without_article(name: str, people: int) -> tuple[str, ...]:
    """The name without its article: "Ar Raqqah" is printed as "Raqqah" too."""
    first, _, rest = name.partition(" ")
    return (rest,) if rest and people >= TOWN_PEOPLE and first.lower() in words_of("articles") else ()


def _in_english(row: _Row) -> _Row:
    """The row of a city that English news spells otherwise under that name: Brugge as "Bruges"."""
    english = place_names()["cities"].get(f"{row.iso} {row.name}")
    return row._replace(name=english[0], others=(*english[1:], row.name, *row.others)) if english else row


def _rows() -> list[list[str]]:
    """The rows of the gazetteer's table."""
    text = lzma.decompress((TABLES / "gazetteer.tsv.xz").read_bytes()).decode()
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def _parts(cell: str) -> tuple[str, ...]:
    """The entries of one cell."""
    return tuple(part for part in cell.split(";") if part)
