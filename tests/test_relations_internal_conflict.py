"""One article against itself."""

from __future__ import annotations

import pytest
from newsdesk import MAY, Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_internal_conflict_catches_a_headline_against_its_text(desk):
    article = desk.article("a")
    desk.figure(article, 58, field="title")
    desk.figure(article, 158, claimant="Health Ministry")
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["rule"], found["gap"]) == (
        "internal_conflict",
        "high",
        "title_against_text",
        100,
    )
    assert found["explanation"] == "The A, 5 May 2031 gives two numbers killed in Norland: 58 in the headline and 158"


def test_internal_conflict_catches_an_undated_article(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 108, day=None)
    desk.figure(article, 158, day=None)
    assert one(desk.contradictions())["kind"] == "internal_conflict"


def test_internal_conflict_leaves_a_number_less_than_half_of_the_other_alone(desk):
    article = desk.article("a")
    desk.figure(article, 47)
    desk.figure(article, 207)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_two_numbers_of_one_sentence_alone(desk):
    article = desk.article("a")
    for number in (108, 158):
        desk.figure(article, number, sentence="The toll went from 108 people to 158 people.")
    assert desk.contradictions() == []


def test_internal_conflict_leaves_a_sentence_that_looks_back_alone(desk):
    article = desk.article("a")
    desk.figure(article, 108, sentence="Officials had earlier spoken of 108 people.")
    desk.figure(article, 158)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_a_headline_alone_that_the_text_bears_out(desk):
    article = desk.article("a")
    desk.figure(article, 290, field="title")
    desk.figure(article, 290)
    desk.figure(article, 32)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_an_earlier_number_of_the_same_article_alone(desk):
    article = desk.article("a")
    desk.figure(article, 12, day=3)
    desk.figure(article, 19)
    assert desk.kinds() == ["update"]


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Westmark"},
        {"population": "children", "counted": "children"},
        {"measure": "injured"},
        {"aspect": "increment"},
        {"aspect": "difference"},
        {"modality": "hypothetical"},
        {"is_background": True},
        {"trackable": False},
        {"unit": "percent", "population": None, "counted": None},
    ],
)
def test_internal_conflict_leaves_numbers_of_another_scope_alone(desk, other):
    article = desk.article("a")
    desk.figure(article, 58)
    desk.figure(article, 9, **other)
    assert desk.contradictions() == []


def test_internal_conflict_leaves_a_stated_part_alone(desk):
    article = desk.article("a")
    whole = desk.figure(article, 58)
    desk.figure(article, 9, part_of=whole)
    assert desk.contradictions() == []


@pytest.mark.parametrize("rest", [{"aspect": "increment", "quote": "another seven"}, {}])
def test_internal_conflict_leaves_numbers_alone_that_the_article_adds_up(desk, rest):
    article = desk.article("a")
    for number, more in ((26, {}), (19, {}), (7, rest)):
        desk.figure(article, number, **more)
    assert desk.contradictions() == []


def test_internal_conflict_catches_numbers_that_no_third_one_adds_up(desk):
    article = desk.article("a")
    for number in (26, 19, 8):
        desk.figure(article, number)
    assert one(desk.contradictions())["kind"] == "internal_conflict"


def test_internal_conflict_leaves_the_seriously_injured_beside_all_injured_alone(desk):
    article = desk.article("a")
    injured = {"measure": "injured"}
    desk.figure(article, 42, quote="42 people", sentence="The crash injured 42 people, the driver slightly.", **injured)
    desk.figure(article, 29, quote="29 people", sentence="Doctors say that 29 people were seriously hurt.", **injured)
    assert desk.contradictions() == []


def test_internal_conflict_catches_all_injured_beside_a_word_on_how_badly_another_is_hurt(desk):
    article = desk.article("a")
    injured = {"measure": "injured"}
    desk.figure(article, 42, quote="42 people", sentence="The crash injured 42 people, the driver slightly.", **injured)
    desk.figure(article, 29, quote="29 people", sentence="Doctors say that 29 people were hurt.", **injured)
    assert one(desk.contradictions())["kind"] == "internal_conflict"


@pytest.mark.parametrize("cause", ["A light aircraft fell and injured 29 people.", "A severe storm injured 29 people."])
def test_internal_conflict_catches_all_injured_where_another_thing_is_light_or_severe(desk, cause):
    article = desk.article("a")
    desk.figure(article, 42, quote="42 people", sentence="In all 42 people were hurt.", measure="injured")
    desk.figure(article, 29, quote="29 people", sentence=cause, measure="injured")
    assert one(desk.contradictions())["kind"] == "internal_conflict"


@pytest.mark.parametrize("past", [{"is_background": True}, {"negated": True}, {"trackable": False}])
def test_internal_conflict_catches_two_numbers_whose_gap_is_only_told_of_the_past_or_denied(desk, past):
    article = desk.article("a")
    desk.figure(article, 23, field="title")
    desk.figure(article, 19)
    desk.figure(article, 4, quote="four", **past)
    assert "internal_conflict" in [row["kind"] for row in desk.contradictions()]


@pytest.mark.parametrize(
    ("text", "number", "kinds"),
    [
        ("17 people were held at a farm. In the mill they held another one.", 18, []),
        ("17 people were held at a farm. In the mill they held nobody.", 18, ["internal_conflict"]),
        ("17 people were held at a farm, another report said.", 18, ["internal_conflict"]),
        ("17 people were held at a farm. In the mill they held another one.", 19, ["internal_conflict"]),
    ],
)
def test_internal_conflict_leaves_one_more_without_a_number_alone_and_catches_the_rest(desk, text, number, kinds):
    article = desk.article("a", text=text)
    desk.figure(article, 17, char_start=0, measure="detained")
    desk.figure(article, number, char_start=200, measure="detained")
    assert [row["kind"] for row in desk.contradictions()] == kinds


@pytest.mark.parametrize(("likely_high", "kinds"), [(5_500, ["internal_conflict"]), (5_990, ["tension"])])
def test_internal_conflict_holds_hedged_numbers_apart_by_what_a_reader_takes_them_to_mean(desk, likely_high, kinds):
    article = desk.article("a")
    desk.figure(article, 5_000, low=4_000, high=6_000, likely_low=4_500, likely_high=likely_high, qualifier="about")
    desk.figure(article, 6_000, low=6_001, high=None, likely_low=6_001, likely_high=None, qualifier="more_than")
    assert [found["kind"] for found in desk.contradictions()] == kinds


def test_a_headline_that_repeats_one_of_two_bodies_leaves_the_conflict_to_them(desk):
    article = desk.article("a")
    desk.figure(article, 18, field="title")
    desk.figure(article, 18, claimant="Police")
    desk.figure(article, 16, claimant="Sund Lines")
    [found] = desk.contradictions()
    assert (found["kind"], found["voices"]) == ("source_conflict", 2)
    assert "Police" in found["explanation"]
    assert "Sund Lines" in found["explanation"]


def test_internal_conflict_catches_one_body_that_gives_two_numbers(desk):
    article = desk.article("a")
    for number in (40, 61):
        desk.figure(article, number, claimant="Fire Brigade")
    assert one(desk.contradictions())["kind"] == "internal_conflict"


def test_internal_conflict_catches_a_headline_far_above_its_text(desk):
    article = desk.article("a")
    desk.figure(article, 158, field="title")
    desk.figure(article, 58)
    assert one(desk.contradictions())["kind"] == "internal_conflict"


def test_internal_conflict_is_milder_where_one_place_is_only_inherited(desk):
    article = desk.article("a")
    desk.figure(article, 108, place_source="inherited")
    desk.figure(article, 158)
    assert one(desk.contradictions())["severity"] == "medium"


@pytest.mark.parametrize(
    ("lower", "higher", "found"),
    [
        ({}, {"as_of_to": MAY[6]}, 1),
        ({"as_of_from": MAY[4]}, {}, 1),
        ({"day": None}, {}, 0),
        ({}, {"day": None}, 0),
        ({"day": None}, {"day": None, "as_of_from": MAY[5]}, 0),
        ({"day": None}, {"day": None, "as_of_to": MAY[5]}, 0),
    ],
)
@pytest.mark.parametrize("measure", ["killed", "missing"])
def test_internal_conflict_catches_days_that_meet_and_leaves_days_alone_that_may_not(
    desk, measure, lower, higher, found
):
    article = desk.article("a")
    desk.figure(article, 108, measure=measure, **lower)
    desk.figure(article, 158, measure=measure, **higher)
    assert len(desk.relations("internal_conflict")) == found


@pytest.mark.parametrize(("measure", "found"), [("killed", 0), ("missing", 1)])
@pytest.mark.parametrize("days", [(4, 5), (5, 4)])
def test_a_level_holds_for_the_day_after_it_too_and_a_sum_does_not(desk, measure, found, days):
    article = desk.article("a")
    for number, day in zip((108, 158), days, strict=True):
        desk.figure(article, number, measure=measure, day=day)
    assert len(desk.relations("internal_conflict")) == found


def test_internal_conflict_catches_two_levels_of_one_day_though_a_sentence_looks_back(desk):
    article = desk.article("a")
    desk.figure(article, 3000, measure="deployed", sentence="Officials had earlier spoken of 3,000 people.")
    desk.figure(article, 5000, measure="deployed")
    assert one(desk.contradictions())["kind"] == "internal_conflict"


@pytest.mark.parametrize("rest", [{"measure": "injured"}, {"unit": "household"}, {"aspect": "difference"}])
def test_internal_conflict_catches_two_numbers_whose_gap_is_a_number_of_another_kind(desk, rest):
    article = desk.article("a")
    desk.figure(article, 26)
    desk.figure(article, 19)
    desk.figure(article, 7, **rest)
    assert one(desk.contradictions())["kind"] == "internal_conflict"


def test_internal_conflict_catches_a_number_and_its_double(desk):
    article = desk.article("a")
    desk.figure(article, 50)
    desk.figure(article, 100)
    assert one(desk.contradictions())["kind"] == "internal_conflict"


def test_internal_conflict_spares_only_the_two_numbers_that_a_third_one_adds_up(desk):
    article = desk.article("a")
    for number in (26, 19, 7, 30, 20):
        desk.figure(article, number)
    found = {(row["a_low"], row["b_low"]) for row in desk.relations("internal_conflict")}
    assert found == {(19, 20), (19, 30), (20, 26), (20, 30), (26, 30)}


def test_internal_conflict_leaves_what_comes_after_thirty_numbers_alone(desk):
    article = desk.article("a")
    for number in range(100, 132):
        desk.figure(article, number)
    assert max(row["b_low"] for row in desk.relations("internal_conflict")) == 129


@pytest.mark.parametrize(
    ("number", "hedge"),
    [
        (5_900, {"number": 6_000, "low": 6_001, "high": None, "likely_low": 6_001, "qualifier": "more_than"}),
        (6_000, {"number": 5_900, "low": 5_850, "high": 5_950, "qualifier": "about"}),
    ],
)
def test_internal_conflict_leaves_a_number_beside_a_hedge_that_nearly_reaches_it_alone(desk, number, hedge):
    article = desk.article("a")
    desk.figure(article, number)
    desk.figure(article, **hedge)
    assert desk.kinds() == ["tension"]
