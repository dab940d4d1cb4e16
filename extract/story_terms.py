"""The words by which an article tells what its story is: names and event words, weighted by where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

SCHEME: Final = "stems-1"  # terms and names are stored: another way to weigh or to name wants another
READ_CHARS: Final = 6_000  # news says what it is about at the top; the rest brings in other stories
LEAD_CHARS = 700
TITLE_WEIGHT = 3
LEAD_WEIGHT = 2
MOST_TERMS = 60
NAME_WEIGHT = 1.5
LEAST_LETTERS = 3
LEAST_STEM = 4  # "used" stays "used", "bombed" becomes "bomb"
MOST_COUNTED = 9  # a word said thirty times tells no more than one said nine times

# What makes a word the first of its sentence, if three characters before it tell, and the word.
_WORD = re.compile(
    r"((?:\A\n\s{3}|[.!?:;\n\u201c\u201d\"\u2018(\u2013\u2014\u2022-]\s{0,2})?)([^\W\d_]+(?:[-'\u2019][^\W\d_]+)*)"
)


class Terms(NamedTuple):
    """What an article's words weigh.

    words: its strongest terms, by stem, at most MOST_TERMS; those that it writes as names stand first, each by weight
    weights: of each word; names: how many of the words are names, with a capital inside a sentence
    """

    words: Sequence[str]
    weights: Sequence[float]
    names: int


def story_terms(title: str | None, text: str) -> Terms:
    """The strongest terms of an article. A first line counts as the title where there is none."""
    body = text[:READ_CHARS]
    if not title:
        title, _, body = body.partition("\n")
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for passage, weight, shows_names in (
        (title[:300], TITLE_WEIGHT, False),
        (body[:LEAD_CHARS], LEAD_WEIGHT, True),
        (body[LEAD_CHARS:], 1, True),
    ):
        _count(passage, weight, shows_names=shows_names, counts=counts, capitals=capitals, inside=inside)
    names = frozenset(word for word in counts if capitals[word] * 2 > inside[word])
    weights = {
        word: min(count, MOST_COUNTED) ** 0.5 * (NAME_WEIGHT if word in names else 1.0)
        for word, count in counts.items()
        if len(word) >= LEAST_LETTERS and word not in _common()
    }
    strongest = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_TERMS]
    words = sorted(strongest, key=lambda word: word not in names)
    return Terms(words, [weights[word] for word in words], len(names.intersection(words)))


def _count(
    passage: str, weight: int, *, shows_names: bool, counts: Counter[str], capitals: Counter[str], inside: Counter[str]
) -> None:
    """Add a passage's words; only where sentences are written as sentences do capitals tell a name."""
    for (start, word), times in Counter(_WORD.findall(f"\n{passage}")).items():
        stem = stem_of(word)
        counts[stem] += weight * times
        if shows_names and not start:
            inside[stem] += times
            if word[0].isupper():
                capitals[stem] += times


@lru_cache(maxsize=100_000)  # articles share their words, and so one copy of each
def stem_of(word: str) -> str:
    """Lower case without the commonest English endings: "bombings" meets "bombing", "blast's" meets "blasts"."""
    word = word.lower().replace("\u2019", "'").removesuffix("'s").removesuffix("s'")
    if word.endswith("ies") and len(word) > LEAST_STEM + 1:
        return word[:-3] + "y"
    for ending in ("ers", "ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


@cache
def _common() -> frozenset[str]:
    """Stems of words that stand in news of any kind."""
    text = (files("extract") / "common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem_of(word) for line in lines for word in line.split())
