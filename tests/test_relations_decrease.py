"""A count that can only grow, and goes down."""

from __future__ import annotations

import pytest
from newsdesk import MAY, Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_decrease_catches_a_lower_count_of_a_later_day(desk):
    desk.report("a", 321, day=5)
    desk.report("b", 253, day=7)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["a_low"], found["b_low"]) == ("decrease", "medium", 321, 253)
    assert found["explanation"].startswith(
        "The count of killed in Norland goes down: 321 by The A (5 May 2031), later 253"
    )


def test_decrease_is_milder_where_the_lower_number_is_an_old_one_again(desk):
    desk.report("a", 253, day=4)
    desk.report("b", 321, day=5)
    desk.report("c", 253, day=7)
    assert one(desk.contradictions())["severity"] == "low"


def test_decrease_leaves_a_growing_count_alone(desk):
    desk.report("a", 253, day=5)
    desk.report("b", 321, day=7)
    assert desk.kinds() == ["update"]


def test_decrease_leaves_a_number_less_than_half_of_the_other_alone(desk):
    desk.report("a", 18000, day=5, measure="jobs_cut", population="workers", place_source=None)
    desk.report("b", 400, day=7, measure="jobs_cut", population="workers", place_source=None)
    assert desk.contradictions() == []


def test_decrease_leaves_a_number_alone_that_was_printed_before_the_higher_one(desk):
    late = desk.article("a", day=9)
    desk.figure(late, 150, day=4)
    desk.report("b", 135, day=6)
    assert desk.contradictions() == []


def test_decrease_leaves_levels_alone(desk):
    desk.report("a", 321, day=5, measure="missing")
    desk.report("b", 253, day=7, measure="missing")
    assert desk.contradictions() == []


def test_decrease_leaves_an_article_alone_that_gives_the_higher_number_too(desk):
    desk.report("a", 152, day=5)
    article = desk.article("b", day=7)
    desk.figure(article, 58, day=7, field="title")
    desk.figure(article, 158, day=7)
    assert [row["kind"] for row in desk.contradictions()] == ["internal_conflict"]


def test_decrease_leaves_the_lower_number_of_one_hospital_alone(desk):
    desk.report("a", 65, day=5, claimant="Health Ministry")
    article = desk.article("b", day=7)
    desk.figure(article, 40, day=7, field="title")
    desk.figure(article, 40, day=7, claimant="Doctors at Northern Hospital")
    assert desk.contradictions() == []


def test_decrease_leaves_a_sentence_that_looks_back_alone(desk):
    desk.report("a", 321, day=5)
    desk.report("b", 253, day=7, sentence="At first 253 people were thought dead.")
    assert desk.contradictions() == []


def test_decrease_leaves_a_number_that_is_the_other_one_rounded_alone(desk):
    desk.report("a", 321, day=5)
    desk.report("b", 300, day=7, likely_low=270, likely_high=330)
    assert [row for row in desk.contradictions() if row["kind"] == "decrease"] == []


def test_decrease_catches_an_article_that_gives_the_higher_number_of_another_scope(desk):
    desk.report("a", 321, day=5)
    article = desk.article("b", day=7)
    desk.figure(article, 253, day=7)
    desk.figure(article, 321, day=7, measure="injured")
    assert one(desk.contradictions())["kind"] == "decrease"


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ({"number": 330}, 0),
        ({"number": 300}, 1),
        ({"number": None, "low": 200, "high": 400, "qualifier": "between"}, 1),
    ],
)
def test_decrease_leaves_to_its_own_article_what_that_contradicts(desk, own, found):
    desk.report("a", 321, day=5)
    article = desk.article("b", day=7)
    desk.figure(article, 253, day=7)
    desk.figure(article, own.pop("number"), day=7, **own)
    assert len([row for row in desk.relations("decrease") if row["b_low"] == 253]) == found


def test_decrease_leaves_an_estimate_alone_whose_hard_bounds_hold_the_later_number(desk):
    desk.report("a", 320, day=5, low=250, high=390, likely_low=290, likely_high=350, qualifier="about")
    desk.report("b", 253, day=7)
    assert desk.relations("decrease") == []


def test_decrease_leaves_to_its_own_article_a_number_below_an_open_bound(desk):
    desk.report("a", 321, day=5)
    article = desk.article("b", day=7)
    desk.figure(article, 253, day=7)
    desk.figure(article, 330, day=7, low=331, high=None, likely_low=331, likely_high=None, qualifier="more_than")
    assert desk.relations("decrease") == []


@pytest.mark.parametrize("higher", [{"page": "b", "day": 4}, {"page": "c", "day": 7}])
def test_decrease_catches_a_lower_count_though_an_earlier_day_or_another_article_has_a_higher_one(desk, higher):
    desk.report("a", 321, day=5)
    pages = {page: desk.article(page, day=7) for page in "bc"}
    desk.figure(pages["b"], 253, day=7)
    desk.figure(pages[higher["page"]], 330, day=higher["day"])
    assert (321, 253) in {(row["a_low"], row["b_low"]) for row in desk.relations("decrease")}


def test_decrease_names_the_higher_number_as_it_stood_before_the_lower_one_came(desk):
    for page, day, number in (("a", 4, 321), ("b", 7, 253), ("c", 8, 321), ("d", 9, 253)):
        desk.report(page, number, day=day)
    found = one(desk.relations("decrease"))
    assert (found["a_url"], found["b_url"]) == ("https://a.example/a", "https://b.example/b")
    assert found["rule"] == "older_number_again"


@pytest.mark.parametrize("page", ["a", "b"])
def test_decrease_catches_a_lower_count_where_one_article_has_no_day_of_its_own(desk, page):
    for name, day, number in (("a", 5, 321), ("b", 7, 253)):
        desk.figure(desk.article(name, day=None if name == page else day), number, day=day)
    assert one(desk.contradictions())["kind"] == "decrease"


def test_decrease_leaves_out_who_gives_the_higher_number_for_a_later_day(desk):
    first = desk.report("a", 321, day=5)
    desk.report("b", 253, day=7)
    desk.figure(desk.article("c", day=None), 321, day=9)
    assert one(desk.relations("decrease"))["a_figure_ids"] == [first]


@pytest.mark.parametrize(
    ("higher", "lower", "severity"),
    [
        ({}, {}, "medium"),
        ({"as_of_from": MAY[4]}, {}, "low"),
        ({}, {"as_of_to": MAY[8]}, "low"),
        ({}, {"place_source": "inherited"}, "low"),
    ],
)
def test_decrease_is_milder_where_a_day_is_inexact_or_a_place_is_only_inherited(desk, higher, lower, severity):
    desk.report("a", 321, day=5, **higher)
    desk.report("b", 253, day=7, **lower)
    assert one(desk.contradictions())["severity"] == severity


def test_decrease_holds_the_lower_number_against_every_higher_one_before_it(desk):
    for page, day, number in (("a", 4, 321), ("b", 5, 330), ("c", 7, 253)):
        desk.report(page, number, day=day)
    found = {(row["a_low"], row["a_url"]) for row in desk.relations("decrease")}
    assert found == {(321, "https://a.example/a"), (330, "https://b.example/b")}
