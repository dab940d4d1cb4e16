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
    retraction, tension = desk.contradictions()
    assert (retraction["rule"], tension["rule"]) == ("corrected_in_words", "cited_after_its_retraction")
    assert tension["explanation"] == (
        "The B, 9 May 2031 still gives 359 killed in Norland, which was withdrawn for 253 (The A, 6 May 2031)"
    )


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


SOLDIERS = {"measure": "deployed", "population": "soldiers", "counted": "soldiers"}
AS_WELL_AS = "There came 3,000 people, as well as another 900 people from elsewhere."


def base_and_more(desk, **more):
    """3,000 soldiers and another 900 in one sentence, 3,000 in another article; what is told of the 900 may change."""
    article = desk.article("a")
    sentence = more.pop("sentence", AS_WELL_AS)
    desk.figure(article, 3000, quote="3,000 people", char_start=100, sentence=sentence, **SOLDIERS)
    given = {"quote": "another 900 people", "char_start": 150, "sentence": sentence, "aspect": "increment"}
    desk.figure(article, 900, **SOLDIERS | given | more)
    desk.report("b", 3000, **SOLDIERS)
    return article


@pytest.mark.parametrize("more", [{}, {"aspect": None}, {"quote": "900 people"}, {"place": None}])
def test_tension_catches_more_on_top_of_a_base_however_it_is_told(desk, more):
    base_and_more(desk, **more)
    found = one([row for row in desk.contradictions() if row["a_high"] == 3900])
    assert (found["kind"], found["rule"]) == ("tension", "sum_of_parts")


def test_tension_catches_more_on_top_of_a_base_above_a_whole_of_the_same_article(desk):
    article = base_and_more(desk)
    desk.figure(article, 3100, char_start=600, sentence="In all 3,100 people came.", **SOLDIERS)
    assert {row["rule"] for row in desk.contradictions() if row["b_low"] == 3100} == {"sum_of_parts", "same_article"}


@pytest.mark.parametrize(
    "more",
    [
        {"field": "title"},
        {"measure": "injured"},
        {"unit": "household"},
        {"trackable": False},
        {"negated": True},
        {"is_background": True},
        {"char_start": 50},
        {"char_start": 300},
        {"place": "Westmark"},
        {"aspect": None, "quote": "900 people"},
        {"sentence": "There came 3,000 people, and later another 900 people."},
    ],
)
def test_tension_leaves_a_number_alone_that_does_not_come_on_top_of_the_base(desk, more):
    base_and_more(desk, **more)
    assert [row for row in desk.relations("tension") if row["rule"] == "sum_of_parts"] == []


@pytest.mark.parametrize("page", ["a", "c"])
def test_tension_leaves_a_number_of_another_sentence_or_article_alone(desk, page):
    articles = {name: desk.article(name) for name in "ac"}
    base = "There came 3,000 people in March, as well as other people and more arms."
    sentence = base if page == "c" else AS_WELL_AS
    desk.figure(articles["a"], 3000, quote="3,000 people", char_start=100, sentence=base, **SOLDIERS)
    more = {"quote": "another 900 people", "char_start": 150, "sentence": sentence, "aspect": "increment"}
    desk.figure(articles[page], 900, **SOLDIERS | more)
    desk.report("b", 3000, **SOLDIERS)
    assert desk.relations("tension") == []


def parts(desk, *, day=5):
    """26 civilians and 16 officers, in one sentence."""
    article = desk.article("a", day=day)
    for number, population in ((26, "civilians"), (16, "security_forces")):
        sentence = "The dead are 26 civilians and 16 officers."
        desk.figure(article, number, population=population, counted=population, sentence=sentence, day=day)


ABOUT_35 = {"low": 25, "high": 45, "likely_low": 30, "likely_high": 40, "qualifier": "about"}


@pytest.mark.parametrize(("day", "rules"), [(5, ["sum_of_parts"]), (4, [])])
def test_tension_catches_a_sum_above_what_is_likely_of_the_whole_and_leaves_an_earlier_whole_alone(desk, day, rules):
    parts(desk)
    desk.report("b", 35, day=day, **ABOUT_35)
    assert [row["rule"] for row in desk.relations("tension")] == rules


def test_tension_leaves_a_sum_whose_hard_bounds_the_whole_cannot_meet_to_the_rule_of_sums(desk):
    parts(desk)
    desk.report("b", 30)
    assert desk.relations("tension") == []


@pytest.mark.parametrize(("day", "hour", "found"), [(5, 6, 1), (4, 6, 0), (6, 18, 0)])
def test_tension_catches_levels_of_one_day_whichever_was_printed_first(desk, day, hour, found):
    at_least = {"high": None, "likely_high": None, "qualifier": "at_least"}
    desk.report("a", 164, hour=12, measure="missing", **at_least)
    desk.report("b", None, day=day, hour=hour, measure="missing", **VAGUE_DOZENS)
    assert len(desk.contradictions()) == found


@pytest.mark.parametrize(
    ("printed", "spoken_of", "found"),
    [({"day": 5, "hour": 18}, 5, 1), ({"day": 5, "hour": 6}, 5, 0), ({"day": 6}, 4, 0), ({"day": None}, 5, 1)],
)
def test_tension_leaves_dozens_alone_that_nobody_says_any_more(desk, printed, spoken_of, found):
    desk.report("a", 164, hour=12, high=None, likely_high=None, qualifier="at_least")
    desk.figure(desk.article("b", **printed), None, day=spoken_of, **VAGUE_DOZENS)
    assert len(desk.contradictions()) == found


def test_tension_catches_dozens_beside_an_article_that_nobody_dated(desk):
    desk.figure(desk.article("a", day=None), 164, high=None, likely_high=None, qualifier="at_least")
    desk.report("b", None, **VAGUE_DOZENS)
    assert one(desk.contradictions())["kind"] == "tension"


def test_tension_holds_a_loose_word_against_the_number_most_spoken_of_alone(desk):
    for page, number in (("a", 180), ("b", 164), ("c", 164)):
        desk.report(page, number, high=None, likely_high=None, qualifier="at_least")
    desk.report("d", None, **VAGUE_DOZENS)
    assert [row["b_low"] for row in desk.relations("tension")] == [164]


def test_tension_holds_a_number_against_the_loose_word_most_spoken_of_alone(desk):
    scores = VAGUE_DOZENS | {"quote": "scores of people", "low": 20, "likely_low": 40, "likely_high": 150}
    desk.report("a", 164, high=None, likely_high=None, qualifier="at_least")
    desk.report("b", None, **VAGUE_DOZENS)
    for page in "cd":
        desk.report(page, None, **scores)
    assert [row["a_low"] for row in desk.relations("tension")] == [20]


def test_tension_leaves_a_number_alone_that_only_an_older_version_withdrew(desk):
    first = desk.article("a", day=6, version=1, is_latest=False)
    old = desk.figure(first, 359, day=6)
    desk.figure(first, 253, day=6, corrects=old)
    desk.article("a", day=6, version=2)
    desk.report("b", 359, day=9)
    assert desk.relations("tension") == []


def test_tension_leaves_a_number_alone_that_was_only_put_more_loosely(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6)
    desk.figure(article, 350, day=6, low=300, high=400, qualifier="about", corrects=old)
    desk.report("b", 359, day=9)
    assert [row for row in desk.relations("tension") if row["rule"] == "cited_after_its_retraction"] == []


def test_tension_keeps_the_bounds_of_both_numbers(desk):
    desk.report("a", 40, low=30, high=60, likely_low=38, likely_high=42, qualifier="about")
    desk.report("b", 55, low=50, high=70, likely_low=52, likely_high=58, qualifier="about")
    found = one(desk.relations("tension"))
    assert [found[name] for name in ("a_low", "a_high", "b_low", "b_high")] == [30, 60, 50, 70]
