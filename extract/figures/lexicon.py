"""The measure table made ready to look up: every inflected form with its measure and whose count it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extract.figures.tables import load_table
from extract.figures.words import Word

Role = Literal["object", "subject"]
DENIALS = frozenset({"no", "not", "any", "without", "neither", "nor", "never"})
_VOWELS = "aeiou"
_VERBS = load_table("verbs")
_DOUBLING = set(_VERBS["doubling"]["words"]) - set(_VERBS["doubling"]["not_doubled"])


@dataclass(frozen=True, slots=True)
class VerbSense:
    """One measure that one verb form may speak of.

    particle: words that must stand near behind the verb ("off" of "lay off"), "" for none
    classes: noun classes that may be counted, empty for any the measure allows
    is_participle: the form can be passive: "12 were killed"
    """

    measure: str
    role: Role
    particle: str
    classes: frozenset[str]
    is_participle: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A predicate of several words with the measures it may mean; the word "~" stands for one or two words."""

    words: tuple[str, ...]
    measures: tuple[str, ...]


def verb_forms(base: str) -> tuple[set[str], set[str]]:
    """All forms of a verb, and those that can be a passive participle: "kill" -> {kills, killing …}, {killed}."""
    if base in _VERBS["irregular"]:
        past, participle = (set(forms.split("|")) for forms in _VERBS["irregular"][base])
    else:
        past = participle = {_add_ed(base)}
    return {base, _add_s(base), _add_ing(base)} | past | participle, participle


def _add_s(base: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh|o)$", base):
        return base + "es"
    return base[:-1] + "ies" if _ends_in_y(base) else base + "s"


def _add_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base in _DOUBLING:
        return base + base[-1] + "ed"
    return base[:-1] + "ied" if _ends_in_y(base) else base + "ed"


def _add_ing(base: str) -> str:
    if base in _DOUBLING or base in ("cut", "let", "shed", "put", "hit", "set", "dig"):
        return base + base[-1] + "ing"
    return base[:-1] + "ing" if base.endswith("e") and not base.endswith("ee") else base + "ing"


def _ends_in_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in _VOWELS


@dataclass(frozen=True)
class Lexicon:
    """All trigger words by form; each list is in the table's order, which is the order of preference."""

    verbs: dict[str, tuple[VerbSense, ...]]
    nouns: dict[str, tuple[str, ...]]
    states: dict[str, tuple[str, ...]]
    events: dict[str, tuple[str, ...]]
    totals: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[Phrase, ...]]
    tracked: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon of `tables/measures.toml`, built once a process."""
    verbs: dict[str, list[VerbSense]] = defaultdict(list)
    lists: dict[str, dict[str, list[str]]] = {
        name: defaultdict(list) for name in ("nouns", "states", "events", "totals", "phrases")
    }
    measures = load_table("measures")
    for measure, entry in measures.items():
        for role in ("object", "subject"):
            for verb in entry.get(role, ()):
                _add_verb(verbs, measure, role, verb)
        for name, words in lists.items():
            for word in entry.get(name, ()):
                words[word].append(measure)
    frozen = {name: {word: tuple(found) for word, found in words.items()} for name, words in lists.items()}
    return Lexicon(
        {form: tuple(senses) for form, senses in verbs.items()},
        frozen["nouns"],
        frozen["states"],
        frozen["events"],
        frozen["totals"],
        _index_phrases(frozen["phrases"]),
        frozenset(measure for measure, entry in measures.items() if entry["tracked"]),
    )


def _add_verb(verbs: dict[str, list[VerbSense]], measure: str, role: Role, verb: str) -> None:
    base, _, particle = verb.partition(" ")
    forms, participles = verb_forms(base)
    classes = frozenset(_VERBS["restricted"].get(base, ())) if not particle else frozenset()
    for form in sorted(forms):
        verbs[form].append(VerbSense(measure, role, particle, classes, form in participles))


def _index_phrases(phrases: dict[str, tuple[str, ...]]) -> dict[str, tuple[Phrase, ...]]:
    """Phrases by their first word, longest first."""
    index: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.split()), phrase)):
        words = tuple(phrase.split())
        index[words[0]].append(Phrase(words, phrases[phrase]))
    return {word: tuple(found) for word, found in index.items()}


def match_phrase(words: Sequence[Word], first: int, reach: int) -> Phrase | None:
    """The longest phrase of the table that begins at the word `first` and ends within `reach` words."""
    if first >= len(words) or words[first].low not in lexicon().phrases:
        return None
    phrases = _beginning_with(words[first].low, words[first + 1].low if first + 1 < len(words) else "")
    if not phrases:
        return None
    lows = tuple([word.low for word in words[first : first + reach]])
    return next((phrase for phrase in phrases if _matches(phrase.words, lows)), None)


@lru_cache(maxsize=4096)  # the same pairs of words come again and again, and with most of them no phrase begins
def _beginning_with(first: str, second: str) -> tuple[Phrase, ...]:
    """The phrases that two words may begin, the longest first."""
    seconds = ((), (second,), ("~",))
    return tuple(phrase for phrase in lexicon().phrases[first] if phrase.words[1:2] in seconds)


def _matches(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if "~" not in phrase:
        return words[: len(phrase)] == phrase
    gap = phrase.index("~")
    before, after = phrase[:gap], phrase[gap + 1 :]
    if words[:gap] != before:
        return False
    return any(
        words[gap + width : gap + width + len(after)] == after and DENIALS.isdisjoint(words[gap : gap + width])
        for width in (1, 2)
    )
