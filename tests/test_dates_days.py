"""Days in text, placed in the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.figures.calendar_words import easter
from extract.figures.dates import find_days
from tests.patience import linear_work

SATURDAY = date(2022, 1, 8)


def days(text, published=SATURDAY):
    return [(text[m.start : m.end], m.first.isoformat(), m.last.isoformat()) for m in find_days(text, published)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("January 8, 2022 at 5:24 pm", "2022-01-08", "2022-01-08"),
        ("8 Jan. 2022", "2022-01-08", "2022-01-08"),
        ("the 4th of March 2021", "2021-03-04", "2021-03-04"),
        ("rain fell on 5 January in the hills", "2022-01-05", "2022-01-05"),
        ("Jan. 5, 2022: smoke over the port", "2022-01-05", "2022-01-05"),
        ("2022-01-05T10:00", "2022-01-05", "2022-01-05"),
        ("AUGUST 5, 2020 00:59", "2020-08-05", "2020-08-05"),
        ("as of 13 nov 1989", "1989-11-13", "1989-11-13"),
        ("Harbour, 13 nov 89 (xyz) --", "1989-11-13", "1989-11-13"),
        ("on 01/02/2022", "2022-01-02", "2022-02-01"),
        ("on 13/12/2021", "2021-12-13", "2021-12-13"),
        ("am 05.01.2022", "2022-01-05", "2022-01-05"),
        ("since 11 november", "2021-11-11", "2021-11-11"),
        ("it had 900 staff on Dec. 31", "2021-12-31", "2021-12-31"),
        ("the court will rule on January 20", "2022-01-20", "2022-01-20"),
        ("January 5-7, 2022", "2022-01-05", "2022-01-07"),
        ("between January 5 and 7", "2022-01-05", "2022-01-07"),
        ("In March 12 people died", "2021-03-01", "2021-03-31"),
        ("August 2021", "2021-08-01", "2021-08-31"),
        ("since 2009", "2009-01-01", "2009-12-31"),
        ("the 1998 quake", "1998-01-01", "1998-12-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("killed on Friday", "2022-01-07", "2022-01-07"),
        ("killed on Saturday", "2022-01-08", "2022-01-08"),
        ("on friday a mine fell in", "2022-01-07", "2022-01-07"),
        ("ministers will meet on Friday", "2022-01-14", "2022-01-14"),
        ("the vote next Friday", "2022-01-14", "2022-01-14"),
        ("On Monday, the court will hear them", "2022-01-10", "2022-01-10"),
        ("the ministry said on Monday it will cut posts", "2022-01-03", "2022-01-03"),
        ("the dam broke yesterday", "2022-01-07", "2022-01-07"),
        ("two days ago", "2022-01-06", "2022-01-06"),
        ("last week", "2021-12-27", "2022-01-02"),
        ("overnight", "2022-01-07", "2022-01-08"),
        ("last year", "2021-01-01", "2021-12-31"),
        ("last month", "2021-12-01", "2021-12-31"),
        ("Easter Sunday", "2021-04-04", "2021-04-04"),
        ("Good Friday", "2021-04-02", "2021-04-02"),
        ("New Year's Eve", "2021-12-31", "2021-12-31"),
    ],
)
def test_a_day_is_read_as_a_reader_on_saturday_8_january_2022_would(text, first, last):
    assert [found[1:] for found in days(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "We may march on in the sun for a second time",
        "Theresa May said they may 5 times",
        "Black Friday sales, and Fridays in general",
        "in 2000 homes and 1900 shops",
        "version 3.5.2, ratio 1/2, at 12.30",
        "a dec with an oct, mar it not",
        "USA Today wrote it up",
        "call 2022-555",
        "",
    ],
)
def test_words_and_numbers_that_only_look_like_days_are_left_alone(text):
    assert days(text) == []


def test_a_weekday_beside_its_date_is_one_day():
    assert days("on Thursday, January 6, 2022, in the port") == [("January 6, 2022", "2022-01-06", "2022-01-06")]


def test_without_a_day_of_publication_weekdays_stay_open():
    assert days("Ten boats sank on Thursday, and yesterday two more.", None) == []


def test_without_a_day_of_publication_a_date_nearby_anchors_the_weekday_after_it():
    found = days("A picture of January 5, 2022 shows the fire. On Thursday ten died.", None)
    assert found[1] == ("Thursday", "2022-01-06", "2022-01-06")


def test_a_dateline_stands_in_for_the_day_of_publication():
    assert ("yesterday", "1989-11-12", "1989-11-12") in days(
        "Rivermouth, 13 Nov 89 (XYZ) -- Ten boats sank yesterday.", None
    )


def test_easter_is_computed_as_the_church_does():
    assert [easter(year) for year in (2019, 2022, 2024, 2038)] == [
        date(2019, 4, 21),
        date(2022, 4, 17),
        date(2024, 3, 31),
        date(2038, 4, 25),
    ]


@given(st.text(), st.none() | st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 1, 1)))
def test_any_text_at_all_gives_days_at_true_offsets_in_order(text, published):
    end = 0
    for mention in find_days(text, published):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.first <= mention.last
        end = mention.end


_PIECES = st.sampled_from(
    [
        *("Jan", "May", "5", ",", "2022", "on", "Friday", "last", "week", "01/02/2022", "\u0130", "yesterday", "3"),
        *(
            "days ago",
            "next",
            "year",
            "since",
            "1999",
            "-",
            "31",
            "February",
            "will",
            "said",
            "29 February",
            "months ago",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=30), st.dates(min_value=date(1700, 1, 1)))
def test_scrambled_pieces_of_dates_never_raise(pieces, published):
    for mention in find_days(" ".join(pieces), published):
        assert mention.first <= mention.last


@pytest.mark.parametrize("piece", ["Jan 5, 2022 ", "on Friday ", "1/2/", "two days ago ", "5 ", "in 2022 ", "last "])
def test_two_hundred_thousand_characters_are_read_in_linear_time(piece):
    with linear_work():
        find_days(piece * (200_000 // len(piece)), SATURDAY)
