"""When `track` runs, as a person writes it: "every 30 minutes", or a cron line."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from prefect.client.schemas.schedules import construct_schedule
from prefect.schedules import Cron, Interval, Schedule

from extract.errors import BadSetting

_EVERY = re.compile(r"every (?:(?P<count>\d{1,6}) )?(?P<unit>second|minute|hour|day)s?", re.IGNORECASE)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


def parse_schedule(text: str, timezone: str) -> Schedule:
    """The schedule of "every 30 minutes" or "0 6-22 * * *" in a time zone.

    Raises BadSetting for a text that is neither, and for a zone that is none.
    """
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"TALLYWIRE_TIMEZONE={timezone!r} is no time zone; name one such as Europe/Rome") from None
    every = _EVERY.fullmatch(text.strip())
    if every:
        seconds = int(every["count"] or 1) * _SECONDS[every["unit"].lower()]
        if seconds:
            return Interval(timedelta(seconds=seconds), timezone=timezone)
    else:
        try:
            construct_schedule(cron=text, timezone=timezone)
        except ValueError:
            pass
        else:
            return Cron(text, timezone=timezone)
    raise BadSetting(
        f'TALLYWIRE_SCHEDULE={text!r} is no schedule; write "every 30 minutes", or a cron line such as "0 6-22 * * *"'
    )
