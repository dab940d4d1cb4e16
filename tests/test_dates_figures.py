"""The day that an article, or one of its figures, speaks of."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.figures.dates import DayBounds, day_bounds, figure_days
from extract.models import Article
from tests.patience import linear_work

SATURDAY = date(2022, 1, 8)
KNOWN = DayBounds(SATURDAY, SATURDAY, SATURDAY)


def article(text, published=None, published_from=None, captions=""):
    fetched = datetime(2024, 6, 1, tzinfo=UTC)
    return Article(
        "p", "https://x.example/1", "x", None, None, text, fetched, captions=captions, published_at=published,
        published_from=published_from,
    )  # fmt: skip


def of_figure(sentence, number, bounds=KNOWN, published=SATURDAY):
    return figure_days(sentence, sentence.index(number), bounds, published)


def test_a_dated_article_speaks_of_its_day():
    assert day_bounds(article("Ten died.", datetime(2022, 1, 8, 17, tzinfo=UTC))) == KNOWN


def test_an_undated_article_lies_between_its_newest_day_and_its_copyright_year():
    bounds = day_bounds(article("Since 2009 the dam leaked; on 5 January 2022 it broke.", None, "copyright 2022"))
    assert bounds == DayBounds(date(2022, 1, 5), date(2022, 1, 5), date(2022, 12, 31))


def test_days_ahead_do_not_bound_an_undated_article():
    bounds = day_bounds(article("It broke on 5 January 2022. A new one will open in May 2023."))
    assert bounds.earliest == date(2022, 1, 5)


def test_the_caption_dates_the_picture_and_the_weekday_moves_the_story_on():
    bounds = day_bounds(article("Ten died on Thursday, officials said.", captions="Smoke on January 5, 2022"))
    assert bounds.as_of == date(2022, 1, 6)


def test_an_article_without_any_day_is_bounded_by_its_fetching_only():
    assert day_bounds(article("Ten died.")) == DayBounds(None, None, date(2024, 6, 1))


def test_a_dateline_dates_the_article():
    assert day_bounds(article("PORTVILLE, Nov 13, 2021 (XYZ) - Ten died.")).as_of == date(2021, 11, 13)


@pytest.mark.parametrize(
    ("sentence", "number", "day"),
    [
        ("The toll stands at 40.", "40", "2022-01-08"),
        ("On 5 January 40 people were held.", "40", "2022-01-05"),
        ("By Thursday 40 people were held.", "40", "2022-01-06"),
        ("Police said on Thursday that 40 people were held.", "40", "2022-01-06"),
        ("It had 900 staff on Dec. 31, 2020, and has 700 now.", "900", "2020-12-31"),
        ("It had 900 staff on Dec. 31, 2020, and has 700 now.", "700", "2022-01-08"),
        ("The toll of Tuesday's blast rose to 40.", "40", "2022-01-08"),
        ("Some 40 have died since Monday.", "40", "2022-01-08"),
        ("Some 40 seats will be filled ahead of Sunday's vote.", "40", "2022-01-08"),
        ("The blast, which shook the port on 4 January, killed 40, officials said on Friday.", "40", "2022-01-07"),
    ],
)
def test_the_day_of_a_figure_is_that_of_its_clause_or_claim(sentence, number, day):
    assert of_figure(sentence, number).as_of == date.fromisoformat(day)


@pytest.mark.parametrize(
    "sentence", ["Previously 12 had died.", "The toll rose from 12.", "That is up from 12.", "It had stood at 12."]
)
def test_an_earlier_number_held_before_the_day_of_publication(sentence):
    if "rose from" in sentence:
        sentence = sentence.replace("rose", "is up")
    assert of_figure(sentence, "12") == DayBounds(None, None, date(2022, 1, 7))


def test_a_span_gives_bounds_and_no_day():
    assert of_figure("Last week 12 were hurt.", "12") == DayBounds(None, date(2021, 12, 27), date(2022, 1, 2))


def test_a_sentence_without_end_takes_no_longer_a_figure_than_a_page():
    sentence = "12 died on Monday, and 14 were hurt since 5 January, " * 4_000
    with linear_work():
        days = {figure_days(sentence, offset, KNOWN, SATURDAY).as_of for offset in range(0, len(sentence), 530)}
    assert days == {date(2022, 1, 3)}


@given(st.text(max_size=200), st.integers(0, 250), st.none() | st.just(SATURDAY))
def test_any_sentence_at_all_has_bounds_in_order(sentence, offset, published):
    bounds = figure_days(sentence, offset, DayBounds(None, None, SATURDAY), published)
    assert bounds.earliest is None or bounds.latest is None or bounds.earliest <= bounds.latest
