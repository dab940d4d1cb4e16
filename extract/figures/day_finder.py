"""Days in news text: explicit dates, weekdays and words like "yesterday", as intervals of days."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from extract.figures.calendar_words import FIRST_YEAR, Written, find_written
from extract.figures.day_words import find_relative, find_weekdays, looks_forward

Precision = Literal["day", "interval", "month", "year"]

ANCHOR_REACH = (
    600  # characters between a weekday and the date that places it, where nothing tells the day of publication
)
AHEAD_DAYS = 3  # a date without a year that lies further ahead and is not announced belongs to the year before
DATELINE_REACH = 160  # characters from the start within which a dateline or date line stands
# "ALMATY, Jan 6 (Agency) -" and "January 8, 2022 at 5:24 pm" alone on a line tell the day of publication.
_BEHIND_DATELINE = re.compile(
    r"\s*(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d\d[^\n]{0,20}|[(\[]\w[^)\]\n]{1,30}[)\]])?\s*(?:--?|\u2013|\u2014|\n|$)"
)


@dataclass(frozen=True, slots=True)
class DayMention:
    """One day or span of days as a text names it.

    start, end: character offsets, end exclusive
    first, last: the days between which it lies, both included; equal for a day
    precision: "interval" is several days ("last week", "01/02/2022" read both ways)
    kind: "explicit" carries its own date, "weekday" and "relative" were resolved against the day of publication
    """

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    kind: Literal["explicit", "weekday", "relative"] = "explicit"


def find_days(text: str, published: date | None) -> list[DayMention]:
    """Find every day that the text names and that can be placed in the calendar, in reading order.

    published: the day against which "Friday", "yesterday" and "5 January" are resolved. Where it is None the text's
        own dateline stands in; else only what an explicit date nearby anchors is placed.
    """
    written = find_written(text)
    if published is None:
        published = stated_publication(text, written)
    explicit = _explicit_days(text, written, published)
    if published is None:
        named = _anchored_weekdays(text, explicit)
    else:
        named = [
            DayMention(n.start, n.end, n.first, n.last, n.precision, n.kind)
            for find in (find_weekdays, find_relative)
            for n in find(text, published)
        ]
    return _without_overlaps(text, explicit, named)


@lru_cache(maxsize=512)  # the figures of a sentence ask in a row, and for more than one reason
def days_of_sentence(sentence: str, published: date | None) -> tuple[DayMention, ...]:
    """As `find_days`, for a text as short as a sentence."""
    return tuple(find_days(sentence, published))


def stated_publication(text: str, written: Sequence[Written] | None = None) -> date | None:
    """The day that a dateline or a date line at the start of the text states; None where there is none."""
    for date_text in find_written(text[: DATELINE_REACH * 2]) if written is None else written:
        if date_text.start > DATELINE_REACH:
            break
        days = date_text.days(date_text.year) if date_text.year and date_text.precision == "day" else None
        opens_line = not text[text.rfind("\n", 0, date_text.start) + 1 : date_text.start].strip()
        in_dateline = text[: date_text.start].rstrip().endswith((",", "(")) or opens_line
        if days and in_dateline and _BEHIND_DATELINE.match(text, date_text.end):
            return days[0]
    return None


def _explicit_days(text: str, written: Sequence[Written], published: date | None) -> list[DayMention]:
    """Written dates placed in the calendar; those without a year by the day of publication or the nearest full date."""
    full = [(w.start, days[0]) for w in written if w.year and w.month and (days := w.days(w.year))]
    mentions = []
    for date_text in written:
        reference = published or _nearest(full, date_text.start)
        year = date_text.year or (reference and _year_of(text, date_text, reference, is_past=published is not None))
        days = date_text.days(year) if year else None
        if days:
            mentions.append(DayMention(date_text.start, date_text.end, *days, date_text.precision))
    return mentions


def _year_of(text: str, written: Written, reference: date, *, is_past: bool) -> int:
    """The year that a writer on the day of reference left out: the last such day, or the next where it is announced."""
    starts = [
        (days[0], year)
        for year in range(max(reference.year - 1, FIRST_YEAR), reference.year + 2)
        if (days := written.days(year))
    ]
    if not starts:  # 29 February, away from leap years
        return reference.year
    if not is_past:
        return min(starts, key=lambda start: abs((start[0] - reference).days))[1]
    past = [year for first, year in starts if first <= reference + timedelta(days=AHEAD_DAYS)]
    ahead = [year for first, year in starts if first > reference]
    if ahead and looks_forward(text, written.start, written.end):
        return ahead[0]
    return past[-1] if past else starts[0][1]


def _nearest(full: Sequence[tuple[int, date]], offset: int) -> date | None:
    """The day of the full date that stands nearest."""
    at = bisect(full, (offset, date.max))
    around = full[max(0, at - 1) : at + 1]
    return min(around, key=lambda entry: (abs(entry[0] - offset), entry[0]))[1] if around else None


def _anchored_weekdays(text: str, explicit: Sequence[DayMention]) -> list[DayMention]:
    """Weekdays of an undated text: the first on or after the explicit day that stands nearest before them."""
    days = [mention for mention in explicit if mention.precision == "day"]
    starts = [mention.start for mention in days]
    found = []
    for weekday in find_weekdays(text, date(2000, 1, 3)):  # any Monday: only the weekday itself is read from the answer
        at = bisect(starts, weekday.start) - 1
        if at < 0 or weekday.start - days[at].end > ANCHOR_REACH:
            continue
        anchor = days[at].first
        day = anchor + timedelta(days=(weekday.first.weekday() - anchor.weekday()) % 7)
        found.append(DayMention(weekday.start, weekday.end, day, day, "day", "weekday"))
    return found


def _without_overlaps(text: str, explicit: Sequence[DayMention], named: Sequence[DayMention]) -> list[DayMention]:
    """All mentions in reading order; "Thursday" beside "6 January 2022" says nothing more."""
    kept: list[DayMention] = []
    for mention in sorted([*explicit, *named], key=lambda m: (m.start, m.kind != "explicit", -m.end)):
        if kept and mention.start < kept[-1].end:
            continue
        if kept and _is_same_day_twice(text, kept[-1], mention):
            better = kept[-1] if kept[-1].kind == "explicit" else mention
            kept[-1] = better
            continue
        kept.append(mention)
    return kept


def _is_same_day_twice(text: str, one: DayMention, other: DayMention) -> bool:
    """Whether a weekday and an explicit date stand side by side: "Thursday, January 6", "on 6 January, a Thursday"."""
    gap = text[one.end : other.start]
    kinds = {one.kind, other.kind}
    return (
        kinds == {"weekday", "explicit"}
        and len(gap) <= len(" (the ")
        and not re.search(r"[a-z]{2,}(?<!the)|[.\n]", gap)
    )
