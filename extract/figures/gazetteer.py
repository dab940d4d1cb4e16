"""The tables of places, ready to look up: countries with their demonyms, regions, cities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TABLES = files("extract.figures") / "tables"


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory, as `tables/countries.tsv` spells it.

    demonyms: adjective and people in the singular, capitalised as in print
    """

    iso: str
    name: str
    other_names: tuple[str, ...]
    demonyms: tuple[str, ...]


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


def _parts(cell: str) -> tuple[str, ...]:
    """The entries of one cell."""
    return tuple(part for part in cell.split(";") if part)
