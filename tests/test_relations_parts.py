"""Parts against their whole: by place, by class, as stated, and added up."""

from __future__ import annotations

import pytest
from adding_up import TOTAL, parts
from newsdesk import MAY, Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_part_exceeds_whole_catches_a_city_above_its_country(desk):
    article = desk.article("a")
    part = desk.figure(article, 103, place="Westmark", claimant="Red Cross")
    whole = desk.figure(article, 42, claimant="Cabinet")
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"]) == ("part_exceeds_whole", "high")
    assert (found["a_figure_ids"], found["b_figure_ids"]) == ([part], [whole])
    assert found["explanation"] == (
        "103 killed in Westmark alone, by Red Cross (The A, 5 May 2031), is more than "
        "42 killed in Norland by Cabinet (The A, 5 May 2031)"
    )


def test_part_exceeds_whole_catches_a_class_above_its_kind_on_an_earlier_day(desk):
    desk.report("a", 50, day=4, population="police", counted="policemen")
    desk.report("b", 42, day=6)
    found = one(desk.contradictions())
    assert (found["rule"], found["severity"]) == ("class_inside", "medium")


def test_part_exceeds_whole_catches_a_stated_part(desk):
    article = desk.article("a")
    whole = desk.figure(article, 12)
    desk.figure(article, 20, part_of=whole, population="children", counted="children")
    assert one(desk.contradictions())["rule"] == "stated_part"


def test_part_exceeds_whole_leaves_a_part_below_its_whole_alone(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    desk.figure(article, 164)
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_a_later_part_alone(desk):
    desk.report("a", 42, day=4)
    desk.report("b", 103, day=6, place="Westmark")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_a_place_that_is_only_inherited_alone(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark", place_source="inherited")
    desk.figure(article, 42)
    assert desk.contradictions() == []


def test_part_exceeds_whole_never_takes_a_number_for_a_whole_beside_a_greater_one(desk):
    article = desk.article("a")
    desk.figure(article, 290)
    desk.figure(article, 1, claimant="A foreign ministry")
    desk.figure(article, 37, population="foreigners", counted="foreigners")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_police_above_the_soldiers_of_the_country_alone(desk):
    article = desk.article("a")
    desk.figure(article, 2977, measure="deployed", population="police", counted="police officers", place="Westmark")
    desk.figure(article, 450, measure="deployed", population="soldiers", counted="soldiers")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_tourists_above_the_evacuated_residents_alone(desk):
    article = desk.article("a")
    desk.figure(article, 900, measure="evacuated", population="tourists", counted="tourists")
    desk.figure(article, 300, measure="evacuated", population="residents", counted="residents")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_two_reports_of_one_day_alone_where_growth_explains_them(desk):
    desk.report("a", 42)
    desk.report("b", 50, hour=6, place="Westmark")
    assert desk.contradictions() == []


def test_part_exceeds_whole_leaves_two_regions_alone(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    desk.figure(article, 42, place="Eastmark")
    assert desk.contradictions() == []


def test_part_exceeds_whole_takes_a_complete_sum_for_a_whole(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 103, place="Westmark", day=None, claimant="Health Ministry")
    both = parts(desk, article, day=None)
    found = one(desk.contradictions())
    assert (found["kind"], found["rule"], sorted(found["b_figure_ids"])) == (
        "part_exceeds_whole",
        "inside_a_sum",
        sorted(both),
    )
    assert (
        "is more than the 42 killed in Norland that 26 civilians and 16 security officers make by Cabinet"
        in found["explanation"]
    )


@pytest.mark.parametrize(
    "part",
    [
        {"measure": "injured"},
        {"unit": "household"},
        {"population": "police", "counted": "policemen"},
        {"likely_low": 10},
        {"low": 11, "likely_low": 20},
    ],
)
def test_part_exceeds_whole_leaves_a_stated_part_of_another_kind_or_within_its_whole_alone(desk, part):
    article = desk.article("a")
    whole = desk.figure(article, 12, population="children", counted="children")
    desk.figure(article, 20, **{"part_of": whole, "population": "children", "counted": "children"} | part)
    assert desk.contradictions() == []


def test_part_exceeds_whole_catches_a_stated_part_without_a_class_of_its_own(desk):
    article = desk.article("a")
    whole = desk.figure(article, 12, population="children", counted="children")
    desk.figure(article, 20, part_of=whole, population="children", counted=None)
    assert one(desk.contradictions())["rule"] == "stated_part"


@pytest.mark.parametrize("part", [{"likely_low": 40}, {"low": 41, "likely_low": 50}])
def test_part_exceeds_whole_leaves_bounds_that_meet_alone(desk, part):
    article = desk.article("a")
    desk.figure(article, 42)
    desk.figure(article, 50, place="Westmark", **part)
    assert desk.contradictions() == []


@pytest.mark.parametrize(("hour", "number", "found"), [(6, 64, 1), (6, 62, 0), (18, 64, 0)])
def test_part_exceeds_whole_catches_two_reports_of_one_day_where_growth_cannot_explain_them(desk, hour, number, found):
    desk.report("a", 42, hour=12)
    desk.report("b", number, hour=hour, place="Westmark")
    assert len(desk.contradictions()) == found


@pytest.mark.parametrize("other", [{"day": 6}, {"place_source": "inherited"}, {"measure": "injured"}])
def test_part_exceeds_whole_leaves_a_part_of_a_sum_on_another_day_or_of_another_kind_alone(desk, other):
    article = desk.article("a")
    desk.figure(article, 103, **{"place": "Westmark", "claimant": "Health Ministry"} | other)
    parts(desk, article)
    assert [row for row in desk.contradictions() if row["rule"] == "inside_a_sum"] == []


@pytest.mark.parametrize(("number", "page"), [(290, "b"), (60, "a")])
def test_part_exceeds_whole_catches_a_whole_beside_a_number_elsewhere_or_below_the_part(desk, number, page):
    pages = {name: desk.article(name) for name in "ab"}
    desk.figure(pages["a"], 103, place="Westmark")
    desk.figure(pages["a"], 42)
    desk.figure(pages[page], number)
    assert (103, 42) in {(row["a_low"], row["b_low"]) for row in desk.relations("part_exceeds_whole")}


@pytest.mark.parametrize(
    "sums", [{"sentence": "The dead include 26 civilians and 16 officers."}, {"place": "Eastmark"}]
)
def test_part_exceeds_whole_leaves_a_sum_that_is_not_complete_or_of_another_place_alone(desk, sums):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    for number, population in ((26, "civilians"), (16, "security_forces")):
        more = {"population": population, "counted": population, "sentence": TOTAL} | sums
        desk.figure(article, number, **more)
    assert desk.relations("part_exceeds_whole") == []


HOUSES = {"measure": "damaged", "population": None, "counted": "houses", "unit": "building"}


def test_part_exceeds_whole_catches_more_houses_as_a_stated_part(desk):
    article = desk.article("a")
    whole = desk.figure(article, 12, **HOUSES)
    desk.figure(article, 20, part_of=whole, **HOUSES)
    assert one(desk.contradictions())["rule"] == "stated_part"


def test_part_exceeds_whole_catches_more_houses_in_a_city_than_in_its_country(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark", **HOUSES)
    desk.figure(article, 42, **HOUSES)
    assert one(desk.contradictions())["rule"] == "place_inside"


def test_part_exceeds_whole_is_grave_for_a_stated_part_whatever_its_place_is_known_by(desk):
    article = desk.article("a")
    whole = desk.figure(article, 12, place_source="inherited")
    desk.figure(article, 20, part_of=whole, place_source="inherited")
    assert one(desk.contradictions())["severity"] == "high"


def test_part_exceeds_whole_is_milder_where_the_place_of_the_whole_is_only_inherited(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    desk.figure(article, 42, place_source="inherited")
    assert one(desk.contradictions())["severity"] == "medium"


def test_part_exceeds_whole_catches_a_class_in_a_place_that_is_only_inherited(desk):
    article = desk.article("a")
    desk.figure(article, 50, population="police", counted="policemen", place_source="inherited")
    desk.figure(article, 42)
    assert one(desk.contradictions())["rule"] == "class_inside"


def test_part_exceeds_whole_catches_a_whole_beside_a_range_that_holds_the_part(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    desk.figure(article, 42)
    desk.figure(article, 70, low=30, high=110, likely_low=30, likely_high=110, qualifier="between")
    assert (103, 42) in {(row["a_low"], row["b_low"]) for row in desk.relations("part_exceeds_whole")}


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        ({"day": None}, {"day": None}, 1),
        ({"as_of_to": MAY[6]}, {}, 1),
        ({"day": None}, {}, 0),
        ({}, {"day": None}, 0),
        ({"day": None, "as_of_from": MAY[5]}, {"day": None}, 0),
        ({"day": None, "as_of_to": MAY[5]}, {"day": None}, 0),
        ({"day": 6}, {"day": 4}, 0),
        ({"day": 4}, {"day": 6}, 1),
        ({"day": 4, "measure": "missing"}, {"day": 6, "measure": "missing"}, 0),
    ],
)
def test_part_exceeds_whole_catches_one_article_by_days_that_meet_or_a_later_whole(desk, part, whole, found):
    article = desk.article("a")
    desk.figure(article, 50, place="Westmark", **part)
    desk.figure(article, 42, **whole)
    assert len(desk.contradictions()) == found


def test_part_exceeds_whole_leaves_a_later_part_alone_that_another_article_had_that_day(desk):
    article = desk.article("a", hour=6)
    desk.figure(article, 50, place="Westmark", day=6)
    desk.figure(article, 42, day=5)
    desk.report("b", 50, hour=18, place="Westmark")
    assert desk.contradictions() == []


def test_part_exceeds_whole_catches_a_level_of_another_article_that_day(desk):
    desk.report("a", 42, measure="missing", hour=6)
    desk.report("b", 50, measure="missing", hour=12, place="Westmark")
    assert one(desk.contradictions())["rule"] == "place_inside"


def test_part_exceeds_whole_leaves_police_above_unnamed_forces_of_the_country_alone(desk):
    article = desk.article("a")
    desk.figure(article, 2977, measure="deployed", population="police", counted="police officers", place="Westmark")
    desk.figure(article, 450, measure="deployed")
    assert desk.contradictions() == []


@pytest.mark.parametrize(
    "part",
    [
        {"unit": "household"},
        {"low": 41, "likely_low": 103},
        {"likely_low": 41},
        {"as_of_from": MAY[4]},
        {"as_of_to": MAY[6]},
    ],
)
def test_part_exceeds_whole_leaves_a_part_of_a_sum_in_another_unit_within_its_bounds_or_of_more_days_alone(desk, part):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark", **part)
    parts(desk, article)
    assert desk.relations("part_exceeds_whole") == []


def test_part_exceeds_whole_leaves_people_above_a_sum_of_forces_alone(desk):
    article = desk.article("a")
    desk.figure(article, 103, place="Westmark")
    sentence = "The toll stands at 26 policemen and 16 soldiers."
    for number, population in ((26, "police"), (16, "soldiers")):
        desk.figure(article, number, population=population, counted=population, sentence=sentence)
    assert desk.relations("part_exceeds_whole") == []


def test_part_exceeds_whole_leaves_a_sum_that_another_article_gives_alone(desk):
    desk.report("a", 103, place="Westmark")
    parts(desk, desk.article("b"))
    assert desk.relations("part_exceeds_whole") == []


def test_part_exceeds_whole_names_the_class_of_the_whole(desk):
    article = desk.article("a")
    desk.figure(article, 50, population="police", counted="policemen", place="Westmark")
    desk.figure(article, 42, population="security_forces", counted="officers")
    assert "is more than 42 security forces killed in Norland" in one(desk.contradictions())["explanation"]
