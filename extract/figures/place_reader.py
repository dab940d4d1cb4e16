"""Reads text for names that places bear, with the words beside them; whether a place is meant is for `place_choice`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from string import ascii_lowercase
from typing import NamedTuple

from extract.figures.capital_words import CAPITALISED, capitals_of, cases_of, is_any_amid
from extract.figures.gazetteer import Entry, countries, demonym_countries, fold, gazetteer, place_names, words_of

TITLE_SHARE = 0.6  # a line with so many capitals is a headline: its capitals tell nothing of names
SHORT_WORD = 4  # words shorter than that stay small in headlines too
LINE_WORDS = 4  # a shorter line tells nothing of how its writer capitalises
_INNER_WORDS = words_of("inner_words")
_INNER_INITIALS = frozenset(word[0] for word in _INNER_WORDS)
_CAPITALS = words_of("capitals")
_WORDS = words_of("words")
LONGEST_WORD = 64  # characters to look back for a word's beginning: a line without blanks is looked through once

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['\u2019`][^\W\d_]+)*")
_INSIDE = re.compile(rf"(?:[ \u00a0\u2011-]|\. |, )({_WORD.pattern})")  # the next word of one name
_LETTERS = re.compile(r"[A-Za-z]+")
_BEHIND = re.compile(rf"((?:['\u2019]s)? |\u00a0)({_WORD.pattern})")
_JOINTS = "'\u2019`."  # behind letters: the word may go on
_APOSTROPHES = "'\u2019`"
_BLANKS = " \u00a0"
_SENTENCE_STOPS = frozenset(".!?")
_CLOSING = " \"'\u201d\u2019)]"  # may stand behind the stop of a sentence
_WORDS_APART = "".join(sign if sign in ascii_lowercase else " " for sign in map(chr, range(128)))  # a blank for others
_JOINED = re.compile(r"[a-z]['`](?!(?:[smdt]|re|ll|ve)\b)[a-z]")
_SMALL_LETTERS = re.compile(r"[a-z]{2}")
_DOTTED = re.compile(r"\.[A-Za-z]\.")


@dataclass(slots=True)
class Candidate:
    """One name in the text.

    key: the name folded; entries: the places that bear it, or for a demonym its country
    before, behind: the words beside it, "" where more than a space parts them
    before_that: the word before an "of" or "on"
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


class _Beginning(NamedTuple):
    """What names begin with one word.

    is_name, is_name_in_small: the word alone is one, in small letters too
    longest: words of the longest; seconds: the second words of those of several words
    openings: a blank and the letter, as printed, with which a second word begins where the line has its capitals
    """

    is_name: bool
    is_name_in_small: bool
    longest: int
    seconds: frozenset[str]
    openings: frozenset[str]


@dataclass(slots=True)
class _Line:
    """One line of a text: where it stands and how it capitalises.

    is_lower: no capital but those of its sentences' beginnings, so names may stand in small letters
    """

    text: str
    start: int
    end: int
    is_lower: bool
    headline: bool | None = None

    @property
    def is_headline(self) -> bool:
        """Whether its capitals say nothing of names; most lines are never asked."""
        if self.headline is None:
            self.headline = _is_headline(self.text, self.start, self.end)
        return self.headline


def read_candidates(text: str) -> list[Candidate]:
    """All names of the gazetteer in a text, the longest at each place, in reading order."""
    found: list[Candidate] = []
    start = 0
    cases = cases_of(text)
    for piece in text.split("\n"):
        if piece:
            found += _read_line(text, cases, start, start + len(piece))
        start += len(piece) + 1
    return found


def _read_line(text: str, cases: bytes, start: int, end: int) -> list[Candidate]:
    """The names of one line; cases: the text as `cases_of` leaves it."""
    beginnings: Iterable[tuple[int, str]]
    beginnings, is_amid = _capitalised(text, cases, start, end)
    is_lower = False
    if not is_amid:
        may_be_small = _may_name_in_small(text[start:end].lower())
        if not beginnings and not may_be_small:
            return []
        is_lower = len(list(islice(_WORD.finditer(text, start, end), LINE_WORDS))) == LINE_WORDS
        is_cut_otherwise = _is_cut_otherwise(text[start:end])
        if is_lower and (may_be_small or is_cut_otherwise):
            beginnings = _in_any_case(text, start, end, is_cut_otherwise=is_cut_otherwise)
    line = _Line(text, start, end, is_lower)
    found: list[Candidate] = []
    behind = start
    for at, word in beginnings:
        if at >= behind:
            behind, candidate = _match(line, at, word)
            if candidate:
                candidate.follows = text[found[-1].end : candidate.start] if found else None
                found.append(candidate)
    return found


def _capitalised(text: str, cases: bytes, start: int, end: int) -> tuple[list[tuple[int, str]], bool]:
    """Capitalised words of a line that may begin a name, and whether a capital stands amid a sentence."""
    capitals = capitals_of(text, cases, start, end)
    found: list[tuple[int, str]] = []
    for at, behind in capitals:
        if not _may_begin(text[at : behind + 2]):
            continue
        word = text[at:behind] if text[behind : behind + 1] not in _JOINTS else _word_at(text, at)
        beginning = _beginning(word)
        if beginning is None or not (beginning.is_name or _goes_on(text, at + len(word), end, beginning)):
            continue
        if text[at - 1 : at] in _APOSTROPHES and at - start > 1 and text[at - 2].isalpha():
            continue  # "d'Ivoire": the word begins before
        found.append((at, word))
    return found, is_any_amid(text, cases, start, end, capitals)


def _may_name_in_small(line: str) -> bool:
    """Whether a line without capitals can hold a name at all: one look at the set of its words, for most hold none."""
    if not line.isascii() or (("'" in line or "`" in line) and _JOINED.search(line)):
        return True
    words, beginnings = set(line.translate(_WORDS_APART).split()), _beginnings()
    return "saint" in words or any(
        beginnings[word].is_name_in_small or not beginnings[word].seconds.isdisjoint(words)
        for word in words & beginnings.keys()
    )


def _is_cut_otherwise(line: str) -> bool:
    """Whether some word of a line may be more than a run of ASCII letters: "u.k.", "don't"."""
    return not line.isascii() or "'" in line or "`" in line or _DOTTED.search(line) is not None


def _in_any_case(text: str, start: int, end: int, *, is_cut_otherwise: bool) -> Iterator[tuple[int, str]]:
    """Words of a line that may begin a name, with where they begin; in small letters too."""
    for match in (_WORD if is_cut_otherwise else _LETTERS).finditer(text, start, end):
        beginning = _beginning(match[0])
        if beginning and (
            (beginning.is_name_in_small if match[0][0].islower() else beginning.is_name)
            or (beginning.seconds and _goes_on(text, match.end(), end, beginning))
        ):
            yield match.start(), _bare(match[0])


def _goes_on(text: str, behind: int, end: int, beginning: _Beginning) -> bool:
    """Whether the next word is the second of a name that begins so."""
    following = _INSIDE.match(text, behind, end)
    return following is not None and fold(_bare(following[1])) in beginning.seconds


def _word_at(text: str, at: int) -> str:
    """The word that begins there, without "'s"."""
    match = _WORD.match(text, at)
    return _bare(match[0]) if match else ""


def _is_headline(text: str, start: int, end: int) -> bool:
    """Whether most of the longer words of a line begin with a capital, and it is no sentence."""
    is_sentence = text[start:end].rstrip(_CLOSING)[-1:] in _SENTENCE_STOPS
    if is_sentence and _SMALL_LETTERS.search(text, start, end):
        return False
    words = [_bare(word) for word in _WORD.findall(text, start, end)]
    if len(words) < LINE_WORDS or (is_sentence and not all(word.isupper() for word in words)):
        return False
    long_words = [word for word in words if len(word) >= SHORT_WORD]
    return sum(word[0].isupper() for word in long_words) >= TITLE_SHARE * max(len(long_words), 1)


def _match(line: _Line, at: int, word: str) -> tuple[int, Candidate | None]:
    """Where to go on from here, and the longest name that begins with the word here."""
    beginning = _beginning(word)
    keys, ends = [fold(word)], [at + len(word)]
    for _ in range(beginning.longest - 1 if beginning else 0):
        following = _INSIDE.match(line.text, ends[-1], line.end)
        if not following:
            break
        word = _bare(following[1])
        if not (word[0].isupper() or line.is_lower or word.lower() in _INNER_WORDS):
            break
        keys.append(f"{keys[-1]} {fold(word)}")
        ends.append(following.start(1) + len(word))
    by_key, demonyms, blocked = gazetteer().by_key, _demonym_entries(), _blocked()
    for key, end in zip(reversed(keys), reversed(ends), strict=True):
        if key in blocked:
            return end, None
        if line.text[at].islower() and key in _WORDS and key not in demonyms:
            continue
        entries = demonyms.get(key) or by_key.get(key)
        if entries and _has_its_capitals(line.text[at : ends[0]], line.text[ends[0] : ends[0] + 1], key):
            return end, _candidate(line, at, end, key, entries, is_demonym=key in demonyms)
    return ends[0], None


def _candidate(line: _Line, at: int, end: int, key: str, entries: tuple[Entry, ...], *, is_demonym: bool) -> Candidate:
    """The name with the words beside it."""
    text = line.text
    before, begins = _word_before(line, at)
    following = _BEHIND.match(text, end, line.end)
    behind = _bare(following[2]) if following else ""
    return Candidate(
        start=at,
        end=end,
        key=key,
        entries=entries,
        is_demonym=is_demonym,
        before=before,
        before_that=_word_before(line, begins)[0]
        if before.lower() in {"of", "on"} and text[begins - 1 : begins] == " "
        else "",
        # Behind "'s" no capital joins the name.
        behind=behind if following and following[1] == " " else behind.lower(),
        is_headline=line.is_headline,
        is_lower=text[at].islower(),
        follows=None,
    )


def _word_before(line: _Line, at: int) -> tuple[str, int]:
    """The word before the blank before that place and where it begins; "" where more than a blank parts them."""
    text, blank = line.text, at - 1
    if blank <= line.start or text[blank] not in _BLANKS:
        return "", at
    floor = max(line.start, blank - LONGEST_WORD)
    begins = max(text.rfind(" ", floor, blank), text.rfind("\u00a0", floor, blank)) + 1 or floor
    word = text[begins:blank]
    if word.isalpha():
        return word, begins
    parts = list(_WORD.finditer(text, begins, blank))
    if not parts or parts[-1].end() != blank or _bare(parts[-1][0]) != parts[-1][0]:
        return "", at
    return parts[-1][0], parts[-1].start()


def _bare(word: str) -> str:
    """The word without "'s"."""
    return word[:-2] if word[-1] in "sS" and word[-2:-1] in {"'", "\u2019"} else word


@lru_cache(maxsize=8192)  # the same words come again and again
def _beginning(word: str) -> _Beginning | None:
    """What names begin with the word as printed."""
    return _beginnings().get(fold(_bare(word)))


@lru_cache(maxsize=8192)  # the same words come again and again, and most that begin a name stand before small letters
def _may_begin(printed: str) -> bool:
    """Whether a name may begin with a capitalised word; printed: the word and the two signs behind it.

    That the second word's letter tells takes a tenth of the time of `_goes_on`.
    """
    match = CAPITALISED.match(printed)
    word, behind = (match[0], printed[match.end() :]) if match else ("", "")
    if behind[:1] in _JOINTS:
        return True
    beginning = _beginning(word)
    if beginning is None or beginning.is_name or behind in beginning.openings:
        return beginning is not None
    return (behind[:1] != " " or not behind.isascii()) and bool(beginning.seconds)


@cache
def _beginnings() -> dict[str, _Beginning]:
    """What names begin with each first word, folded."""
    seconds: dict[str, set[str]] = {}
    sizes: dict[str, int] = {}
    keys = {*gazetteer().by_key, *_demonym_entries(), *_blocked()}
    for key in keys:
        first, *rest = key.split()
        seconds.setdefault(first, set()).update(rest[:1])
        sizes[first] = max(sizes.get(first, 0), 1 + len(rest))
    return {
        first: _Beginning(
            first in keys,
            first in keys and (first not in _WORDS or first in _demonym_entries()),
            sizes[first],
            frozenset(found),
            _openings({second[0] for second in found}),
        )
        for first, found in seconds.items()
    }


def _openings(letters: set[str]) -> frozenset[str]:
    """Behind a blank the letters as capitals, and those with which a word begins that stays small within a name."""
    return frozenset(f" {letter}" for letter in {letter.upper() for letter in letters} | (letters & _INNER_INITIALS))


def _has_its_capitals(word: str, sign: str, key: str) -> bool:
    """Whether a name that is also a word ("us") stands in capitals, and not in "US$40"."""
    return sign != "$" and (key not in _CAPITALS or word.isupper())


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
