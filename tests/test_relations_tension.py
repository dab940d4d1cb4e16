"""Numbers that can both be true and are not likely to be."""

from __future__ import annotations

import pytest
from newsdesk import VAGUE_DOZENS, Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_tension_catches_dozens_beside_a_much_higher_number(desk):
    desk.report("a", 164, high=None, likely_high=None, qualifier="at_least", claimant="Health Ministry")
    desk.report("b", None, **VAGUE_DOZENS)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"]) == ("tension", "low")
    assert found["explanation"] == (
        '"Dozens of people" killed in Norland by The B (5 May 2031) sits uneasily beside at least 164 '
        "by Health Ministry (The A, 5 May 2031)"
    )


def test_tension_holds_between_undated_articles(desk):
    desk.report("a", 164, day=None, high=None, likely_high=None, qualifier="at_least")
    desk.report("b", None, day=None, **VAGUE_DOZENS)
    assert one(desk.contradictions())["kind"] == "tension"


def test_tension_leaves_dozens_of_an_earlier_day_alone(desk):
    desk.report("a", 164, day=6, high=None, likely_high=None, qualifier="at_least")
    desk.report("b", None, day=4, **VAGUE_DOZENS)
    assert desk.contradictions() == []


def test_tension_leaves_dozens_beside_forty_alone(desk):
    desk.report("a", 40)
    desk.report("b", None, **VAGUE_DOZENS)
    assert desk.contradictions() == []


def test_tension_catches_a_base_and_more_above_the_whole(desk):
    sentence = "About 3,000 Russian troops came, as well as almost a thousand more from elsewhere."
    troops = {"measure": "deployed", "population": "soldiers", "counted": "troops"}
    article = desk.article("a", day=8)
    desk.figure(
        article,
        3000,
        day=8,
        low=2000,
        high=4000,
        likely_low=2500,
        likely_high=3500,
        qualifier="about",
        sentence=sentence,
        **troops,
    )
    bounds = {"low": 800, "high": 1000, "likely_low": 900, "likely_high": 1000, "qualifier": "nearly"}
    more = {"quote": "almost a thousand more", "sentence": sentence, "aspect": "increment"}
    desk.figure(article, 1000, day=8, **bounds, **more, **troops)
    desk.report("b", 3000, day=None, likely_low=2700, likely_high=3300, **troops)
    found = one(desk.contradictions())
    assert (found["kind"], found["rule"], found["a_low"], found["a_high"]) == ("tension", "sum_of_parts", 2800, 5000)


def test_tension_catches_a_number_cited_after_it_was_withdrawn(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    desk.report("b", 359, day=9)
    assert [(row["kind"], row["rule"]) for row in desk.contradictions()] == [
        ("retraction", "corrected_in_words"),
        ("tension", "cited_after_its_retraction"),
    ]


@pytest.mark.parametrize(
    ("number", "again"),
    [
        (359, {"measure": "injured"}),
        (359, {"unit": "household"}),
        (359, {"population": "police", "counted": "policemen"}),
        (359, {"day": 6}),
        (358, {}),
        (359, {"low": 350, "qualifier": "between"}),
        (359, {"high": None, "qualifier": "at_least"}),
        (359, {"article": {"story": "t"}}),
    ],
)
def test_tension_leaves_another_number_kind_day_or_story_after_a_retraction_alone(desk, number, again):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    desk.report("b", number, **{"day": 9} | again)
    assert [row for row in desk.contradictions() if row["rule"] == "cited_after_its_retraction"] == []


def test_tension_leaves_the_article_that_withdrew_a_number_alone(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    desk.figure(article, 359, day=9)
    assert [row for row in desk.contradictions() if row["rule"] == "cited_after_its_retraction"] == []


def test_tension_leaves_numbers_that_one_sum_may_be_alone(desk):
    sentence = "About 30 officers came, as well as another ten from elsewhere."
    police = {"measure": "deployed", "population": "police", "counted": "officers"}
    article = desk.article("a", day=8)
    desk.figure(article, 30, day=8, likely_low=25, likely_high=35, qualifier="about", sentence=sentence, **police)
    desk.figure(article, 10, day=8, quote="another ten", aspect="increment", sentence=sentence, **police)
    desk.report("b", 38, day=8, **police)
    assert [row for row in desk.contradictions() if row["rule"] == "sum_of_parts"] == []
