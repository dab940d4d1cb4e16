"""Islands, coasts and historic regions: places that readers know and no government draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.figures.tables import load_table

LEAST_PEOPLE = 500_000  # what has an entry is known to readers, however few live there


@dataclass(frozen=True, slots=True)
class NaturalRegion:
    """One entry of `tables/natural_regions.toml`.

    holds: the first-level regions in it; within: the one that it lies in; both as GeoNames spells them
    """

    name: str
    iso: str
    holds: tuple[str, ...]
    within: str | None
    other_names: tuple[str, ...]

    def people(self, people: Mapping[tuple[str, str], int]) -> int:
        """The people of the regions in it, by ISO code and name."""
        return max(LEAST_PEOPLE, sum(people[self.iso, held] for held in self.holds))


def natural_regions() -> Iterator[NaturalRegion]:
    """All of them by country."""
    for iso, regions in load_table("natural_regions").items():
        for name, entry in regions.items():
            yield NaturalRegion(
                name, iso, tuple(entry.get("holds", ())), entry.get("within"), tuple(entry.get("names", ()))
            )
