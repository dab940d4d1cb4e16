"""Islands, coasts and historic regions: places that readers know and that no table of first-level regions holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.errors import FactError
from extract.figures.tables import load_table

LEAST_PEOPLE = 500_000  # what has an entry is known to readers, however few live there


@dataclass(frozen=True, slots=True)
class NaturalRegion:
    """One entry of `tables/natural_regions.toml`.

    holds: the first-level regions in it; within: the one that it lies in; both as GeoNames spells them
    part_of: the natural region of the same table that it lies in and that says the rest
    is_island: one is "on" it
    """

    name: str
    iso: str
    holds: tuple[str, ...]
    within: str | None
    other_names: tuple[str, ...]
    part_of: str | None = None
    is_island: bool = False

    def people(self, people: Mapping[tuple[str, str], int]) -> int:
        """The people of the regions in it, by ISO code and name."""
        return max(LEAST_PEOPLE, sum(people[self.iso, held] for held in self.holds))


def natural_regions(regions: Collection[tuple[str, str]]) -> Iterator[NaturalRegion]:
    """All of them by country.

    regions: the first-level ones by ISO code and name
    Raises FactError where an entry names a region that is none.
    """
    for iso, entries in load_table("natural_regions").items():
        for name, entry in entries.items():
            holds, within = tuple(entry.get("holds", ())), entry.get("within")
            part_of = within if within in entries and within != name else None
            within = entries[part_of].get("within") if part_of else within
            for other in (*holds, *([within] if within else [])):
                if (iso, other) not in regions:
                    raise FactError(f"natural_regions.toml: [{iso}] {name!r} names {other!r}, no region of {iso}")
            names, is_island = tuple(entry.get("names", ())), bool(entry.get("island"))
            yield NaturalRegion(name, iso, holds, within, names, part_of, is_island)


def nesting(found: Sequence[NaturalRegion]) -> dict[tuple[str, str], list[str]]:
    """The natural regions around each region by ISO code and name, from the inside out.

    One lies in another that holds all its regions and more: whatever Kanto holds lies in Honshu.
    """
    around: dict[tuple[str, str], list[str]] = {}
    for outer in sorted(found, key=lambda region: (len(region.holds), region.name)):
        for held in outer.holds:
            around.setdefault((outer.iso, held), []).append(outer.name)
        for inner in found:
            is_inside = inner.iso == outer.iso and inner.holds and set(inner.holds) < set(outer.holds)
            if is_inside or (inner.iso == outer.iso and inner.part_of == outer.name):
                around.setdefault((inner.iso, inner.name), []).append(outer.name)
    return around
