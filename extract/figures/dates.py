"""Days in news text, for the rest of the project: `find_days`, `day_bounds`, `figure_days`.

Written dates are read by `calendar_words`, words such as "Friday" and "last week" by `day_words`; `day_finder` places
both in the calendar; `day_bounds` says of which day an article or a figure speaks.
"""

from __future__ import annotations

from extract.figures.day_bounds import DayBounds, day_bounds, figure_days
from extract.figures.day_finder import DayMention, Precision, days_of_sentence, find_days, stated_publication

__all__ = [
    "DayBounds",
    "DayMention",
    "Precision",
    "day_bounds",
    "days_of_sentence",
    "figure_days",
    "find_days",
    "stated_publication",
]
