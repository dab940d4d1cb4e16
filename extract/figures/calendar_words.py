"""Explicit dates as print writes them, read into spans of days; no reference to any day of publication."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extract.figures.tables import holds_any, small_letters

Precision = Literal["day", "interval", "month", "year"]
FIRST_YEAR, LAST_YEAR = 1500, 2199
CENTURY_PIVOT = 40  # "13 nov 89" is 1989, "3 Jan 22" is 2022

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"], start=1)
    for name in names.split()
}  # fmt: skip
# What passes for an i and an s where case is ignored: i without its dot, the dot that a capital leaves behind, long s.
_TWINS = str.maketrans({"\u0131": "i", "\u0307": "", "\u017f": "s"})
# Months that are also words: in lower case they need a year beside them.
_ALSO_WORDS = frozenset({"may", "march", "mar", "jan", "dec", "sep"})
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|\u2013|\u2014|to|and|or|through|until|till)\s*"
_END = r"(?![\d%]|:\d|[.,]\d|\s*(?:million|billion|thousand|per\s?cent|%|[ap]\.?m\b))"
_SEP = r"(?:\s*,\s*|\s+of\s+|\s+)"

_DAY_FIRST = re.compile(
    rf"(?<![\d.,$:/-])(?P<day>{_DAY})(?:{_TO}(?P<last>{_DAY}))?(?:\s+of\s+|\s+|-)(?P<month>{_MONTH})\b\.?"
    rf"(?:(?:,?\s+|-)(?P<year>{_YEAR}|'?\d\d(?=\s*[(\[\u2013\u2014-]|\s*$)){_END})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\b(?:\.\s*|\s+)(?P<day>{_DAY})(?:{_TO}(?P<last>{_DAY})\b)?{_END}"
    rf"(?!\s*(?:-year|{_MONTH}\b\.?\s+{_YEAR}))(?:{_SEP}(?P<year>{_YEAR}){_END})?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\b\.?(?:{_SEP})(?P<year>{_YEAR}){_END}", re.IGNORECASE)
_ISO = re.compile(rf"(?<![\d/-])(?P<year>{_YEAR})[-/](?P<month>0[1-9]|1[0-2])[-/](?P<day>[0-3]\d)(?![\d-]|/\d)")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<a>0?[1-9]|[12]\d|3[01])(?P<mark>[/.])(?P<b>0?[1-9]|[12]\d|3[01])(?P=mark)"
    rf"(?P<year>{_YEAR}|\d\d)(?![\d/]|\.\d)"
)
_BARE_MONTH = re.compile(
    rf"\b(?P<lead>in|since|until|till|from|by|of|during|last|early|mid|late|this|next|end of|through|to|before|after)"
    rf"[\s-]+(?P<month>{_MONTH})\b\.?",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    r"\b(?:in|since|until|till|from|by|during|year|before|after|early|late|mid|through|end of|summer of|winter of"
    r"|spring of|autumn of|fall of|back in|between)[\s-]+(?:the\s+)?"
    r"(?P<year>(?:19|20|21)\d\d)(?P<decade>s)?\b(?![,.]\d|-)"
    r"|\b(?:the|a|its|his|her|their)\s+(?P<attr>(?:19|20|21)\d\d)(?:(?P<attr_decade>s)\b|\b(?=\s+[a-z]))"
    r"|[(](?P<bracket>(?:19|20|21)\d\d)[)]",
    re.IGNORECASE,
)
_TRIGGER = re.compile(
    r"jan(?:uary)?\b|feb(?:ruary)?\b|mar(?:ch)?\b|apr(?:il)?\b|may\b|june?\b|july?\b|aug(?:ust)?\b|sept?(?:ember)?\b"
    r"|oct(?:ober)?\b|nov(?:ember)?\b|dec(?:ember)?\b|\d\d?[-/.]\d\d?[-/.]\d|1[5-9]\d\d|2[01]\d\d"
)
# Of these each of the triggers has one; where a text has none, as most, the look takes a tenth of their time.
_MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIGURES_OF_DATES = re.compile(r"\d(?:\d\d\d|[-/.]\d)")
_REACH = 45  # characters; no date is longer than that on either side of what triggers it
# "in 2000 homes", "the 1900 troops": a number of things, no year.
_COUNTED = re.compile(
    r"\s+(?:people|persons|homes|houses|villages|towns|cities|families|households|men|women|children|troops|soldiers"
    r"|police|officers|workers|jobs|dollars|euros|pounds|kilomet\w+|km|met\w+|miles|feet|tons|tonnes|acres|hectares"
    r"|schools|shops|buildings|cases|votes|hours|days|vehicles|cars|protesters|demonstrators|prisoners)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """One date as written.

    start, end: offsets into the text, end exclusive
    year: None where the writer left it out
    month, day, last_day: None where the date is a whole year or month
    first, last: set where the days need no other knowledge
    """

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    span: tuple[date, date] | None = None

    @property
    def precision(self) -> Precision:
        """How finely it was written."""
        if self.span or self.last_day:
            return "interval"
        return "day" if self.day else "month" if self.month else "year"

    def days(self, year: int) -> tuple[date, date] | None:
        """First and last day in that year; None where there is no such day (29 February)."""
        if self.span:
            return self.span
        try:
            if self.month is None:
                return date(year, 1, 1), date(year, 12, 31)
            if self.day is None:
                return date(year, self.month, 1), date(year, self.month, monthrange(year, self.month)[1])
            first = date(year, self.month, self.day)
            return first, date(year, self.month, self.last_day or self.day)
        except ValueError:
            return None


def find_written(text: str) -> list[Written]:
    """Find all dates written out in a text, in reading order and without overlaps; the longer reading wins."""
    small = small_letters(text)
    if not holds_any(small, _MONTH_STEMS) and not _FIGURES_OF_DATES.search(small):
        return []
    found = [written for start, end in windows(small, _TRIGGER, _REACH) for written in _read_window(text, start, end)]
    kept: list[Written] = []
    for written in sorted(found, key=lambda w: (w.start, -w.end)):
        if kept and written.start < kept[-1].end:
            if _rank(written) > _rank(kept[-1]):
                kept[-1] = written
        else:
            kept.append(written)
    return kept


def windows(small: str, trigger: re.Pattern[str], reach: int) -> Iterator[tuple[int, int]]:
    """Stretches of `reach` characters around what can be part of a date; the slow patterns read nothing else.

    small: the text in small letters
    """
    start = end = -1
    for match in trigger.finditer(small):
        if end < 0:
            start = max(0, match.start() - reach)
        elif match.start() - reach > end:
            yield start, end
            start = match.start() - reach
        end = min(len(small), match.end() + reach)
    if end >= 0:
        yield start, end


def _read_window(text: str, start: int, end: int) -> list[Written]:
    """All dates of one stretch, each by every pattern that reads it."""
    return [*_named_days(text, start, end), *_numbered_days(text, start, end), *_months_and_years(text, start, end)]


def _rank(written: Written) -> tuple[int, int]:
    """The finer and longer of two readings of the same letters is meant."""
    return (written.day is not None or written.span is not None) + (
        written.year is not None
    ), written.end - written.start


def _named_days(text: str, start: int, end: int) -> list[Written]:
    """Dates with a named month and a day: "8 January 2022", "Jan. 5", "AUGUST 5-7, 2020"."""
    found = []
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text, start, end):
            if _is_plain_word(match) or (pattern is _MONTH_FIRST and _is_month_then_number(text, match)):
                continue
            day, last = (int(re.sub(r"\D", "", match[part])) if match[part] else None for part in ("day", "last"))
            written = Written(
                match.start(), match.end(), _year(match["year"]), _month(match["month"]), day,
                last if day and last and last > day else None,
            )  # fmt: skip
            if written.days(written.year or 2000):
                found.append(written)
    return found


def _numbered_days(text: str, start: int, end: int) -> list[Written]:
    """Dates in digits: "2022-01-05", "5.1.2022", and "01/02/2022", which may be January or February."""
    found = []
    for match in _ISO.finditer(text, start, end):
        written = Written(match.start(), match.end(), int(match["year"]), int(match["month"]), int(match["day"]))
        if written.days(int(match["year"])):
            found.append(written)
    for match in _NUMERIC.finditer(text, start, end):
        year = _year(match["year"])
        a, b = int(match["a"]), int(match["b"])
        # With dots the day stands first everywhere; with slashes it depends on the country.
        readings = [(b, a)] if match["mark"] == "." else [(b, a), (a, b)]
        days = sorted({day for month, number in readings if (day := _date(year, month, number))})
        if days and days[0] == days[-1]:
            found.append(Written(match.start(), match.end(), year, days[0].month, days[0].day))
        elif days and (len(match["year"]) > 2 or match["mark"] == "/"):  # noqa: PLR2004  # "1.2.22" is a version or a section
            found.append(Written(match.start(), match.end(), year, span=(days[0], days[-1])))
    return found


def _months_and_years(text: str, start: int, end: int) -> list[Written]:
    """Whole months and years: "August 2021", "in May", "since 2009", "the 1990s"."""
    found = [
        Written(match.start(), match.end(), int(match["year"]), _month(match["month"]))
        for match in _MONTH_YEAR.finditer(text, start, end)
    ]
    found.extend(
        Written(match.start("month"), match.end("month"), None, _month(match["month"]))
        for match in _BARE_MONTH.finditer(text, start, end)
        # "to march", "To March": the verb
        if match["month"][0].isupper()
        and not (match["month"].lower() in {"may", "march"} and match["lead"].lower() == "to")
    )
    for match in _BARE_YEAR.finditer(text, start, end):
        group = next(name for name in ("year", "attr", "bracket") if match[name])
        year = int(match[group])
        if match["decade"] or match["attr_decade"]:
            span = date(year, 1, 1), date(year + 9, 12, 31)
            found.append(Written(match.start(group), match.end(), year, span=span))
        elif not _COUNTED.match(text, match.end(group)):
            found.append(Written(match.start(group), match.end(group), year))
    return found


def _is_plain_word(match: re.Match[str]) -> bool:
    """Whether "may", "march" or "mar" is a word here: lower case and no year."""
    word = match["month"]
    return word.islower() and word in _ALSO_WORDS and not match["year"]


def _is_month_then_number(text: str, match: re.Match[str]) -> bool:
    """Whether "In March 12 people died" names a month and then a number."""
    return match["year"] is None and bool(_LEADING_IN.search(text[max(0, match.start() - 4) : match.start()]))


_LEADING_IN = re.compile(r"\b[Ii]n\s$")


def _month(name: str) -> int:
    """The number of a month."""
    return _MONTHS[name.lower().translate(_TWINS).rstrip(".")]


def _year(digits: str | None) -> int | None:
    """A year of two or four digits."""
    if not digits:
        return None
    number = int(digits.lstrip("'"))
    if len(digits.lstrip("'")) > 2:  # noqa: PLR2004  # two-digit years need a century
        return number
    return number + (2000 if number < CENTURY_PIVOT else 1900)


def _date(year: int | None, month: int, day: int) -> date | None:
    """That day, if the calendar has it."""
    try:
        return date(year or 2000, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Easter Sunday of the western church (Anonymous Gregorian algorithm, Meeus, Astronomical Algorithms, ch. 8)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    skipped_leap, leap = divmod(century, 4)
    moon_fix = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - skipped_leap - moon_fix + 15) % 30
    quarter, rest = divmod(of_century, 4)
    weekday = (32 + 2 * leap + 2 * quarter - moon - rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
