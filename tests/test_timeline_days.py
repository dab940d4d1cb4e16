"""What the time line says of one day."""

from __future__ import annotations

import pytest
from newsdesk import MAY, VAGUE_DOZENS, Desk


@pytest.fixture
def desk():
    return Desk()


def timeline(desk):
    desk.relate()
    return desk.rows("SELECT * FROM timeline ORDER BY as_of")


def test_a_day_gives_lowest_best_and_highest_of_all_voices(desk):
    desk.report("a", 40, claimant="Fire Brigade", claimant_kind="official")
    desk.report("b", 61, claimant="Aid group", claimant_kind="organisation")
    desk.report("c", 35)
    (day,) = timeline(desk)
    assert (day["as_of"], day["low"], day["best"], day["high"]) == (MAY[5], 35, 40, 61)
    assert (day["best_rule"], day["voices"], day["outlets"]) == ("official", 3, ["The A", "The B", "The C"])


@pytest.mark.parametrize(
    ("kinds", "rule", "best"),
    [
        (["official", "organisation", "medium", None], "official", 1),
        (["organisation", "medium", None], "named", 1),
        (["medium", None], "medium", 1),
        ([None], "narrator", 1),
    ],
)
def test_the_best_placed_claimant_speaks_first(desk, kinds, rule, best):
    for number, kind in enumerate(kinds, 1):
        desk.report(f"p{number}", number, claimant=kind and f"Claimant {number}", claimant_kind=kind)
    (day,) = timeline(desk)
    assert (day["best_rule"], day["best"]) == (rule, best)


def test_the_newest_number_of_the_best_placed_claimant_counts(desk):
    desk.report("a", 40, hour=6, claimant="Fire Brigade", claimant_kind="official")
    desk.report("b", 44, hour=18, claimant="Fire Brigade", claimant_kind="official")
    (day,) = timeline(desk)
    assert day["best"] == 44


def test_of_two_numbers_equally_placed_the_lower_counts_and_never_their_mean(desk):
    desk.report("a", 40)
    desk.report("b", 60)
    (day,) = timeline(desk)
    assert (day["best"], day["best_rule"]) == (40, "conservative")


def test_a_stated_number_goes_before_a_vague_word(desk):
    desk.report("a", None, claimant="Health Ministry", claimant_kind="official", **VAGUE_DOZENS)
    desk.report("b", 31)
    (day,) = timeline(desk)
    assert (day["low"], day["best"], day["high"]) == (24, 31, 99)


def test_a_vague_word_alone_gives_its_least_likely_number(desk):
    desk.report("a", None, **VAGUE_DOZENS)
    (day,) = timeline(desk)
    assert (day["low"], day["best"], day["high"]) == (24, 24, 99)


def test_more_than_two_thousand_is_best_at_two_thousand_and_one(desk):
    desk.report("a", 2000, low=2001, high=None, likely_low=2001, likely_high=None, qualifier="more_than")
    (day,) = timeline(desk)
    assert (day["low"], day["best"], day["high"]) == (2001, 2001, 2001)


def test_a_number_ends_with_its_retraction(desk):
    desk.report("a", 359, day=4)
    article = desk.article("b", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    desk.report("c", 359, day=8)
    assert [(day["as_of"], day["best"]) for day in timeline(desk)] == [(MAY[4], 359), (MAY[6], 253)]


def test_days_kinds_and_places_have_rows_of_their_own(desk):
    desk.report("a", 8, day=4)
    desk.report("b", 12, day=5)
    desk.report("c", 3, day=5, place="Westmark")
    desk.report("d", 70, day=5, measure="injured")
    assert sorted((day["as_of"], day["place"], day["measure"], day["best"]) for day in timeline(desk)) == [
        (MAY[4], "Norland", "killed", 8),
        (MAY[5], "Norland", "injured", 70),
        (MAY[5], "Norland", "killed", 12),
        (MAY[5], "Westmark", "killed", 3),
    ]


@pytest.mark.parametrize(
    "left_out", [{"day": None}, {"is_background": True}, {"trackable": False}, {"aspect": "increment"}]
)
def test_numbers_that_belong_on_no_time_line_are_left_out(desk, left_out):
    desk.report("a", 8, **left_out)
    assert timeline(desk) == []


def test_a_number_goes_on_where_only_an_older_version_took_it_back(desk):
    first = desk.article("b", day=4, version=1, is_latest=False)
    old = desk.figure(first, 359, day=4)
    desk.figure(first, 253, day=4, corrects=old)
    desk.article("b", day=4, version=2)
    desk.report("c", 359, day=8)
    assert [(day["as_of"], day["best"]) for day in timeline(desk)] == [(MAY[8], 359)]


def test_a_day_reaches_as_high_as_its_best_number_though_that_is_open_above(desk):
    open_above = {"high": None, "likely_high": None, "qualifier": "at_least"}
    desk.report("a", 164, claimant="Fire Brigade", claimant_kind="official", **open_above)
    desk.report("b", 40)
    (day,) = timeline(desk)
    assert (day["low"], day["best"], day["high"]) == (40, 164, 164)
