"""Parts that do not add up to their whole are sum mismatches, and nothing else is."""

from __future__ import annotations

import pytest
from adding_up import TOTAL, parts
from newsdesk import MAY, VAGUE_DOZENS, Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_sum_mismatch_catches_complete_parts_below_the_whole(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 164, high=None, qualifier="at_least", day=None, claimant="Health Ministry")
    both = parts(desk, article, day=None)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["a_low"], found["gap"]) == ("sum_mismatch", "medium", 42, 122)
    assert sorted(found["a_figure_ids"]) == sorted(both)
    assert found["explanation"] == (
        "26 civilians and 16 security officers killed in Norland make 42 by Cabinet (The A, undated); "
        "Health Ministry says at least 164 (The A, undated)"
    )


def test_sum_mismatch_catches_parts_above_the_whole(desk):
    article = desk.article("a")
    desk.figure(article, 30)
    parts(desk, article, sentence="Among the dead are 26 civilians and 16 officers.")
    assert one(desk.contradictions())["rule"] == "parts_above_whole"


def test_sum_mismatch_leaves_parts_that_nobody_calls_complete_alone(desk):
    article = desk.article("a")
    desk.figure(article, 164)
    parts(desk, article, sentence="The dead include 26 civilians and 16 officers.")
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_parts_that_add_up_alone(desk):
    article = desk.article("a")
    desk.figure(article, 42)
    parts(desk, article)
    assert desk.contradictions() == []


def test_sum_mismatch_never_adds_up_parts_that_may_share_people(desk):
    article = desk.article("a")
    desk.figure(article, 30)
    for number, population in ((26, "children"), (16, "foreigners")):
        desk.figure(article, number, population=population, counted=population, sentence=TOTAL)
    assert desk.contradictions() == []


def test_sum_mismatch_catches_places_whose_sum_is_above_the_region(desk):
    article = desk.article("a")
    sentence = "15 people died in Westmark and 13 in Eastmark, 24 people in all of Norland."
    desk.figure(article, 24, sentence=sentence)
    for number, place in ((15, "Westmark"), (13, "Eastmark")):
        desk.figure(article, number, place=place, sentence=sentence)
    found = one(desk.contradictions())
    assert (found["kind"], found["a_low"], found["b_low"]) == ("sum_mismatch", 28, 24)
    assert found["explanation"].startswith(
        "15 in Westmark and 13 in Eastmark killed in Norland make 28 by The A (5 May 2031); The A says 24 (5 May 2031)"
    )


def test_sum_mismatch_leaves_places_that_lie_in_each_other_alone(desk):
    article = desk.article("a")
    sentence = "15 people died in Westmark, 24 in all of Norland."
    for number, place in ((15, "Westmark"), (24, "Norland")):
        desk.figure(article, number, place=place, sentence=sentence)
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_a_sum_above_a_number_of_one_class_alone(desk):
    article = desk.article("a")
    sentence = "They sent 900 police officers and 300 border guards."
    for number, population in ((900, "police"), (300, "border_guards")):
        desk.figure(article, number, measure="deployed", population=population, counted=population, sentence=sentence)
    desk.figure(article, 450, measure="deployed", population="soldiers", counted="soldiers")
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_a_sum_below_a_whole_of_another_article_alone(desk):
    parts(desk, desk.article("a"))
    desk.report("b", 164)
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_a_sum_below_a_whole_of_a_wider_place_alone(desk):
    article = desk.article("a")
    desk.figure(article, 164)
    for number, population in ((26, "civilians"), (16, "security_forces")):
        desk.figure(article, number, population=population, counted=population, sentence=TOTAL, place="Westmark")
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_a_later_sum_above_the_whole_alone(desk):
    desk.report("a", 30, day=4)
    parts(desk, desk.article("b", day=6), day=6)
    assert desk.contradictions() == []


def test_sum_mismatch_catches_an_earlier_sum_above_the_whole(desk):
    parts(desk, desk.article("a", day=4), day=4)
    desk.report("b", 30, day=6)
    assert one(desk.contradictions())["kind"] == "sum_mismatch"


def test_sum_mismatch_leaves_a_whole_that_may_be_the_sum_rounded_alone(desk):
    article = desk.article("a")
    desk.figure(article, 40, likely_low=35, likely_high=45)
    parts(desk, article)
    assert desk.contradictions() == []


def test_sum_mismatch_leaves_complete_parts_of_another_day_below_the_whole_alone(desk):
    article = desk.article("a", day=6)
    desk.figure(article, 164, day=6)
    parts(desk, article, day=4)
    assert desk.relations("sum_mismatch") == []


def test_sum_mismatch_leaves_levels_of_two_days_alone(desk):
    for day, numbers in ((4, ((26, "civilians"), (16, "security_forces"))), (7, ((30, "people"),))):
        article = desk.article(f"p{day}", day=day)
        for number, population in numbers:
            kind = {"measure": "missing", "population": population, "counted": population, "sentence": TOTAL}
            desk.figure(article, number, day=day, **kind)
    assert desk.relations("sum_mismatch") == []


def test_sum_mismatch_leaves_parts_of_one_article_above_the_number_of_another_that_day_alone(desk):
    parts(desk, desk.article("a"))
    desk.report("b", 30)
    assert desk.relations("sum_mismatch") == []


def test_sum_mismatch_leaves_later_parts_of_the_same_article_alone(desk):
    article = desk.article("a", day=6)
    desk.figure(article, 30, day=4)
    parts(desk, article, day=6)
    assert desk.relations("sum_mismatch") == []


@pytest.mark.parametrize("whole", [{"likely_low": 41, "likely_high": 55}, {"low": 40, "high": 60, "likely_low": 45}])
def test_sum_mismatch_leaves_complete_parts_within_the_bounds_of_a_higher_whole_alone(desk, whole):
    article = desk.article("a")
    desk.figure(article, 50, **whole)
    parts(desk, article)
    assert desk.relations("sum_mismatch") == []


@pytest.mark.parametrize(
    ("whole", "both", "found"),
    [
        ({}, {}, 1),
        ({"as_of_to": MAY[6]}, {}, 1),
        ({"day": None}, {}, 0),
        ({}, {"day": None}, 0),
        ({"day": None, "as_of_from": MAY[5]}, {"day": None}, 0),
        ({"day": None, "as_of_to": MAY[5]}, {"day": None}, 0),
        ({"measure": "injured"}, {}, 0),
        ({"unit": "household"}, {}, 0),
    ],
)
def test_sum_mismatch_catches_parts_and_whole_of_one_kind_on_days_that_meet(desk, whole, both, found):
    article = desk.article("a")
    desk.figure(article, 164, **whole)
    parts(desk, article, **both)
    assert len(desk.relations("sum_mismatch")) == found


def in_one_breath(desk, article, *told):
    """told: number, class, place"""
    for number, population, place in told:
        desk.figure(article, number, population=population, counted=population, place=place, sentence=TOTAL)


def test_sum_mismatch_leaves_a_sum_above_the_number_of_another_place_alone(desk):
    article = desk.article("a")
    in_one_breath(desk, article, (26, "civilians", "Westmark"), (16, "security_forces", "Westmark"))
    desk.figure(article, 30, place="Eastmark")
    assert desk.relations("sum_mismatch") == []


def test_sum_mismatch_leaves_complete_parts_of_a_class_below_a_wider_class_alone(desk):
    article = desk.article("a")
    in_one_breath(desk, article, (26, "police", "Norland"), (16, "soldiers", "Norland"))
    desk.figure(article, 164)
    assert desk.relations("sum_mismatch") == []


@pytest.mark.parametrize(
    ("told", "whole"),
    [
        ([(26, "police", "Westmark"), (16, "police", "Eastmark")], {"place": "Westmark"}),
        ([(26, "police", "Westmark"), (16, "soldiers", "Westmark")], {"place": "Westmark"}),
        ([(26, "police", "Norland"), (16, "police", "Norland")], {}),
    ],
)
def test_sum_mismatch_never_takes_one_part_or_one_thing_told_twice_for_a_sum(desk, told, whole):
    article = desk.article("a")
    in_one_breath(desk, article, *told)
    desk.figure(article, 164, population="police", counted="policemen", **whole)
    assert desk.relations("sum_mismatch") == []


def test_sum_mismatch_leaves_places_alone_of_which_one_is_only_inherited(desk):
    article = desk.article("a")
    desk.figure(article, 24)
    for number, place, source in ((15, "Westmark", "inherited"), (13, "Eastmark", "stated")):
        desk.figure(article, number, place=place, place_source=source, sentence=TOTAL)
    assert desk.relations("sum_mismatch") == []


def test_sum_mismatch_catches_classes_and_places_that_one_sentence_adds_up(desk):
    article = desk.article("a")
    in_one_breath(
        desk, article, (26, "civilians", "Westmark"), (16, "security_forces", "Westmark"), (9, "civilians", "Eastmark")
    )
    desk.figure(article, 40, place="Westmark")
    desk.figure(article, 30, population="civilians", counted="civilians")
    found = {(row["a_low"], row["b_low"], row["place"]) for row in desk.relations("sum_mismatch")}
    assert found == {(42, 40, "Westmark"), (35, 30, "Norland")}


def test_sum_mismatch_catches_places_where_the_classes_beside_them_may_share_people(desk):
    article = desk.article("a")
    in_one_breath(
        desk, article, (26, "children", "Westmark"), (16, "foreigners", "Westmark"), (9, "children", "Eastmark")
    )
    desk.figure(article, 30, population="children", counted="children")
    assert [(row["a_low"], row["b_low"]) for row in desk.relations("sum_mismatch")] == [(35, 30)]


def test_sum_mismatch_catches_places_beside_a_narrower_class_of_a_wider_place(desk):
    article = desk.article("a")
    in_one_breath(
        desk,
        article,
        (15, "security_forces", "Westmark"),
        (13, "security_forces", "Eastmark"),
        (9, "police", "Norland"),
    )
    desk.figure(article, 24, population="security_forces", counted="officers")
    assert [(row["a_low"], row["b_low"]) for row in desk.relations("sum_mismatch")] == [(28, 24)]


@pytest.mark.parametrize(
    "beside",
    [{"population": None, "counted": "Zorbs"}, {"place": None, "population": "police", "counted": "policemen"}],
)
def test_sum_mismatch_catches_known_parts_beside_one_whose_class_or_place_is_unknown(desk, beside):
    article = desk.article("a")
    both = [(15, "police", "Westmark"), (13, "police", "Eastmark")]
    if "place" not in beside:
        both = [(15, "police", "Norland"), (13, "soldiers", "Norland")]
    in_one_breath(desk, article, *both)
    desk.figure(article, 3, sentence=TOTAL, **beside)
    desk.figure(article, 24, population="security_forces", counted="officers")
    desk.figure(article, 24, population="police", counted="policemen")
    assert {row["a_low"] for row in desk.relations("sum_mismatch")} == {28}


def test_sum_mismatch_never_adds_up_vague_words(desk):
    article = desk.article("a")
    vague = VAGUE_DOZENS | {"population": "civilians", "counted": "civilians"}
    desk.figure(article, None, sentence=TOTAL, **vague)
    desk.figure(article, 16, population="security_forces", counted="officers", sentence=TOTAL)
    desk.figure(article, 20)
    assert desk.relations("sum_mismatch") == []
