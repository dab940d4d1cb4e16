"""Reads text for names that places bear, with the words beside them; whether a place is meant is for `place_choice`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.figures.gazetteer import Entry, countries, demonym_countries, fold, gazetteer, place_names, words_of

TITLE_SHARE = 0.6  # a line with so many capitals is a headline: its capitals tell nothing of names
SHORT_WORD = 4  # words shorter than that stay small in headlines too
LINE_WORDS = 4  # a shorter line tells nothing of how its writer capitalises

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['\u2019`][^\W\d_]+)*")
_INSIDE = re.compile(r"[ \u00a0\u2011-]|\. |, ")  # what may stand between the words of one name
_SENTENCE_END = re.compile(r"[.!?:;\"\u201c\u201d\u2018\u2022\u2026|(\[]")


@dataclass(slots=True)
class Candidate:
    """One name in the text.

    key: the name folded; entries: the places that bear it, or for a demonym its country
    before, behind: the words beside it, "" where more than a space parts them; before_that: the word before "of"
    is_headline: the line's capitals say nothing; is_lower: the name stands in small letters, in a line without capitals
    follows: what stands between it and the candidate before it in the line, None for the line's first
    """

    start: int
    end: int
    key: str
    entries: tuple[Entry, ...]
    is_demonym: bool
    before: str
    before_that: str
    behind: str
    is_headline: bool
    is_lower: bool
    follows: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as words with offsets, possessives cut off."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    is_headline: bool
    is_lower: bool

    def gap(self, at: int) -> str:
        """What stands before the word at that place."""
        return self.text[self.ends[at - 1] : self.starts[at]] if 0 < at < len(self.words) else "\n"

    def word(self, at: int) -> str:
        """That word, "" outside the line."""
        return self.words[at] if 0 <= at < len(self.words) else ""


def read_candidates(text: str) -> list[Candidate]:
    """All names of the gazetteer in a text, the longest at each place, in reading order."""
    found: list[Candidate] = []
    start = 0
    for piece in text.split("\n"):
        if piece:
            found.extend(_read_line(text, start, start + len(piece)))
        start += len(piece) + 1
    return found


def _read_line(text: str, start: int, end: int) -> Iterator[Candidate]:
    """The names of one line."""
    line = _line(text, start, end)
    behind, previous_end = 0, None
    for at, word in enumerate(line.words):
        if at >= behind and (line.is_lower or word[0].isupper()) and (limit := _limit(fold(word))):
            size, candidate = _match(line, at, limit)
            if candidate:
                candidate.follows = None if previous_end is None else text[previous_end : candidate.start]
                previous_end = candidate.end
                yield candidate
            behind = at + size


def _match(line: _Line, at: int, limit: int) -> tuple[int, Candidate | None]:
    """How many words to go on from here, and the longest name that begins here."""
    keys = [fold(line.words[at])]
    while len(keys) < limit and _INSIDE.fullmatch(line.gap(at + len(keys))):
        word = line.words[at + len(keys)]
        if not (word[0].isupper() or line.is_lower or word.lower() in words_of("inner_words")):
            break
        keys.append(f"{keys[-1]} {fold(word)}")
    by_key, demonyms, blocked = gazetteer().by_key, _demonym_entries(), _blocked()
    for size in range(len(keys), 0, -1):
        key = keys[size - 1]
        if key in blocked:
            return size, None
        entries = demonyms.get(key) or by_key.get(key)
        if entries and _has_its_capitals(line, at, key):
            return size, _candidate(line, at, size, key, entries, is_demonym=key in demonyms)
    return 1, None


def _candidate(line: _Line, at: int, size: int, key: str, entries: tuple[Entry, ...], *, is_demonym: bool) -> Candidate:
    """The name with the words beside it."""
    before = line.word(at - 1) if line.gap(at) in {" ", "\u00a0"} else ""
    behind = line.word(at + size) if line.gap(at + size) in {" ", "\u00a0", "'s ", "\u2019s "} else ""
    return Candidate(
        start=line.starts[at],
        end=line.ends[at + size - 1],
        key=key,
        entries=entries,
        is_demonym=is_demonym,
        before=before,
        before_that=line.word(at - 2) if before and line.gap(at - 1) == " " else "",
        behind=behind if line.gap(at + size)[:1] == " " else behind.lower(),  # behind "'s" no capital joins the name
        is_headline=line.is_headline,
        is_lower=line.words[at][0].islower(),
        follows=None,
    )


def _line(text: str, start: int, end: int) -> _Line:
    """Cut one line into words and see how it capitalises."""
    spans = [match.span() for match in _WORD.finditer(text, start, end)]
    words = [text[at:behind] for at, behind in spans]
    starts, ends = [at for at, _ in spans], [behind for _, behind in spans]
    if any(mark in text[start:end] for mark in "'\u2019"):
        words = [_without_possessive(word) for word in words]
        ends = [at + len(word) for at, word in zip(starts, words, strict=True)]
    is_lower = len(words) >= LINE_WORDS and not any(
        word[0].isupper() and at and not _SENTENCE_END.search(text, ends[at - 1], starts[at])
        for at, word in enumerate(words)
    )
    is_sentence = text[end - 1 : end] in ".!?" and not all(word.isupper() for word in words)
    is_headline = len(words) >= LINE_WORDS and not is_sentence and _has_title_capitals(words)
    return _Line(text, words, starts, ends, is_headline, is_lower)


def _has_title_capitals(words: Sequence[str]) -> bool:
    """Whether most of the longer words begin with a capital."""
    long_words = [word for word in words if len(word) >= SHORT_WORD]
    return sum(word[0].isupper() for word in long_words) >= TITLE_SHARE * max(len(long_words), 1)


def _without_possessive(word: str) -> str:
    """The word without "'s"."""
    return word[:-2] if word[-1] in "sS" and word[-2:-1] in {"'", "\u2019"} else word


def _limit(key: str) -> int:
    """How many words the longest name has that begins with this one; 0 for none."""
    return gazetteer().longest.get(key) or (1 if key in _demonym_entries() else 0)


def _has_its_capitals(line: _Line, at: int, key: str) -> bool:
    """Whether a name that is also a word ("us") stands in capitals, and not in "US$40"."""
    if line.text[line.ends[at] : line.ends[at] + 1] == "$":
        return False
    return key not in words_of("capitals") or line.words[at].isupper()


@cache
def _demonym_entries() -> dict[str, tuple[Entry, ...]]:
    """The country by demonym, singular and plural."""
    by_name = {entry.place.name: (entry,) for entry in gazetteer().entries[: len(countries())]}
    found: dict[str, tuple[Entry, ...]] = {}
    for demonym, name in demonym_countries().items():
        key = fold(demonym)
        found[key] = by_name[name]
        found[f"{key[:-3]}men" if key.endswith("man") and key[:-3] not in {"ger", "o", "ro"} else f"{key}s"] = by_name[
            name
        ]
    return found


@cache
def _blocked() -> frozenset[str]:
    """Names that begin like a place and are none."""
    return frozenset(map(fold, place_names()["no_places"]))
