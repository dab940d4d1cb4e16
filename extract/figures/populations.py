"""Who is counted: the class of a counted noun in the population tree of `tables/populations.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extract.figures.gazetteer import TABLES, demonym_countries

ROOT = "people"
_WORD = re.compile(r"[a-z0-9]+(?:['\-.][a-z0-9]+)*")
_JOINTS = re.compile(r"\s*(?:,|;|/|\band\b|\bor\b|&|\bas well as\b|\bplus\b)\s*")
_ABBREVIATED_NATIONS = {"u.s": "United States", "us": "United States", "u.k": "United Kingdom", "uk": "United Kingdom"}
LONGEST_PHRASE = 5
LONGEST_NOUN = 400  # characters; what is longer is no noun phrase
SHORTEST_PLURAL = 3


@dataclass(frozen=True, slots=True)
class _Tree:
    """The table, ready to look up."""

    parents: Mapping[str, str]
    nouns: Mapping[tuple[str, ...], str]
    transparent: frozenset[str]
    cuts: frozenset[str]
    disjoint: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=8192)  # the same nouns come again and again
def population_of(counted: str) -> str | None:
    """Find the class of a counted noun as written: "security officers" -> "security_forces"; None for no persons.

    Several nouns give the class that holds them all: "soldiers and guerrillas" -> "people". A nation's people are a
    class each ("Egyptians" -> "nationals of Egypt"), so that two Turks never contradict three Indians.
    """
    classes: list[str] = []
    for part in _JOINTS.split(counted[:LONGEST_NOUN].lower().replace("\u2019", "'")):
        words = _words(part)
        found = _class_of(words) if words else None
        if found is not None:
            classes.append(found)
    if not classes:
        return None
    shared = classes[0]
    for other in classes[1:]:
        shared = _common(shared, other)
    return shared


def population_tree_rows() -> list[tuple[str, str, int]]:
    """All rows (population, ancestor, depth): each class with itself (0), its parent (1) and so on up to people."""
    names = sorted({ROOT, *_tree().parents, *map(_nationals, demonym_countries().values())})
    return [(name, ancestor, depth) for name in names for depth, ancestor in enumerate(_line(name))]


def population_disjoint_rows() -> list[tuple[str, str]]:
    """Pairs of classes that share nobody, both ways round: only these may be added up or held against a sum."""
    tree = _tree()
    below: dict[str, list[str]] = {}
    for name in (ROOT, *tree.parents):
        for ancestor in _line(name):
            below.setdefault(ancestor, []).append(name)
    return sorted(
        {
            (a, b)
            for group in tree.disjoint
            for one in group
            for other in group
            if one != other
            for a in below[one]
            for b in below[other]
        }
    )


def population_examples() -> dict[str, str]:
    """Each class with words of an article that belong to it."""
    return {name: str(entry["example"]) for name, entry in _table()["classes"].items()}


def _class_of(words: tuple[str, ...]) -> str | None:
    """The class of one noun phrase: its head's, or for "members of …" that of the words behind it."""
    tree = _tree()
    cut = next((at for at, word in enumerate(words) if at and word in tree.cuts), len(words))
    head, rest = words[:cut], words[cut + 1 :]
    size = _match_end(head)
    if size and " ".join(head[-size:]) not in tree.transparent:
        return tree.nouns[head[-size:]]
    narrower = _narrower(head[: -size or None] if size else head, head, rest if words[cut : cut + 1] == ("of",) else ())
    if narrower:
        return narrower
    if size:
        return tree.nouns.get(head[-size:], ROOT)
    return _nation(head)


def _narrower(before: tuple[str, ...], head: tuple[str, ...], behind: tuple[str, ...]) -> str | None:
    """The class that the words beside a transparent noun name: "army personnel", "members of the navy"."""
    tree = _tree()
    if head and head[-1] in tree.transparent:
        if behind and (found := _class_of(_without_article(behind))):
            return found
        for end in range(len(before), 0, -1):
            size = _match_end(before[:end])
            if size and tree.nouns[before[end - size : end]] != ROOT:
                return tree.nouns[before[end - size : end]]
        if tree.nouns.get(head[-1:], ROOT) == ROOT:
            return _nation(before)
    return None


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words behind "of" without what may stand before their noun."""
    return words[1:] if words[0] in {"the", "a", "an", "its", "their", "his", "our"} and len(words) > 1 else words


def _match_end(words: tuple[str, ...]) -> int:
    """How many of the last words are a noun of the table; 0 for none."""
    nouns = _tree().nouns
    return next((n for n in range(min(LONGEST_PHRASE, len(words)), 0, -1) if words[-n:] in nouns), 0)


def _nation(words: tuple[str, ...]) -> str | None:
    """The class of a nation's people, where the last words name them."""
    countries = demonym_countries()
    for size in (3, 2, 1):
        noun = " ".join(words[-size:]) if len(words) >= size else ""
        country = countries.get(noun) or _ABBREVIATED_NATIONS.get(noun)
        if country:
            return _nationals(country)
    return None


def _nationals(country: str) -> str:
    """The class of the people of a country."""
    return f"nationals of {country}"


def _common(one: str, other: str) -> str:
    """The lowest class that holds both."""
    line = set(_line(other))
    return next(name for name in _line(one) if name in line)


def _line(name: str) -> Iterator[str]:
    """A class and all that hold it, up to people."""
    parents = _tree().parents
    while True:
        yield name
        if name == ROOT:
            return
        name = parents.get(name, ROOT)


def _words(phrase: str) -> tuple[str, ...]:
    """Lower-case words of a phrase, nouns in the singular."""
    return tuple(_singular(word) for word in _WORD.findall(phrase))


def _singular(word: str) -> str:
    """The singular of an English noun, near enough to look it up."""
    word = word.removesuffix("'s")
    irregular: dict[str, str] = _table()["irregular"]
    if word in irregular:
        return irregular[word]
    for ending, single in (
        ("women", "woman"),
        ("men", "man"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("people", "people"),
    ):
        if word.endswith(ending):
            return word[: -len(ending)] + single
    return (
        word[:-1]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > SHORTEST_PLURAL
        else word
    )


@cache
def _table() -> dict[str, Any]:
    """The file as written."""
    return tomllib.loads((TABLES / "populations.toml").read_text(encoding="utf-8"))


@cache
def _tree() -> _Tree:
    """The table as look-ups; a noun that two classes list stays with the first."""
    classes: dict[str, dict[str, Any]] = _table()["classes"]
    nouns: dict[tuple[str, ...], str] = {}
    for name, entry in classes.items():
        for noun in entry["nouns"]:
            nouns.setdefault(_words(noun), name)
    return _Tree(
        parents={name: str(entry["parent"]) for name, entry in classes.items() if "parent" in entry},
        nouns=nouns,
        transparent=frozenset(_table()["transparent"]),
        cuts=frozenset(_table()["cuts"].split()),
        disjoint=tuple(tuple(group) for group in _table()["disjoint"]),
    )
