"""The short way to most numbers: plain digits or one word, with nothing behind that tells more of them.

What `numbers` asks of a dozen patterns is known here from the words on both sides; a test holds that both ways agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from extract.figures.amounts import FRACTIONS, ONES, SCALES, TENS
from extract.figures.codes import BLOCKING_WORDS, MONTH_NAMES
from extract.figures.qualifiers import AFTER, LEFT_ENDINGS, VERB_ENDINGS
from extract.figures.refusals import NAMING_WORDS
from extract.figures.tables import any_of
from extract.figures.units import AGE_ENDINGS, SIGN_ENDINGS, WORDS_BEHIND

_LETTERS = re.compile(r"[a-z]+")
_CLOCK_WORDS = ("noon", "midnight", "a", "p", "am", "pm", "o", "gmt", "utc", "hours", "hrs", "local", "est", "edt")
_PARTS = ("halves", *(part + ending for part in FRACTIONS for ending in ("", "s")))
_JOINS = ("to", "and", "or", "through", "till", "in", "out", "block")  # "12 to 15", "3 in 10", "the 600 block of"


def _first_words(phrases: Iterable[str]) -> set[str]:
    return {found.group() for phrase in phrases if (found := _LETTERS.match(phrase))}


# No word but these goes on with an amount, is its unit, hedges it from behind, or makes it a time, a share or a range.
_TELLING_BEHIND = frozenset(
    _first_words([*ONES, *TENS, *SCALES, *_PARTS, *MONTH_NAMES, *WORDS_BEHIND, *AFTER, *_CLOCK_WORDS, *_JOINS])
)
# A stop behind, or a word, but not of "12 times", "12 of March" or "12 men or more".
_BEHIND = rf"(?:[,.](?=\s)| (?!time|fold|of[\s-]+(?:{any_of(MONTH_NAMES)}))([a-z]++)(?!(?:\s[a-z]++)?\s+or\s))"
_DIGITS = re.compile(rf"([1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{0,4}}){_BEHIND}")  # four in a row may be a year or a clock
_WORD = re.compile(rf"([a-z]+){_BEHIND}")
_VALUES = {word: Decimal(value) for word, value in (ONES | TENS).items() if word != "one"}  # "one" is mostly no count

_TELLING_BEFORE = frozenset(word.rstrip(".") for word in (*BLOCKING_WORDS, *NAMING_WORDS, *SIGN_ENDINGS))
_HEDGING = frozenset(word.rstrip(".") for word in (*LEFT_ENDINGS, *VERB_ENDINGS, "the", "a"))
_AGEING = frozenset(AGE_ENDINGS)
REACH = 24  # characters: longer than any word that tells something


def plain_value(small: str, start: int) -> tuple[Decimal, int] | None:
    """Value and end of the number that may begin at `start`, where nothing behind it can say more of it, else None.

    small: a text in small letters
    """
    is_word = small[start].isalpha()
    match = (_WORD if is_word else _DIGITS).match(small, start)
    if match is None or match[2] in _TELLING_BEHIND:
        return None
    if match[2] is None and not (small[start - 1 : start] == " " and small[start - 2 : start - 1].isalpha()):
        return None  # "12. Lamps" in a list
    printed = match[1]
    value = _VALUES.get(printed) if is_word else Decimal(printed.replace(",", ""))
    return None if value is None else (value, match.end(1))


def lead_of(small: str, start: int) -> Literal["", "age", "hedge", "any"]:
    """What the word before a plain number at `start` may make of it; behind a hedge it may be an age too."""
    if start < REACH or small[start - 1] not in " \n":
        return "any"
    before, _, last = small[start - REACH : start].rstrip().rpartition(" ")
    if last[-1:] == ".":
        last = last[:-1]
    if not before or not (last.isascii() and last.isalpha()) or last in _TELLING_BEFORE:
        return "any"
    if last in _HEDGING:
        return "hedge"
    return "age" if last in _AGEING else ""
