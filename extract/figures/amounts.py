"""One printed amount at one place of a text: digits, words, a mixture, a fraction or a vague plural.

Every text here is in small letters: patterns that need not try both cases are twice as quick, and no letter of another
alphabet passes for one of ours, as a dotless i does where case is ignored.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extract.errors import NotANumber
from extract.figures.tables import any_of, load_table
from extract.figures.units import GLUED_MARK, sign_before

_TABLE = load_table("numbers")
ONES: dict[str, int] = _TABLE["ones"]
TENS: dict[str, int] = _TABLE["tens"]
SCALES: dict[str, int] = _TABLE["scales"]
GLUED: dict[str, int] = _TABLE["glued"]
FRACTIONS: dict[str, str] = _TABLE["fractions"]
_ORDINAL_PARTS = ("third", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_GROUP_SCALES = (12, 100)  # multiply what stands before them; larger scales close a group
MAX_WHOLE = 1000  # "one in 1,000" is still a share
MAX_DIGITS = 18  # a longer run of digits is a code, and would not fit the warehouse's DECIMAL(28, 6)

_WORD = f"{any_of([*ONES, *TENS])}"
_SCALE = any_of(SCALES)
_ARTICLE_SCALES = "hundred|thousand|million|billion|trillion|dozen|lakh|crore|score"
_VAGUE = any_of(_TABLE["vague"])
_SEVERAL = any_of(_TABLE["several"])

START = re.compile(
    rf"(?<![\w])(?=[\dabcdefhlmnost½¼¾⅓⅔.])(?:(?P<digit>\d|[½¼¾⅓⅔]|\.(?=\d))"
    rf"|(?P<several>(?:{_SEVERAL})[\s\-](?:{_SCALE})\b)|(?P<vague>(?:{_VAGUE})\b)"
    rf"|(?P<half>half(?=\s+(?:an?|of|the|its|their|his|her|our|all)\b|[\s-]+(?:{_SCALE})\b|-(?:hour|day|mile|year)))"
    rf"|(?P<fraction>(?:an?|one|two|three|four)[\s\-](?:half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b)"
    rf"|(?P<article>an?[\s\-](?={_ARTICLE_SCALES}\b))|(?P<word>(?:{_WORD})\b))",
)
# The words that what START matches begins with; of an article only where one of the others stands behind it.
_PHRASES = [phrase.split() for phrase in (*_TABLE["vague"], *_TABLE["several"])]
BEGINNINGS = frozenset([*ONES, *TENS, "half", *(words[0] for words in _PHRASES)]) - {"a"}
BEHIND_ARTICLE = frozenset(
    ["half", "halves", *_TABLE["fractions"], *_ARTICLE_SCALES.split("|")]
    + [words[1] for words in _PHRASES if words[0] == "a"]
)
_DIGITS = re.compile(
    r"""(?:
      \d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]\d)      # 1,234,567.8
    | \d{1,2}(?:,\d{2})+,\d{3}(?!\d)               # 1,50,000 as in India
    | \d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)        # 1.234.567,8
    | [1-9]\d{0,2}(?:[\u00a0\u202f\u2009 '\u2019]\d{3})+(?![\d\w])  # 10 000
    | \d+[.,]\d+(?![.,]?\d)                        # 3.5; 92,3
    | \.\d+
    | \d+
    )""",
    re.VERBOSE,
)
_GAPS = re.compile(r"[\s\-]+")
_SPACES = re.compile(r"[\u00a0\u202f\u2009 '\u2019]")
_DECIMAL_COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})")
_PLAIN_NUMBER = re.compile(r"\d*\.?\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_MIXED_FRACTION = re.compile(r"\s?([½¼¾⅓⅔])|\s(\d)/(\d)(?!\d)")
_NEXT_SCALE = re.compile(rf"(?:\s+|-)?({_SCALE})\b(?!\s+of\s+a\b)")
_GLUED_SCALE = re.compile(rf"({'|'.join(sorted(GLUED, key=len, reverse=True))})\b")
_NEXT_WORD = re.compile(rf"(?P<join>(?:\s*-\s*|\s+)(?:and\s+)?)(?P<word>{_WORD}|{_SCALE})\b")
_A_HALF = re.compile(r"\s+and\s+a\s+half\b")
_HALF_SCALE = re.compile(rf"[\s-]+(?:an?\s+)?({_SCALE})\b")
_FRACTION_SCALE = re.compile(rf"\s+of\s+a\s+({_SCALE})\b|[\s-]+({_SCALE})\b")
_OUT_OF = re.compile(
    rf"\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?)\s+(?P<whole>{_WORD}|hundred|\d{{1,4}})\b(?![.,:/-]?\d)"
)


class Amount(NamedTuple):
    """One amount without its qualifier and unit.

    value: null for a vague word, whose `vague` holds hard low, likely low and likely high
    is_share: the value is in per cent ("one in five")
    is_word: spelled, at least in part; scale: what the last scale word multiplied by, 1 where there is none
    """

    start: int
    end: int
    value: Decimal | None
    vague: tuple[Decimal, Decimal, Decimal] | None = None
    is_share: bool = False
    is_word: bool = False
    scale: int = 1


def parse_digits(text: str) -> Decimal:
    """Read one run of digits: "1,234.5", "92,3", "1.200.000", "10 000".

    A lone comma before three digits groups thousands; before one or two it is a decimal comma.
    Raises NotANumber for anything else.
    """
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        return Decimal(text)
    bare = _SPACES.sub("", text)
    if bare.count(".") > 1:
        bare = bare.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    elif _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _PLAIN_NUMBER.fullmatch(bare) or len(bare) > MAX_DIGITS:
        raise NotANumber(f"{text[:40]!r} is no amount")
    return Decimal(bare)


def read_amount(text: str, match: re.Match[str]) -> Amount | None:
    """Read on from a match of START; None where the characters are no amount after all."""
    kind = match.lastgroup
    if kind == "digit":
        return _read_digits(text, match.start())
    if kind == "several":
        return _read_several(match)
    if kind == "vague":
        low, likely_low, likely_high = _TABLE["vague"][_plain(match.group())]
        return Amount(
            match.start(), match.end(), None, (Decimal(low), Decimal(likely_low), Decimal(likely_high)), is_word=True
        )
    if kind in ("half", "fraction"):
        return _read_fraction(text, match)
    return _read_words(text, match)


def _plain(text: str) -> str:
    return _GAPS.sub(" ", text)


def _read_digits(text: str, start: int) -> Amount | None:
    glyphs = _TABLE["glyphs"]
    if text[start] in glyphs:
        return Amount(start, start + 1, Decimal(glyphs[text[start]]))
    match = _DIGITS.match(text, start)
    if not match:
        return None
    try:
        value = parse_digits(match.group())
    except NotANumber:
        return None
    end = match.end()
    if fraction := _MIXED_FRACTION.match(text, end):
        glyph, above, below = fraction.groups()
        if glyph or (below != "0" and int(above) < int(below)):
            value += (
                Decimal(glyphs[glyph]) if glyph else (Decimal(above) / Decimal(below)).quantize(Decimal("0.000001"))
            )
            end = fraction.end()
    return _scaled(text, start, end, value)


def _scaled(text: str, start: int, end: int, value: Decimal) -> Amount:
    """Multiply by the scale words behind digits, and read "3 in 10"."""
    scale, is_word = 1, False
    if glued := _GLUED_SCALE.match(text, end):
        if glued.group() not in ("m", "b") or _reads_as_money(text, start):
            scale, end = GLUED[glued.group()], glued.end()
    else:
        while scale < 10**12 and (word := _NEXT_SCALE.match(text, end)):
            scale, end, is_word = scale * SCALES[word.group(1)], word.end(), True
    if scale == 1 and (share := _out_of(text, start, end, value)):
        return share
    return Amount(start, end, value * scale, is_word=is_word, scale=scale)


def _reads_as_money(text: str, start: int) -> bool:
    """Whether "5m" is five million: behind a currency sign, else it is a length."""
    return text[start - 1 : start] == GLUED_MARK or sign_before(text, start) is not None


def _out_of(text: str, start: int, end: int, value: Decimal) -> Amount | None:
    match = _OUT_OF.match(text, end)
    if not match:
        return None
    word = match["whole"]
    whole = int(word) if word.isdigit() else {**ONES, **TENS, "hundred": 100}[word]
    if not 0 < value < whole or whole > MAX_WHOLE:
        return None
    return Amount(start, match.end(), (value * 100 / whole).quantize(Decimal("0.0001")), is_share=True, is_word=True)


def _read_several(match: re.Match[str]) -> Amount:
    words = _plain(match.group())
    several, _, scale = words.rpartition(" ")
    times = SCALES[scale]
    low, likely_low, likely_high = (Decimal(number * times) for number in _TABLE["several"][several])
    return Amount(match.start(), match.end(), None, (low, likely_low, likely_high), is_word=True, scale=times)


def _read_fraction(text: str, match: re.Match[str]) -> Amount | None:
    words = _plain(match.group()).split()
    if text[max(0, match.start() - 4) : match.start()] == "and ":
        return None  # "a year and a half"
    part = words[-1].rstrip("s").replace("halve", "half")
    times = {"a": 1, "an": 1}.get(words[0], ONES.get(words[0], 1))
    share = min(Decimal(_TABLE["fractions"][part]) * times, Decimal(100))
    scale = (_HALF_SCALE if words == ["half"] else _FRACTION_SCALE).match(text, match.end())
    if scale:
        times_scale = SCALES[next(group for group in scale.groups() if group)]
        return Amount(
            match.start(),
            scale.end(),
            (share * times_scale / 100).quantize(Decimal(1)),
            is_word=True,
            scale=times_scale,
        )
    needs_of = words[0] in ("a", "an", "one") and words[-1] in _ORDINAL_PARTS
    if needs_of and not re.match(r"\s+of\b", text[match.end() : match.end() + 8]):
        return None  # "a third man", "one fifth column"
    return Amount(match.start(), match.end(), share, is_share=True, is_word=True)


def _read_words(text: str, match: re.Match[str]) -> Amount | None:
    """Read number words: "two hundred and fifty", "seventeen thousand", "a dozen", "one and a half million"."""
    first = match.group().strip(" -\n\t")
    total, group, end = 0, 1 if match.lastgroup == "article" else _small(first), match.end()
    last = group if match.lastgroup == "word" else 0
    if match.lastgroup == "article":
        end -= 1  # the blank is part of the next join
    largest = 1
    while word := _NEXT_WORD.match(text, end):
        name = word["word"]
        has_and = "and" in word["join"]
        number = SCALES.get(name) or _small(name)
        if has_and if name in SCALES else not _may_follow(number, last, group, has_and=has_and):
            break
        if name not in SCALES:
            group += number
        elif number in _GROUP_SCALES:
            group *= number
        else:
            total, group = total + group * number, 0
        last, end = number, word.end()
        largest = max(largest, number) if name in SCALES else largest
    value = Decimal(total + group)
    if half := _A_HALF.match(text, end):
        return _scaled(text, match.start(), half.end(), value + Decimal("0.5"))
    if largest == 1 and (share := _out_of(text, match.start(), end, value)):
        return share
    return Amount(match.start(), end, value, is_word=True, scale=largest)


def _small(word: str) -> int:
    return ONES.get(word) or TENS[word]


def _may_follow(number: int, last: int, group: int, *, has_and: bool) -> bool:
    """Whether a number below 100 may stand behind what was read: "twenty-five", "two hundred and five"."""
    if last in (100, 1000, 10**6, 10**9):
        return True
    return not has_and and last in TENS.values() and number in range(1, 10) and group % 10 == 0
