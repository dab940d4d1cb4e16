"""One number of one body that stands for two things."""

from __future__ import annotations

import pytest
from newsdesk import Desk, one


@pytest.fixture
def desk():
    return Desk()


def drift(desk, value=64, **other):
    desk.report("a", value, claimant="Interior Ministry", population="police", counted="policemen")
    soldiers = {"number": value, "population": "soldiers", "counted": "soldiers"}
    desk.report("b", claimant="Interior Ministry", **soldiers | other)


def test_scope_drift_catches_one_number_of_one_body_for_two_classes(desk):
    drift(desk)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["rule"]) == ("scope_drift", "medium", "other_class")
    assert found["explanation"].startswith(
        "64 by Interior Ministry on 5 May 2031 stands for police killed in Norland at The A and for soldiers"
    )


def test_scope_drift_leaves_people_who_may_be_the_police_alone(desk):
    deployed = {"measure": "deployed", "claimant": "Interior Ministry"}
    desk.report("a", 640, population="police", counted="policemen", **deployed)
    desk.report("b", 640, **deployed)
    assert desk.contradictions() == []


def test_scope_drift_catches_one_number_of_one_body_for_two_places(desk):
    desk.report("a", 64, claimant="Interior Ministry", place="Westmark")
    desk.report("b", 64, claimant="Interior Ministry", place="Eastmark")
    assert one(desk.contradictions())["rule"] == "other_place"


def test_scope_drift_is_milder_for_a_place_inside_the_other(desk):
    soldiers = {"measure": "deployed", "population": "soldiers", "counted": "soldiers", "claimant": "Defence Ministry"}
    desk.report("a", 450, place="Westmark", **soldiers)
    desk.report("b", 450, **soldiers)
    assert one(desk.contradictions())["severity"] == "low"


def test_scope_drift_leaves_the_dead_of_a_city_named_by_its_country_alone(desk):
    desk.report("a", 64, claimant="Interior Ministry", place="Westmark")
    desk.report("b", 64, claimant="Interior Ministry")
    assert desk.contradictions() == []


@pytest.mark.parametrize(
    "other",
    [
        {"claimant": "Red Cross"},
        {"population": "security_forces"},
        {"day": 6},
        {"place": "Westmark"},
    ],
)
def test_scope_drift_leaves_another_body_day_or_wider_class_alone(desk, other):
    desk.report("a", 64, claimant="Interior Ministry", population="police", counted="policemen")
    desk.report("b", 64, **{"claimant": "Interior Ministry", "population": "soldiers", "counted": "soldiers"} | other)
    assert desk.contradictions() == []


def test_scope_drift_leaves_small_numbers_alone(desk):
    drift(desk, value=3)
    assert desk.contradictions() == []


@pytest.mark.parametrize(
    "both",
    [
        {"day": None},
        {"qualifier": "about"},
        {"place_source": "inherited"},
        {"claimant": None, "article": {"cluster": "agency text"}},
    ],
)
def test_scope_drift_leaves_hedged_undated_unplaced_or_unnamed_numbers_alone(desk, both):
    for page, population in (("a", "police"), ("b", "soldiers")):
        kind = {"population": population, "counted": population, "claimant": "Interior Ministry"}
        desk.report(page, 64, **kind | both)
    assert desk.relations("scope_drift") == []


def test_scope_drift_leaves_two_classes_of_one_article_alone(desk):
    article = desk.article("a")
    for population in ("police", "soldiers"):
        desk.figure(article, 64, population=population, counted=population, claimant="Interior Ministry")
    assert desk.relations("scope_drift") == []


def test_scope_drift_leaves_the_dead_of_a_country_named_by_its_city_alone(desk):
    desk.report("a", 64, claimant="Interior Ministry")
    desk.report("b", 64, claimant="Interior Ministry", place="Westmark")
    assert desk.contradictions() == []


@pytest.mark.parametrize(
    "other", [{"measure": "injured"}, {"unit": "household"}, {"number": 65}, {"article": {"story": "t"}}]
)
def test_scope_drift_leaves_another_measure_unit_number_or_story_alone(desk, other):
    drift(desk, **other)
    assert desk.relations("scope_drift") == []


def test_scope_drift_leaves_two_classes_in_two_places_alone(desk):
    both = {"claimant": "Interior Ministry"}
    desk.report("a", 64, population="police", counted="policemen", place="Westmark", **both)
    desk.report("b", 64, population="soldiers", counted="soldiers", place="Eastmark", **both)
    assert desk.relations("scope_drift") == []


def test_scope_drift_leaves_forces_without_a_class_beside_soldiers_alone(desk):
    both = {"claimant": "Interior Ministry", "measure": "deployed"}
    desk.report("a", 640, **both)
    desk.report("b", 640, population="soldiers", counted="soldiers", **both)
    desk.report("c", 50, place="Westmark", **both)
    assert desk.relations("scope_drift") == []


@pytest.mark.parametrize("both", ["a", "b", "c"])
def test_scope_drift_leaves_two_classes_alone_where_one_of_three_articles_has_both(desk, both):
    articles = {page: desk.article(page) for page in "abc"}
    for pages, population in ((both + "a", "police"), (both + "b", "soldiers")):
        for page in set(pages):
            desk.figure(articles[page], 64, population=population, counted=population, claimant="Interior Ministry")
    assert desk.relations("scope_drift") == []


def test_scope_drift_leaves_job_cuts_without_a_place_beside_those_of_a_place_alone(desk):
    cuts = {"measure": "jobs_cut", "population": "workers", "counted": "workers", "claimant": "Harbour Works"}
    desk.report("a", 640, place_source=None, **cuts)
    desk.report("b", 640, place="Westmark", **cuts)
    assert desk.relations("scope_drift") == []
