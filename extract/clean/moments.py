"""Printed moments: "January 8, 2022 at 5:24 pm" -> a day and a time of day, with its zone where one is named."""

# ruff: noqa: E501 - a pattern is read and searched for on one line

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY_YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:{_MONTH} {_DAY_YEAR},? (?P<year>(?:19|20)\d\d)|{_DAY_YEAR.replace('day', 'day2')} (?:of )?{_MONTH.replace('month', 'month2')},? (?P<year2>(?:19|20)\d\d)"
    r"|(?P<year3>(?:19|20)\d\d)[-/.](?P<month3>\d{1,2})[-/.](?P<day3>\d{1,2})"
    r"|(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year4>(?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.]\d\d)?)? ?(?P<half>[ap]\.?m\.?)?(?![\d])", re.IGNORECASE
)
_ZONE = re.compile(
    r"(?:gmt|utc) ?(?P<way>[+-])(?P<off>\d{1,2})(?!\d)|(?<![a-z])(?P<name>utc|gmt|bst|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|eet|eest|msk|ist|jst|et)(?![a-z])|(?<=\d)\s?(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)|(?<=\d)(?P<zulu>z)\b",
    re.IGNORECASE,
)
# Hours from UTC. IST is left out: India, Ireland and Israel all use it.
_ZONE_HOURS = {
    "utc": 0, "gmt": 0, "bst": 1, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9,
}  # fmt: skip
_LABEL = re.compile(
    r"^(?:(?:first |last |originally |article |story |date )?(?:published|posted|updated|modified|created|released|edited|issued|revised|filed|uploaded|added|date|on)"
    r"(?: (?:on|at|online|date|by [\w .'-]{2,40}))?[\s:|-]{0,3}){1,2}",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
_FILLER = re.compile(
    rf"{_WEEKDAY}|\b(?:at|on|by|updated|published|posted|modified|last|first|hrs|hours|ago|local time|time|date|a\.?m|p\.?m|[a-z]{{2,4}}t|utc|gmt|msk|noon|edited)\b|[\W\d_]",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"^(?:(?:published|posted|updated|last updated) )?(?:about )?(?:\d{1,3}|an?|one|two|three) (?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|month|year)s? ago\W{0,3}$|^(?:yesterday|today|just now)(?:,? at)?[\s\d:.,apm]{0,12}$",
    re.IGNORECASE,
)
_NUMERIC_DAY = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?:,? \d{1,2}:\d\d)?$")
_BEFORE_DATE = re.compile(
    rf"[\s,|·-]{{0,4}}(?:(?:published|posted|updated|on|{_WEEKDAY})[\s:,]{{0,3}}){{0,3}}$", re.IGNORECASE
)
# "PORTO, Portugal (AP), March 3, 2031 --" or "Lima, 3 May 2031 (Reuters):" before the first sentence.
_DATELINE = re.compile(r"(?P<lead>[^:;!?]{8,80}?)\s?(?P<mark>--+|[-\u2013\u2014:])\s")
_PLACE_AHEAD = re.compile(r"(?:[^\W\da-z_][^\W\d_]*+[ ,./'\u2019-]{0,3}+|\([^()]{2,40}\)[ ,]{0,2}+)++(?<=[,)] )")
_CITY_AHEAD = re.compile(r"[^\W\da-z_]{2}(?:(?![a-z\u00df-\u00ff])[^,])*,")
_AGENCY_BEHIND = re.compile(r"[ ,]*+(?:\([^()]{2,40}\)|[A-Z]{2,}+|[/ ,])*+")
_MONTHS_A_YEAR = 12
_DIGIT = re.compile(r"\d")
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


def parse_moment(text: str) -> datetime | None:
    """The first printed date in a short text, with the time of day beside it; UTC where no zone is named.

    Null where there is none, or one that no calendar has (31 February).
    """
    match = _DATE.search(text)
    if match is None:
        return None
    year, month, day = _day_of(match)
    rest = text[match.end() : match.end() + 40]
    clock = _CLOCK.search(rest) or _CLOCK.search(text[max(0, match.start() - 20) : match.start()])
    hour, minute = _time_of_day(clock)
    try:
        moment = datetime(year, month, day, hour, minute, tzinfo=_zone(text))
    except ValueError:
        return None
    return moment.astimezone(UTC)


def _day_of(match: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day as numbers; month 0, which no calendar has, where print leaves open which is which."""
    found = match.groupdict()
    if found["year4"]:
        first, second = int(found["first"]), int(found["second"])
        if first > _MONTHS_A_YEAR or found["mark"] == "." or first == second:  # with full stops the day comes first
            return int(found["year4"]), second, first
        return int(found["year4"]), first if second > _MONTHS_A_YEAR else 0, second
    year, month, day = (
        next(value for value in (found[name], found[f"{name}2"], found[f"{name}3"]) if value)
        for name in ("year", "month", "day")
    )
    return int(year), int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1, int(day)


def _time_of_day(clock: re.Match[str] | None) -> tuple[int, int]:
    """Hours and minutes; midnight where no clock time is printed."""
    if clock is None or not (clock["minute"] or clock["half"]):
        return 0, 0
    hour, minute, half = int(clock["hour"]), int(clock["minute"] or 0), (clock["half"] or "").lower()
    if half.startswith("p") and hour < 12:  # noqa: PLR2004  # noon
        hour += 12
    elif half.startswith("a") and hour == 12:  # noqa: PLR2004  # midnight
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else (0, 0)  # noqa: PLR2004  # a clock's face


def _zone(text: str) -> timezone:
    match = _ZONE.search(text)
    if match is None or match["zulu"]:
        return UTC
    if match["off"]:
        hours = int(match["off"]) % 15
        return timezone(timedelta(hours=-hours if match["way"] == "-" else hours))
    if match["name"]:
        return timezone(timedelta(hours=_ZONE_HOURS.get(match["name"].lower(), 0)))
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    return timezone(-offset if match["sign"] == "-" else offset) if offset < timedelta(hours=24) else UTC


def cut_moment(text: str) -> str:
    """The text up to its first printed date, with what announces it: "Ann Lee, updated 3 May 2031" -> "Ann Lee, "."""
    match = _DATE.search(text)
    return text if match is None else _BEFORE_DATE.sub("", text[: match.start()])


def read_dateline(text: str) -> str | None:
    """The dateline that a report's first paragraph begins with, where it tells a day with its year."""
    dateline = _DATELINE.match(text[:120])
    date = _DATE.search(dateline["lead"]) if dateline else None
    if dateline is None or date is None or _DATE.match(text, dateline.end()):  # "Ana Reyes, 3 May 1931 - 2 June 2021"
        return None
    lead = dateline["lead"]
    if "(" not in lead and not (_CITY_AHEAD.match(lead) and dateline["mark"] != ":"):
        return None  # neither an agency's nor in capitals: a headline or a name
    is_dateline = _PLACE_AHEAD.fullmatch(lead, 0, date.start()) and _AGENCY_BEHIND.fullmatch(lead, date.end())
    return lead if is_dateline else None


def is_date_line(text: str) -> bool:
    """The line says when something was printed, and nothing else."""
    if len(text) > 120:  # noqa: PLR2004  # characters; a date with label, time and zone fits
        return False
    plain = " ".join(text.split())
    if _DIGIT.search(plain) is None:
        return len(plain) < 40 and _AGO.match(plain) is not None  # noqa: PLR2004  # characters of "about an hour ago"
    if _AGO.match(plain) or _NUMERIC_DAY.match(plain):
        return True
    match = _DATE.search(plain)
    if match is None:
        return False
    rest = _LABEL.sub("", plain[: match.start()]) + " " + plain[match.end() :]
    return len(_FILLER.sub("", rest)) <= 2  # noqa: PLR2004  # letters left over
