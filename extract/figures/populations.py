"""Who is counted: the class of a counted noun in the population tree of `tables/populations.toml`."""

from __future__ import annotations


def population_of(counted: str) -> str | None:
    """Find the class of a counted noun as written: "security officers" -> "security_forces"; None for no persons."""
    del counted
    return None


def population_tree_rows() -> list[tuple[str, str, int]]:
    """All rows (population, ancestor, depth): each class with itself (0), its parent (1) and so on up to people."""
    return []


def population_disjoint_rows() -> list[tuple[str, str]]:
    """Pairs of classes that share nobody, both ways round: only these may be added up or held against a sum."""
    return []
