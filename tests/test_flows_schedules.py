"""A schedule as a person writes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from extract.errors import BadSetting
from flows.schedules import parse_schedule


@pytest.mark.parametrize(
    ("text", "seconds"), [("every 30 minutes", 1800), ("every hour", 3600), ("Every 5 seconds", 5)]
)
def test_an_interval_reads_as_a_person_writes_it(text, seconds):
    schedule = parse_schedule(text, "Europe/Rome")
    assert schedule.interval == timedelta(seconds=seconds)
    assert schedule.timezone == "Europe/Rome"


def test_a_cron_line_is_a_schedule_in_its_time_zone():
    schedule = parse_schedule("0 6-22 * * *", "Asia/Almaty")
    assert (schedule.cron, schedule.timezone) == ("0 6-22 * * *", "Asia/Almaty")


@pytest.mark.parametrize(
    ("text", "timezone"),
    [
        ("every 0 minutes", "UTC"),
        ("now and then", "UTC"),
        ("61 * * * *", "UTC"),
        ("every hour", "Middle/Earth"),
        ("", "UTC"),
    ],
)
def test_what_is_no_schedule_is_refused_by_name(text, timezone):
    with pytest.raises(BadSetting, match="TALLYWIRE_"):
        parse_schedule(text, timezone)
