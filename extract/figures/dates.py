"""Days in news text: explicit dates, weekdays and words like "yesterday", as intervals of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from extract.models import Article

Precision = Literal["day", "interval", "month", "year"]


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


@dataclass(frozen=True, slots=True)
class DayBounds:
    """When a current claim of an article was true.

    as_of: the day of publication, else the best estimate, else None
    earliest, latest: days between which it must lie, both included; None = not bounded on that side
    """

    as_of: date | None
    earliest: date | None
    latest: date | None


def find_days(text: str, published: date | None) -> list[DayMention]:
    """Find every day that the text names and that can be placed in the calendar, in reading order.

    published: the day against which "Friday", "yesterday" and "5 January" are resolved; None leaves them out,
        unless an explicit date nearby anchors them.
    """
    del text, published
    return []


def day_bounds(article: Article) -> DayBounds:
    """Bound the day of what the article says in the present, by its date or else by the days in it."""
    del article
    return DayBounds(None, None, None)


def figure_days(sentence: str, offset: int, article_bounds: DayBounds, published: date | None) -> DayBounds:
    """Bound the day that the figure at `offset` of `sentence` speaks of.

    An explicit date in its clause comes before a weekday, that before "previously" (which ends the day before
    publication), that before the article's own bounds.
    """
    del sentence, offset, published
    return article_bounds
