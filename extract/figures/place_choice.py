"""Decides which names in a text are places, and which of its namesakes each one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from math import inf, log10
from typing import NamedTuple

from extract.figures.gazetteer import BIG_PEOPLE, Entry, fold, gazetteer, place_names, words_of
from extract.figures.place_reader import Candidate

KNOWN_PEOPLE = 500_000  # a city of this size needs no more evidence than its capital letter
SMALL_PEOPLE = 50_000  # a smaller one needs its country named somewhere in the text
# Weights on top of log10 of the inhabitants: a country named again and again outweighs a hundredfold bigger namesake,
# one named once a tenfold bigger one: every second story names the United States.
COUNTRY_NAMED, REGION_NAMED, MAIN_NAME, IS_COUNTRY, IS_ASKED_FOR = 2.0, 1.5, 0.7, 9.0, 20.0
OFTEN = 3  # mentions of a country that weigh in full
OVERSHADOWED = 0.5  # of the country's weight, for a town with a big city's name: Geneva, Illinois


_CITIES_ALL_THE_SAME = words_of("cities_all_the_same")
_LOWER_WORDS = words_of("lower_words")
_NOT_AFTER_OF = words_of("not_after_of")
_NOT_BEFORE = words_of("not_before")
_PERSONS = words_of("persons")
_PLACE_NOUNS = words_of("place_nouns")
_PLACE_PREPOSITIONS = words_of("place_prepositions")
_REGION_NOUNS = words_of("region_nouns")
_WIDER_WITH_THE = words_of("wider_with_the")
_TAKES_ON = words_of("takes_on")
_STRIKES_ON = words_of("strikes_on")
_TITLES = words_of("titles")
_WORDS = words_of("words")
_NEUTRAL = frozenset().union(*map(words_of, ("neutral_words", "place_nouns", "place_prepositions", "titles")))
_PREFER_REGION = {name.lower(): country for name, country in place_names()["prefer_region"].items()}


class Evidence(IntEnum):
    """How surely a name is meant as a place."""

    AGAINST = 0
    NONE = 1
    LIKELY = 2
    CERTAIN = 3


class Chosen(NamedTuple):
    """A candidate that is a place, and which."""

    candidate: Candidate
    entry: Entry


def choose_places(candidates: Sequence[Candidate]) -> list[Chosen]:
    """The candidates that are places, each with the namesake that fits the text best."""
    evidence = _evidence_of_all(candidates)
    context = _context(candidates, evidence)
    surely = {c.key for c, e in zip(candidates, evidence, strict=True) if e >= Evidence.LIKELY}
    chosen = []
    for at, (candidate, sure) in enumerate(zip(candidates, evidence, strict=True)):
        if _is_accepted(candidate, sure, context, surely):
            is_only = len(candidate.entries) == 1
            entry = candidate.entries[0] if is_only else _best_entry(candidate, _beside(candidates, at), context)
            chosen.append(Chosen(candidate, entry))
    return chosen


def _beside(candidates: Sequence[Candidate], at: int) -> list[Candidate]:
    """The candidates that stand beside one with a comma between: "Dallas, Texas"."""
    behind = [after for after in candidates[at + 1 : at + 2] if after.follows == ", "]
    return [*behind, candidates[at - 1]] if candidates[at].follows == ", " else behind


def _evidence_of_all(candidates: Sequence[Candidate]) -> list[Evidence]:
    """Evidence of each; a name in a list ("in A, B and C") has that of the one before."""
    found: list[Evidence] = []
    for at, candidate in enumerate(candidates):
        evidence = _evidence(candidate)
        if evidence is Evidence.NONE and found and found[-1] is Evidence.CERTAIN and _goes_on(candidate.follows):
            evidence = Evidence.CERTAIN
        after = candidates[at + 1] if at + 1 < len(candidates) else None
        if evidence is not Evidence.AGAINST and after and after.follows == ", " and _lies_in(candidate, after):
            evidence = Evidence.CERTAIN
        found.append(evidence)
    return found


def _goes_on(follows: str | None) -> bool:
    """Whether two names stand in one list."""
    return follows in {", ", " and ", ", and ", " or ", " to "}


def _lies_in(candidate: Candidate, other: Candidate) -> bool:
    """Whether a place of the one name lies in a place of the other: "Dallas, Texas"."""
    holders = {entry.place.name for entry in other.entries if entry.place.kind != "city"}
    return any(entry.region in holders or entry.place.country in holders for entry in candidate.entries)


def _evidence(c: Candidate) -> Evidence:
    """What the words beside a name say."""
    if c.is_demonym:
        is_word = c.is_lower and c.key in _LOWER_WORDS
        is_name = c.key in _PERSONS and (
            _is_strange(c, c.before) or _is_strange(c, c.behind) or c.behind.lower() in _REGION_NOUNS
        )
        return Evidence.AGAINST if is_word or is_name else Evidence.CERTAIN
    before, behind = c.before.lower(), c.behind.lower()
    if _is_part_of_other_name(c, before, behind):
        return Evidence.AGAINST
    is_single = " " not in c.key
    if c.entries[0].place.kind == "country":
        return _country_evidence(c, before)
    if is_single and c.key in _WORDS and not _is_place_for_all_that(c, before):
        return Evidence.AGAINST
    if (is_single and _is_strange(c, c.before)) or before in _TITLES:
        return Evidence.AGAINST
    return _city_evidence(c, before, behind)


def _is_place_for_all_that(c: Candidate, before: str) -> bool:
    """Whether a name that is also a word stands as a big city's: "in Reading" with a capital, amid small letters."""
    is_city = c.key in _CITIES_ALL_THE_SAME and not (c.is_headline or c.is_lower)
    return is_city and before in _PLACE_PREPOSITIONS and not _is_strange(c, c.behind)


def _is_part_of_other_name(c: Candidate, before: str, behind: str) -> bool:
    """Whether the name is a paper's, a club's or a school's, or a wider land's: "Boston Globe", "the Sahel"."""
    if c.key in _WIDER_WITH_THE and before == "the" and behind not in _REGION_NOUNS:
        return True
    if behind in _NOT_BEFORE and c.behind[0].isupper() and not (c.is_headline and behind in {"air", "express"}):
        return True
    return before == "of" and c.before_that.lower() in _NOT_AFTER_OF and c.before_that[:1].isupper()


def _country_evidence(c: Candidate, before: str) -> Evidence:
    """Countries need no evidence, but some are persons' names, and in lower case some are words."""
    if c.is_lower and c.key in _LOWER_WORDS:
        return Evidence.CERTAIN if before in _PLACE_PREPOSITIONS else Evidence.AGAINST
    if c.key in _PERSONS and (_is_strange(c, c.before) or _is_strange(c, c.behind) or before in _TITLES):
        return Evidence.AGAINST
    return Evidence.CERTAIN


def _city_evidence(c: Candidate, before: str, behind: str) -> Evidence:
    """Cities and regions: a preposition or a word like "province" beside them, else their size, speaks for them."""
    people = _most_people(c)
    is_person = c.key in _PERSONS
    nouns = _PLACE_NOUNS
    if behind in nouns or before in nouns or (before == "of" and c.before_that.lower() in nouns):
        return Evidence.CERTAIN
    if _begins_longer_name(c, people, is_person=is_person):
        return Evidence.AGAINST
    if before in _PLACE_PREPOSITIONS:
        return Evidence.NONE if is_person and people < BIG_PEOPLE else Evidence.CERTAIN
    if before == "on" and not c.is_lower:
        return _evidence_of_on(c, is_person=is_person)
    if is_person or c.is_lower:
        return Evidence.AGAINST if c.is_lower else Evidence.NONE
    is_known = people >= KNOWN_PEOPLE or (" " in c.key and people >= BIG_PEOPLE)
    return Evidence.LIKELY if is_known or before == "of" else Evidence.NONE


def _evidence_of_on(c: Candidate, *, is_person: bool) -> Evidence:
    """One is on an island, an attack is on any place; but one may rely on a person called Rhodes."""
    if c.before_that.lower() in _STRIKES_ON and not is_person:
        return Evidence.CERTAIN
    is_island = any(entry.is_island for entry in c.entries)
    return Evidence.CERTAIN if is_island and not (is_person and c.before_that.lower() in _TAKES_ON) else Evidence.NONE


def _begins_longer_name(c: Candidate, people: int, *, is_person: bool) -> bool:
    """Whether the word behind makes the name the first part of another: "Charlotte Smith", "Marion Barracks"."""
    if is_person and c.behind[:1].isupper() and not _is_neutral(c.behind):
        return True
    return " " not in c.key and people < KNOWN_PEOPLE and _is_strange(c, c.behind)


def _is_strange(c: Candidate, neighbour: str) -> bool:
    """Whether a capitalised word stands beside that makes the name part of a longer one: "Paris Hilton"."""
    if not neighbour or c.is_headline or c.is_lower or not neighbour[0].isupper():
        return False
    return not _is_neutral(neighbour)


def _is_neutral(neighbour: str) -> bool:
    """Whether a capitalised word beside a name can stand there without being part of it."""
    return neighbour.lower() in _NEUTRAL


def _context(candidates: Sequence[Candidate], evidence: Sequence[Evidence]) -> dict[str, int]:
    """How often each country and region is named; a city whose namesakes lie in one country counts for that."""
    named: dict[str, int] = {}
    for candidate, sure in zip(candidates, evidence, strict=True):
        if sure < Evidence.LIKELY:
            continue
        first = candidate.entries[0]
        if first.place.kind == "country":
            _count(named, first.place.name)
        elif len({entry.place.country for entry in candidate.entries}) == 1:
            _count(named, first.place.country)
            _count(named, first.place.name if first.place.kind == "admin1" else first.region or "")
    return named


def _count(named: dict[str, int], name: str) -> None:
    named[name] = named.get(name, 0) + 1


def _is_accepted(candidate: Candidate, sure: Evidence, context: Mapping[str, int], surely: set[str]) -> bool:
    """Whether the evidence, with the rest of the text, is enough."""
    if sure is Evidence.AGAINST:
        return False
    if candidate.entries[0].place.kind == "country":
        return True
    is_at_home = any(entry.place.country in context for entry in candidate.entries)
    if sure is Evidence.NONE:
        is_person = candidate.key in _PERSONS
        return candidate.key in surely or (is_at_home and _most_people(candidate) >= BIG_PEOPLE and not is_person)
    return is_at_home or _most_people(candidate) >= SMALL_PEOPLE


def _most_people(candidate: Candidate) -> int:
    """Inhabitants of the biggest place that bears the name."""
    return max([entry.people for entry in candidate.entries])


def _best_entry(candidate: Candidate, beside: Sequence[Candidate], context: Mapping[str, int]) -> Entry:
    """The namesake that the words around, then the text's countries, then its size speak for."""
    asked_for = _asked_for(candidate, beside) if beside else frozenset()
    best, most, best_name = candidate.entries[0], -inf, ""
    for entry, alone in _namesakes(candidate.key):
        points = alone + _points(entry, candidate, context) + (IS_ASKED_FOR if entry.place.name in asked_for else 0)
        if (points, entry.place.name) > (most, best_name):
            best, most, best_name = entry, points, entry.place.name
    return best


def _asked_for(candidate: Candidate, beside: Sequence[Candidate]) -> frozenset[str]:
    """The namesakes of which the names beside tell: where each lies, or what lies in it."""
    holders = {entry.place.name for other in beside for entry in other.entries if entry.place.kind != "city"}
    held = {entry.region for other in beside for entry in other.entries[:1] if other.start < candidate.start}
    return frozenset(
        entry.place.name
        for entry in candidate.entries
        if entry.place.name in held
        or entry.region in holders
        or (entry.place.country in holders and entry.place.kind != "country")
    )


@lru_cache(maxsize=4096)  # the same names come again and again
def _namesakes(key: str) -> tuple[tuple[Entry, float], ...]:
    """The places that bear a name, with what speaks for each in any text: its people, its kind, its main name."""
    return tuple(
        (
            entry,
            log10(entry.people + 1)
            + (IS_COUNTRY if entry.place.kind == "country" else 0)
            + (MAIN_NAME if fold(entry.place.name.partition(",")[0]) == key else 0),
        )
        for entry in gazetteer().by_key[key]
    )


def _points(entry: Entry, candidate: Candidate, context: Mapping[str, int]) -> float:
    """How much a text speaks for a namesake: its country and region are named, the words beside it."""
    place, named = entry.place, context.get(entry.place.country, 0)
    often = (1 + min(named, OFTEN)) / (1 + OFTEN) if named else 0.0
    if place.kind == "city" and entry.people < SMALL_PEOPLE and candidate.entries[0].people >= BIG_PEOPLE:
        often *= OVERSHADOWED
    points = COUNTRY_NAMED * often + 0.1 * min(named, 9)
    points += REGION_NAMED if entry.region and entry.region in context else 0
    return points + (_region_points(entry, candidate) if place.kind == "admin1" else 0)


def _region_points(entry: Entry, candidate: Candidate) -> float:
    """A city is meant before the region of its name, unless the words or the custom say otherwise."""
    nouns = _REGION_NOUNS
    is_called_region = candidate.before.lower() == "of" and candidate.before_that.lower() in nouns
    is_custom = _PREFER_REGION.get(candidate.key) == entry.place.country
    if candidate.behind.lower() in nouns or is_called_region or is_custom:
        return 3.0
    cities = (other.place for other in candidate.entries if other.place.kind == "city")
    return -2.0 if any(city.country == entry.place.country for city in cities) else 0.0
