"""A sentence as words the parser and the rules read: numbers in plain digits, quotes straight, capitals tamed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase

from extract.figures.numbers import Number
from extract.figures.tables import load_table

# The first alternatives take nearly every word and sign, and a blank is given up at once: together half the time of
# those that a stop or an apostrophe needs. Only these try both cases, which makes a set of letters slow.
_TOKEN = re.compile(
    r"[A-Za-z]++(?=[ ,])|\w++(?![.'\u2019])|[^\w\s.'\u2019-]"
    r"|(?i:(?=\S)(?:(?P<clitic>n['\u2019]t\b|['\u2019](?:s|re|ve|ll|d|m)\b)"
    r"|(?:[A-Za-z]\.){2,}|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Gov|Sen|Rep|St|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Corp|Ltd|Co|Msgr|No|vs|etc)\."
    r"|\w+?(?=n['\u2019]t\b)|\w+|\.{2,}|--+|[^\w\s]))",
)
_STAND_INS: dict[str, str] = load_table("words")["words"]["stand_ins"]
_STRAIGHT = str.maketrans(
    {
        "\u201c": '"',
        "\u201d": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\u2018": "'",
        "\u2019": "'",
        "\u2013": "-",
        "\u2014": "-",
        "\u2011": "-",
    }
)
_CAPITALS, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()
_SKIP_OF = re.compile(
    r"[\"\u201d\u2019']?\s+of\s+(?!(?:the|them|these|those|whom|which|his|her|its|their|our|my|an?)\b)", re.IGNORECASE
)
MIN_CAPITALS = 9  # fewer are an acronym
SHOUTING_SHARE = 0.6  # of the letters are capitals: an agency's or a headline's style, not names


@dataclass(slots=True)
class Word:
    """One word of a sentence.

    shown: as the parser sees it; start, end: in the field's text; low: in small letters
    number: index into the sentence's numbers, or -1
    tag: Penn tag; dep: dependency label; head: index of the governor; "" and -1 without the parser
    """

    shown: str
    start: int
    end: int
    low: str
    number: int = -1
    tag: str = ""
    dep: str = ""
    head: int = -1


@dataclass(slots=True)
class Sentence:
    """One sentence of a field with its numbers and words.

    children: of each word, filled with the parse; is_tagged: whether the tagger has seen it
    """

    text: str
    start: int
    numbers: tuple[Number, ...]
    words: list[Word]
    children: list[list[int]] = field(default_factory=list)
    is_tagged: bool = False
    lows: list[str] = field(init=False)  # the words in small letters: the rules look for them by the dozen

    def __post_init__(self) -> None:
        """Set the words apart."""
        self.lows = [word.low for word in self.words]

    @property
    def is_parsed(self) -> bool:
        """Whether the parser has seen it, which it does not where no rule would look at the parse."""
        return bool(self.children)

    def word_of(self, number: int) -> int:
        """Index of the first word that stands for the number."""
        return next(index for index, word in enumerate(self.words) if word.number == number)


def make_sentence(text: str, start: int, end: int, numbers: Sequence[Number]) -> Sentence:
    """Cut text[start:end] into words; each number is one word in plain digits, with its unit as a noun behind it."""
    words: list[Word] = []
    position = start
    is_shouting = _is_shouting(text[start:end])
    for index, number in enumerate(numbers):
        words += _plain_words(text, position, number.start, tame=is_shouting)
        words += _number_words(text, index, number)
        position = max(position, number.end)
        if _takes_of(text, number) and (skip := _SKIP_OF.match(text, number.end)):
            position = skip.end()
    words += _plain_words(text, position, end, tame=is_shouting)
    return Sentence(text[start:end], start, tuple(numbers), words)


def _is_shouting(text: str) -> bool:
    # What is left without them tells how many there are, in a fraction of the time of finding them.
    signs = text.encode("ascii", "replace")
    capitals = len(signs) - len(signs.translate(None, _CAPITALS))
    if capitals < MIN_CAPITALS:
        return False
    return capitals > SHOUTING_SHARE * (len(signs) - len(signs.translate(None, _CAPITALS + _SMALL)))


def _takes_of(text: str, number: Number) -> bool:
    """Whether "of" behind the number may be part of it: "dozens of men", not "three of them"."""
    return number.bounds.value is None and number.unit is None and text[number.end - 1] in "sS"


def _plain_words(text: str, start: int, end: int, *, tame: bool) -> list[Word]:
    if start >= end:
        return []
    found, is_ascii = [], text.isascii()
    for match in _TOKEN.finditer(text, start, end):
        shown = match[0]
        if not is_ascii and not shown.isascii():
            shown = shown.translate(_STRAIGHT)
        if not tame and shown in _STAND_INS:
            shown = _STAND_INS[shown]
        low = shown.lower()
        begins, ends = match.span()
        found.append(Word(low if tame else shown, begins, ends, low))
    return found


def _number_words(text: str, index: int, number: Number) -> list[Word]:
    start, end = number.start, number.end
    if number.is_attributive or number.unit_measure == "age":
        shown = ["old" if number.unit_measure == "age" else "long"]
    else:
        shown = [_shown_amount(text, number)]
        if number.unit == "percent" and not shown[0][0].isalpha():
            shown.append("percent")
        elif number.unit_measure == "money":
            shown.append("dollars")
        elif number.unit:
            shown.append("days" if number.unit_measure == "duration" else "miles")
    return [Word(word, start, end, word, index) for word in shown]


def _shown_amount(text: str, number: Number) -> str:
    core = text[number.core_start : number.core_end].lower()
    if number.is_one or core in ("several", "half"):
        return core
    bounds = number.bounds
    amount = bounds.value if bounds.value is not None else (bounds.high or bounds.likely_low or bounds.low)
    return f"{int(amount):,}" if amount is not None and amount > 1 else "2"
