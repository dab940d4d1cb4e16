"""Reads one spelling of a name into what can be compared: a person, a body, an acronym or a country."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from anyascii import anyascii

from extract.figures.gazetteer import TABLES, Entry, countries, demonym_countries, fold, gazetteer, words_of

ACRONYM_LETTERS = range(2, 8)
MEDIUM_WORDS = 2  # before "news agency Interfax" stands at most "the Russian"
PLACE_PEOPLE = 100_000  # a smaller place's name in a body's name is as likely another word
_BRACKETS = re.compile(r"\s*\(([^()]{1,40})\)\s*")
_WORDS = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['\u2019`][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['\u2019`]s?$")
_PARTICLES = frozenset({"al", "el", "ul", "ibn"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Transliterations of one sound, in the order in which they are replaced.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"shch|sch", "sh"), (r"dzh|zh", "j"), (r"kh", "h"), (r"tch", "ch"), (r"ph", "f"), (r"ck|q", "k"),
        (r"c(?!h)", "k"), (r"x", "ks"), (r"w", "v"), (r"ou|oo", "u"), (r"ee", "i"), (r"y", "i"), (r"(.)\1+", r"\1"),
        (r"(?<=[aeou])i(?=[aeou])", ""),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameForm:
    """One spelling, read.

    kind: "country" and "acronym" carry `words` of one entry; "other" is what cannot be read
    words: for a person given names and surname as skeletons; for a body its telling words, sorted
    places: countries and cities that a body's name names, as the gazetteer spells them
    initials: first letters of a body's words in order, for acronyms
    acronym: the letters in brackets behind the name, "" for none
    suffix: "jr", "sr" or "" behind a person's name
    is_generic: every place has such a body
    """

    spelling: str
    kind: Literal["person", "body", "acronym", "country", "other"]
    words: tuple[str, ...]
    places: frozenset[str] = frozenset()
    initials: str = ""
    acronym: str = ""
    suffix: str = ""
    is_generic: bool = False


def read_name(spelling: str) -> NameForm:
    """Read one spelling; never raises."""
    bracket = _BRACKETS.search(spelling)
    acronym = bracket[1].strip() if bracket and _is_acronym(bracket[1].strip()) else ""
    bare = _without_medium(_BRACKETS.sub(" ", spelling).strip())
    if country := _country(bare):
        return NameForm(spelling, "country", (country,))
    written = [word for word in map(_plain_word, _WORDS.findall(bare)) if anyascii(word)]
    if not written:
        return NameForm(spelling, "other", (spelling,))
    if len(written) == 1 and _is_acronym(written[0]):
        return NameForm(spelling, "acronym", (written[0].replace(".", ""),))
    return _person(spelling, written) or _body(spelling, [anyascii(word).lower() for word in written], acronym)


def _plain_word(word: str) -> str:
    """A word without possessive and full stop, but "U.N." with both of its own."""
    return word if "." in word[:-1] else _POSSESSIVE.sub("", word).rstrip(".")


def _without_medium(name: str) -> str:
    """A medium's name without what it is: "the Russian news agency Interfax", "Interfax news agency" -> "Interfax"."""
    for end in _media_words():
        if name.endswith(f" {end}") and name[:1].isupper():
            return name[: -len(end) - 1]
        before, found, behind = name.partition(f"{end} ")
        if found and behind[:1].isupper() and len(before.split()) <= MEDIUM_WORDS:
            return behind
    return name


def skeleton(word: str) -> str:
    """How a word sounds, over transliterations: "Toqaev", "Tokayev" -> "tokaev"; "Zhomart", "Jomart" -> "jomart"."""
    sounds = re.sub(r"[^a-z]", "", anyascii(word).lower())
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    return sounds


def _person(spelling: str, written: list[str]) -> NameForm | None:
    """A person's given names and surname behind titles and offices; None where no name, or a body's, is left."""
    words = [anyascii(word).lower() for word in written]
    name_at = max((at for at, word in enumerate(words) if word in _list("titles")), default=-1) + 1
    names, plain = written[name_at:], words[name_at:]
    if not names or not names[0][:1].isupper() or any(_same_english(word) in _list("bodies") for word in plain):
        return None
    suffix = plain[-1] if plain[-1] in _SUFFIXES else ""
    kept = [
        sounds
        for name, word in zip(names, plain, strict=True)
        if (name[:1].isupper() or f"-{name}" in spelling)  # the "un" of "Jong-un"
        and word not in _PARTICLES | _SUFFIXES
        and (sounds := skeleton(word))
    ]
    return NameForm(spelling, "person", tuple(kept), suffix=suffix) if kept else None


def _body(spelling: str, words: list[str], acronym: str) -> NameForm:
    """A body's telling words without places, in no order."""
    places, rest = _without_places(words)
    telling = [_same_english(word) for word in rest if word not in _list("empty")] or rest
    return NameForm(
        spelling,
        "body",
        tuple(sorted(set(telling))),
        frozenset(places),
        initials="".join(word[0] for word in words if word not in _SMALL).upper(),
        acronym=acronym,
        is_generic=all(word in _list("generic") for word in telling),
    )


_SMALL = frozenset({"the", "of", "for", "and", "in", "on", "a", "an", "de", "la"})


def _without_places(words: list[str]) -> tuple[list[str], list[str]]:
    """Names of places in a body's name, and the words besides; a name that is all place keeps its words."""
    places, rest, at = [], [], 0
    while at < len(words):
        size, place = _place(words, at)
        is_title = at + size < len(words) and words[at + size] in words_of("not_before")  # "New York Times"
        if place and not is_title:
            places.append(place)
        else:
            rest.extend(words[at : at + size])
        at += size
    return (places, rest) if any(word not in _list("empty") for word in rest) else ([], words)


def _place(words: list[str], at: int) -> tuple[int, str | None]:
    """The longest place or demonym that begins there: its number of words and name; 1 and None where there is none."""
    for size in (3, 2, 1):
        key = " ".join(words[at : at + size])
        if at + size > len(words):
            continue
        country = demonym_countries().get(key) or demonym_countries().get(key.removesuffix("s"))
        entries: tuple[Entry, ...] = () if country or key in _list("bodies") else gazetteer().by_key.get(fold(key), ())
        big = [entry for entry in entries if entry.place.kind == "country" or entry.people >= PLACE_PEOPLE]
        if country or big:
            return size, country or _first(big).place.name
    return 1, None


def _first(entries: list[Entry]) -> Entry:
    """A country before a city before a region, then the most people."""
    order = {"country": 0, "city": 1, "admin1": 2}
    return min(entries, key=lambda entry: (order[entry.place.kind], -entry.people, entry.place.name))


@cache
def _country_names() -> dict[str, str]:
    """Country by every name it bears, folded."""
    return {fold(name): c.name for c in countries().values() for name in (c.name, *c.other_names)}


def _country(name: str) -> str | None:
    """The country that the whole name is; never one that it only resembles."""
    return _country_names().get(fold(name).removeprefix("the "))


def _is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: "CSTO", "U.N."."""
    letters = word.replace(".", "")
    return len(letters) in ACRONYM_LETTERS and letters.isalpha() and letters.isupper()


def _same_english(word: str) -> str:
    """A word in the one spelling that is compared."""
    return str(_table()["spellings"].get(word, word))


@cache
def _list(name: str) -> frozenset[str]:
    """One list of words of the table."""
    return frozenset(_table()[name].split())


@cache
def _media_words() -> tuple[str, ...]:
    """What a medium is called beside its name, the longest first."""
    return tuple(sorted(_table()["media_ends"], key=lambda words: (-len(words), words)))


@cache
def given_groups() -> dict[str, str]:
    """Skeleton of a given name -> that of the group's first."""
    return {skeleton(name): skeleton(first) for first, others in _table()["given"].items() for name in (first, *others)}


@cache
def _table() -> dict[str, Any]:
    """The file as written."""
    return tomllib.loads((TABLES / "names.toml").read_text(encoding="utf-8"))
