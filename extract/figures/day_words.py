"""Days named against another day: weekdays, "yesterday", "last week", "two days ago", Easter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extract.figures.calendar_words import easter, week_of, windows
from extract.figures.tables import holds_any, small_letters

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SMALL = {
    word: number
    for number, word in enumerate(
        "a one two three four five six seven eight nine ten eleven twelve".split(), start=0  # noqa: SIM905  # reads better
    )
} | {"a": 1, "an": 1, "couple of": 2}  # fmt: skip

_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_HOW = re.compile(r"\b(next|last|this|coming|past)\s+$", re.IGNORECASE)
# Not days of this week: "Black Friday", "Bloody Sunday", "Good Friday" is Easter's.
_NAMED_WEEKDAY = re.compile(r"\b(?:Black|Bloody|Super|Ash|Palm|Good|Holy|Easter|Maundy|Shrove|Cyber|Giving)\s+$")
RELATIVE = re.compile(  # of a text in small letters
    r"\b(?:(?P<today>today|tonight|this\s+(?:morning|afternoon|evening))|(?P<before_yesterday>(?:the\s+)?day\s+before\s+yesterday)"
    r"|(?P<yesterday>yesterday|last\s+night)|(?P<overnight>overnight)|(?P<tomorrow>tomorrow)"
    r"|(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple\s+of)\s+"
    r"(?P<unit>day|week|month|year)s?\s+(?:ago|earlier(?!\s+than))"
    r"|(?P<past>(?:the\s+)?(?:past|last)\s+(?:24|48|72)\s+hours)"
    r"|(?P<side>last|this|next|past)\s+(?P<whole>week|month|year)\b(?!\s*-|\s+(?:or|and)\s+(?:a\s+half|so))"
    r"|(?:over\s+the|at\s+the|last|this|past)\s+(?P<weekend>weekend)"
    r"|(?P<easter>easter|good\s+friday|palm\s+sunday)(?:\s+(?P<easter_day>sunday|monday|saturday))?"
    r"|(?P<feast>christmas\s+(?:day|eve)|new\s+year's\s+(?:day|eve)|boxing\s+day))\b"
)
_RELATIVE_TRIGGER = re.compile(
    r"today|tonight|this\s+(?:morn|aft|eve|week|month|year)|yesterday|last\s+(?:night|week|month|year)|overnight|tomorrow|ago\b|earlier"
    r"|next\s+(?:week|month|year)|past\s+(?:week|month|year|24|48|72)|last\s+(?:24|48|72)|weekend|easter|good\s+friday|palm\s+sunday"
    r"|christmas|new\s+year|boxing"
)
# Of these each of the triggers above has one.
_PERHAPS_RELATIVE = (
    *("day", "night", "this", "last", "tomorrow", "ago", "earlier", "next", "past", "week"),
    *("easter", "christmas", "year", "boxing"),
)
_FEASTS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "boxing day": (12, 26),
}
_NAMES_BEFORE_TODAY = re.compile(r"\b(?:USA|Russia|India|Israel|Nigeria|Pakistan|Business|Psychology)\s+$")
_FORWARD = re.compile(
    r"\b(?:will|won't|shall|upcoming|(?:is|are|was|were)\s+(?:due|set|scheduled|expected|to)|due\s+to|scheduled|set\s+to|plans?\s+(?:to|for)"
    r"|planned|expected\s+to|going\s+to|to\s+be|deadline|'ll|until|till)\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"\b(?:said|told|was|were|had|has|have|did|began|went|came|took|saw|hit|struck|rose|fell|put|gave|made|left|shot|broke|spoke"
    r"|held|met|won|lost|wrote|\w{2,}(?<!e)ed)\b",
    re.IGNORECASE,
)
_VIEW = 70  # characters either side in which the verb that tells future from past is looked for
_STOPS = re.compile(r"[.!?;\n](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Named:
    """One day or span named against another day.

    kind: "weekday" or "relative"
    precision: as in `DayMention`
    """

    start: int
    end: int
    first: date
    last: date
    kind: Literal["weekday", "relative"]
    precision: Literal["day", "interval", "month", "year"]


def find_weekdays(text: str, today: date) -> Iterator[Named]:
    """Weekdays as seen from `today`: the last one, unless the words look forward."""
    for start, end, number, how in weekdays_in(text):
        if how in {"next", "coming"} or (how != "last" and looks_forward(text, start, end)):
            ahead = (number - today.weekday()) % 7
            day = today + timedelta(days=ahead or (7 if how in {"next", "coming"} else 0))
        else:
            back = (today.weekday() - number) % 7
            day = today - timedelta(days=back or (7 if how in {"last", "past"} else 0))
        yield Named(start, end, day, day, "weekday", "day")


def weekdays_in(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Start, end, number (Monday 0) and the word before ("next", "last", "") of every weekday of no fixed feast."""
    small = small_letters(text)
    for match in _WEEKDAY.finditer(small) if "day" in small else ():
        before = text[max(0, match.start() - 9) : match.start()]
        if not before[-1:].isalnum() and not _NAMED_WEEKDAY.search(before):
            how = _HOW.search(before)
            yield match.start(), match.end(), _WEEKDAYS.index(match[0]), how[1].lower() if how else ""


def find_relative(text: str, today: date) -> Iterator[Named]:
    """Words such as "yesterday", "last month", "two weeks ago", "Easter Sunday" as seen from `today`."""
    small = small_letters(text)
    stretches = windows(small, _RELATIVE_TRIGGER, 30) if holds_any(small, _PERHAPS_RELATIVE) else ()
    for match in (match for start, end in stretches for match in RELATIVE.finditer(small, start, end)):
        if match["today"] and _NAMES_BEFORE_TODAY.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        span = _span(match, today)
        if span:
            first, last, precision = span
            yield Named(match.start(), match.end(), first, last, "relative", precision)


def looks_forward(text: str, start: int, end: int) -> bool:
    """Whether the nearest verb before, else behind, puts the day between start and end into the future."""
    before = _STOPS.split(text[max(0, start - _VIEW) : start])[-1]
    forward = max((m.end() for m in _FORWARD.finditer(before)), default=-1)
    backward = max((m.end() for m in _BACKWARD.finditer(before)), default=-1)
    if max(forward, backward) >= 0:
        return forward >= backward
    after = _STOPS.split(text[end : end + _VIEW])[0]
    ahead, past = _FORWARD.search(after), _BACKWARD.search(after)
    return bool(ahead and (past is None or ahead.start() <= past.start()))


def _span(match: re.Match[str], today: date) -> tuple[date, date, Literal["day", "interval", "month", "year"]] | None:
    """First and last day of what the words mean."""
    if match["unit"]:
        return _ago(match["count"], match["unit"], today)
    if match["whole"]:
        return _whole(match["side"], match["whole"], today)
    if match["easter"] or match["feast"]:
        day = _feast(match, today)
        return day, day, "day"
    if match["weekend"]:
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        return saturday, min(saturday + timedelta(days=1), max(today, saturday)), "interval"
    days = {"today": 0, "yesterday": -1, "before_yesterday": -2, "tomorrow": 1}
    for name, shift in days.items():
        if match[name]:
            day = today + timedelta(days=shift)
            return day, day, "day"
    hours = 72 if match["past"] and "72" in match["past"] else 48 if match["past"] and "48" in match["past"] else 24
    return today - timedelta(days=hours // 24), today, "interval"


def _ago(count: str, unit: str, today: date) -> tuple[date, date, Literal["day", "interval", "month", "year"]] | None:
    """The day "two days ago", the week around "two weeks ago", the year "two years ago"."""
    number = int(count) if count.isdigit() else _SMALL[" ".join(count.split())]
    if unit == "day":
        day = today - timedelta(days=number)
        return day, day, "day"
    if unit == "week":
        day = today - timedelta(weeks=number)
        return day - timedelta(days=3), day + timedelta(days=3), "interval"
    if unit == "month":
        months = today.year * 12 + today.month - 1 - number
        first = date(months // 12, months % 12 + 1, 1)
        return first, _next_month(first) - timedelta(days=1), "month"
    year = today.year - number
    return (date(year, 1, 1), date(year, 12, 31), "year") if year > 0 else None


def _whole(side: str, unit: str, today: date) -> tuple[date, date, Literal["day", "interval", "month", "year"]]:
    """Spans: "last week" is the week before, "this year" runs up to today, "past month" is the days just gone."""
    if side == "past":
        length = {"week": 7, "month": 31, "year": 366}[unit]
        return today - timedelta(days=length), today, "interval"
    steps = {"last": -1, "this": 0, "next": 1}[side]
    if unit == "week":
        first, last = week_of(today + timedelta(weeks=steps))
    elif unit == "month":
        months = today.year * 12 + today.month - 1 + steps
        first = date(months // 12, months % 12 + 1, 1)
        last = _next_month(first) - timedelta(days=1)
    else:
        first, last = date(today.year + steps, 1, 1), date(today.year + steps, 12, 31)
    precision: Literal["interval", "month", "year"] = (
        "month" if unit == "month" else "year" if unit == "year" else "interval"
    )
    return first, min(last, today) if side == "this" else last, precision


def _feast(match: re.Match[str], today: date) -> date:
    """The last feast of that name up to today."""
    for year in (today.year, today.year - 1):
        if match["feast"]:
            day = date(year, *_FEASTS[" ".join(match["feast"].split())])
        else:
            named = f"{match['easter']} {match['easter_day'] or ''}".split()
            shift = {"friday": -2, "monday": 1, "saturday": -1}.get(named[-1], -7 if named[0] == "palm" else 0)
            day = easter(year) + timedelta(days=shift)
        if day <= today:
            break
    return day


def _next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
