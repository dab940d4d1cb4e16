"""Two bodies, or two articles, against each other."""

from __future__ import annotations

import pytest
from newsdesk import MAY, Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_source_conflict_catches_two_bodies_on_one_day(desk):
    desk.report("a", 40, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry")
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["voices"]) == ("source_conflict", "medium", 2)
    assert found["explanation"] == (
        "Fire Brigade gives 40 killed in Norland (The A, 5 May 2031); Interior Ministry says 61 (The B, 5 May 2031)"
    )


def test_source_conflict_catches_two_bodies_in_one_article(desk):
    article = desk.article("a", day=None)
    desk.figure(article, 207, day=None, claimant="Police Spokesman Ferd Holm")
    desk.figure(article, 290, day=None, claimant="local media")
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_source_conflict_of_two_bodies_in_one_article_is_no_milder_where_another_article_has_it_too(desk):
    article = desk.article("a")
    desk.figure(article, 22, claimant="Railway")
    desk.figure(article, 27, claimant="District Governor")
    desk.report("b", 22, claimant="Railway")
    assert [row["severity"] for row in desk.contradictions()] == ["medium"]


def test_source_conflict_is_graver_for_one_body_in_two_articles(desk):
    desk.report("a", 3000, claimant="Defence Ministry", measure="deployed")
    desk.report("b", 5000, claimant="Defence Ministry", measure="deployed")
    assert one(desk.contradictions())["severity"] == "high"


def test_source_conflict_leaves_soldiers_beside_all_security_forces_alone(desk):
    desk.report("a", 450, claimant="Cabinet", measure="deployed", population="soldiers", counted="soldiers")
    desk.report("b", 900, claimant="Army", measure="deployed", population="security_forces", counted="security forces")
    assert desk.contradictions() == []


def test_source_conflict_is_milder_where_one_place_is_only_inherited(desk):
    desk.report("a", 40, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry", place_source="inherited")
    assert one(desk.contradictions())["severity"] == "low"


def test_source_conflict_compares_levels_a_day_apart(desk):
    desk.report("a", 3, measure="missing", claimant="Cabinet", day=5)
    desk.report("b", 7, measure="missing", claimant="Army", day=6)
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_source_conflict_leaves_levels_two_days_apart_alone(desk):
    desk.report("a", 3, measure="missing", claimant="Cabinet", day=5)
    desk.report("b", 7, measure="missing", claimant="Army", day=7)
    assert desk.contradictions() == []


def test_a_level_that_fell_by_more_than_half_overnight_in_one_article_contradicts_nothing(desk):
    article = desk.article("a")
    desk.figure(article, 7, measure="missing", day=4)
    desk.figure(article, 3, measure="missing", day=5)
    assert desk.contradictions() == []


def test_source_conflict_leaves_a_tally_that_grew_during_the_day_alone(desk):
    desk.report("a", 78, hour=7, claimant="Health Ministry")
    desk.report("b", 100, hour=15, claimant="Red Cross")
    assert desk.contradictions() == []


def test_source_conflict_leaves_two_narrators_of_one_day_with_near_numbers_alone(desk):
    desk.report("a", 154)
    desk.report("b", 158)
    assert desk.contradictions() == []


def test_source_conflict_catches_narrators_far_apart(desk):
    desk.report("a", 58)
    desk.report("b", 158)
    assert one(desk.contradictions())["kind"] == "source_conflict"


@pytest.mark.parametrize(
    "open_bound", [{"low": 40, "high": None, "qualifier": "at_least"}, {"low": 1, "high": None, "qualifier": "up_to"}]
)
def test_source_conflict_leaves_open_bounds_that_meet_alone(desk, open_bound):
    desk.report("a", 40, claimant="Fire Brigade", **open_bound)
    desk.report("b", 61, claimant="Interior Ministry")
    assert desk.contradictions() == []


def test_source_conflict_leaves_undated_reports_alone_and_counts_them(desk):
    desk.report("a", 3000, day=None, measure="deployed", claimant="Cabinet")
    desk.report("b", 5000, day=None, measure="deployed", claimant="Army")
    assert desk.contradictions() == []
    assert desk.rows("SELECT no_day FROM core.related") == [{"no_day": 1}]


def test_source_conflict_leaves_the_patients_of_one_hospital_beside_the_count_of_a_ministry_alone(desk):
    article = desk.article("a")
    desk.figure(article, 40, measure="injured", claimant="Doctors at the Quayside clinic")
    desk.figure(article, 65, measure="injured", claimant="Health Ministry")
    desk.report("b", 41, measure="injured", claimant="Northern Hospital")
    assert desk.contradictions() == []


@pytest.mark.parametrize("body", ["Minister Dr Ada Lorne", "National Doctors Network", "Norland Hospital Service"])
def test_source_conflict_catches_a_body_that_speaks_for_many_hospitals(desk, body):
    article = desk.article("a")
    desk.figure(article, 40, measure="injured", claimant=body)
    desk.figure(article, 65, measure="injured", claimant="Interior Ministry")
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_source_conflict_catches_a_hospital_with_more_patients_than_a_ministry_counts(desk):
    desk.report("a", 65, measure="injured", claimant="Northern Hospital")
    desk.report("b", 40, measure="injured", claimant="Health Ministry")
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_source_conflict_catches_one_hospital_that_gives_two_numbers(desk):
    desk.report("a", 65, measure="hospitalised", claimant="Northern Hospital")
    desk.report("b", 40, measure="hospitalised", claimant="Northern Hospital")
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_source_conflict_catches_a_narrator_who_gives_less_later_that_day(desk):
    desk.report("a", 158, hour=7)
    desk.report("b", 140, hour=15)
    assert [row["kind"] for row in desk.contradictions()] == ["source_conflict"]


@pytest.mark.parametrize(("day", "found"), [(5, 0), (4, 1)])
def test_source_conflict_leaves_an_article_alone_that_gives_the_higher_number_of_that_day_too(desk, day, found):
    article = desk.article("a")
    desk.figure(article, 40, claimant="Fire Brigade")
    desk.figure(article, 61, day=day)
    desk.report("b", 61, claimant="Interior Ministry")
    assert len([row for row in desk.relations("source_conflict") if row["rule"] == "same_day"]) == found


@pytest.mark.parametrize(
    ("number", "more", "found"),
    [(11, {}, 0), (16, {}, 1), (11, {"measure": "protesters"}, 1), (11, {"measure": "damaged", "unit": "building"}, 1)],
)
def test_source_conflict_leaves_a_number_less_than_a_quarter_alone_where_people_are_counted_one_by_one(
    desk, number, more, found
):
    desk.report("a", number, claimant="Fire Brigade", **more)
    desk.report("b", 63, claimant="Interior Ministry", **more)
    assert len(desk.contradictions()) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [({"number": 61}, 0), ({"number": 70}, 0), ({"number": 61, "measure": "injured"}, 1), ({"number": 50}, 1)],
)
def test_source_conflict_leaves_to_its_own_article_what_that_contradicts(desk, more, found):
    article = desk.article("a")
    desk.figure(article, 40, claimant="Fire Brigade")
    desk.figure(article, more.pop("number"), **more)
    desk.report("b", 61, claimant="Interior Ministry")
    rows = [row for row in desk.relations("source_conflict") if (row["a_low"], row["b_low"]) == (40, 61)]
    assert len(rows) == found


def test_source_conflict_holds_every_number_against_every_other(desk):
    for page, number in (("a", 40), ("b", 61), ("c", 90)):
        desk.report(page, number, claimant=f"Body {page.upper()}")
    found = {(row["a_low"], row["b_low"]) for row in desk.contradictions()}
    assert found == {(40, 61), (40, 90), (61, 90)}


def test_source_conflict_leaves_an_estimate_alone_whose_hard_bounds_hold_the_other_number(desk):
    desk.report("a", 50, low=30, high=70, likely_low=45, likely_high=55, qualifier="about", claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry")
    assert desk.relations("source_conflict") == []


def test_source_conflict_is_graver_for_one_named_body_alone_not_for_copies_of_one_text(desk):
    for page, number in (("a", 58), ("b", 158)):
        desk.report(page, number, article={"cluster": "agency text"})
    assert one(desk.contradictions())["severity"] == "medium"


@pytest.mark.parametrize(
    ("claimant", "words"),
    [
        ("Police", "Police give 40 "),
        ("Greek officials", "Greek officials give 40 "),
        ("city's hospital network", "The city's hospital network gives 40 "),
        ("United Nations", "United Nations gives 40 "),
    ],
)
def test_an_explanation_agrees_with_who_speaks(desk, claimant, words):
    desk.figure(desk.article("a"), 40, claimant=claimant)
    desk.figure(desk.article("b"), 61, claimant="Interior Ministry")
    assert one(desk.contradictions())["explanation"].startswith(words)


def test_source_conflict_leaves_two_bodies_alone_of_whom_one_rounds(desk):
    desk.report("a", 2977, claimant="Red Cross")
    desk.report("b", 3000, likely_low=2700, likely_high=3300, claimant="Cabinet")
    assert desk.kinds() == ["rounding"]


@pytest.mark.parametrize("pages", ["ab", "ba"])
def test_source_conflict_catches_an_article_with_both_numbers_beside_another_with_the_lower_one(desk, pages):
    first, both = pages
    desk.report(first, 40, claimant="Fire Brigade", hour=1)
    article = desk.article(both, hour=5)
    for number in (40, 61):
        desk.figure(article, number, claimant="Interior Ministry", sentence="From 40 people to 61 people.")
    found = one(desk.contradictions())
    assert (found["kind"], found["a_low"], found["b_low"]) == ("source_conflict", 40, 61)


@pytest.mark.parametrize(
    ("body", "other"), [("Fire Brigade", "Interior Ministry"), ("Interior Ministry", "Fire Brigade")]
)
@pytest.mark.parametrize("joins", [40, 50])
def test_source_conflict_catches_a_second_body_beside_one_that_gives_both_numbers(desk, body, other, joins):
    desk.report("a", 40, claimant=body)
    desk.report("b", 50, claimant=body)
    desk.report("c", joins, claimant=other)
    assert [row["kind"] for row in desk.contradictions()] == ["source_conflict"]


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ({"value": 61, "low": 61, "high": None, "likely_high": None, "qualifier": "at_least"}, 0),
        ({"low": 30, "high": 100, "qualifier": "between"}, 1),
    ],
)
def test_source_conflict_leaves_to_its_own_article_an_open_bound_above_and_catches_a_range_around(desk, own, found):
    article = desk.article("a")
    desk.figure(article, 40, claimant="Fire Brigade")
    desk.figure(article, **own)
    desk.report("b", 61, claimant="Interior Ministry")
    assert len([row for row in desk.relations("source_conflict") if row["b_high"] == 61]) == found


def test_source_conflict_calls_the_bodies_and_not_who_relays_them(desk):
    desk.report("a", 40)
    desk.report("b", 40, claimant="Fire Brigade")
    desk.report("c", 61, claimant="Interior Ministry")
    assert one(desk.relations("source_conflict"))["explanation"].startswith("Fire Brigade gives 40 ")


@pytest.mark.parametrize(
    ("one_side", "other_side", "severity"),
    [({}, {}, "medium"), ({"as_of_to": MAY[6]}, {}, "low"), ({}, {"as_of_from": MAY[4]}, "low")],
)
def test_source_conflict_is_milder_where_a_day_is_inexact(desk, one_side, other_side, severity):
    desk.report("a", 40, claimant="Fire Brigade", **one_side)
    desk.report("b", 61, claimant="Interior Ministry", **other_side)
    assert one(desk.contradictions())["severity"] == severity


@pytest.mark.parametrize(("kind", "found"), [("medium", 0), ("official", 1)])
def test_source_conflict_leaves_near_numbers_alone_of_which_a_medium_relays_one(desk, kind, found):
    desk.report("a", 154, claimant="Harbour Television", claimant_kind=kind)
    desk.report("b", 158, claimant="Interior Ministry", claimant_kind="official")
    assert len(desk.contradictions()) == found


IN_ONE_BREATH = {"sentence": "The fire brigade says 10 people, the ministry 61 people."}


@pytest.mark.parametrize(
    ("number", "low", "high", "found"),
    [
        (10, IN_ONE_BREATH, IN_ONE_BREATH, 1),
        (10, {"field": "title"}, {}, 1),
        (10, {}, {}, 0),
        (40, {"sentence": "The fire brigade had earlier spoken of 40 people."}, {}, 0),
        (40, {}, {}, 1),
    ],
)
def test_source_conflict_catches_two_bodies_in_one_breath_or_headline_and_leaves_parts_and_stages_alone(
    desk, number, low, high, found
):
    article = desk.article("a")
    desk.figure(article, number, claimant="Fire Brigade", **low)
    desk.figure(article, 61, claimant="Interior Ministry", **high)
    assert len(desk.contradictions()) == found


@pytest.mark.parametrize(
    "variant",
    [
        {"low": 39, "likely_low": 40},
        {"high": 41, "likely_high": 40},
        {"likely_low": 39},
        {"likely_high": 41},
        {"measure": "injured"},
    ],
)
def test_source_conflict_lists_only_who_gives_the_same_bounds(desk, variant):
    desk.report("a", 40, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry")
    desk.report("c", 40, claimant="Red Cross", **variant)
    assert {len(row["a_figure_ids"]) for row in desk.relations("source_conflict")} == {1}


@pytest.mark.parametrize(
    ("measure", "number", "severity"), [("killed", 60, "low"), ("killed", 61, "medium"), ("missing", 60, "medium")]
)
def test_source_conflict_is_milder_for_near_counts_of_a_running_tally(desk, measure, number, severity):
    desk.report("a", 40, claimant="Fire Brigade", measure=measure)
    desk.report("b", number, claimant="Interior Ministry", measure=measure)
    assert one(desk.contradictions())["severity"] == severity
