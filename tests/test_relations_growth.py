"""What contradicts nothing: rounding, growth, agreement."""

from __future__ import annotations

import pytest
from newsdesk import MAY, VAGUE_DOZENS, Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_rounding_joins_a_number_and_the_same_rounded(desk):
    desk.report("a", 2977)
    desk.report("b", 3000, likely_low=2700, likely_high=3300)
    assert desk.kinds() == ["rounding"]


def test_rounding_never_joins_numbers_too_far_apart_to_be_one(desk):
    desk.report("a", 2477, claimant="Red Cross")
    desk.report("b", 3000, likely_low=2700, likely_high=3300, claimant="Cabinet")
    assert desk.kinds() == ["source_conflict"]


def test_update_follows_a_count_from_day_to_day(desk):
    for page, day, number in (("a", 4, 8), ("b", 5, 12), ("c", 6, 16)):
        desk.report(page, number, day=day, population="security_forces", counted="officers")
    found = desk.relations()
    assert [(row["kind"], row["a_low"], row["b_low"], row["severity"]) for row in found] == [
        ("update", 8, 12, None),
        ("update", 12, 16, None),
    ]
    assert found[0]["explanation"] == (
        "The count of security forces killed in Norland grew from 8 (The A, 4 May 2031) to 12 (The B, 5 May 2031)"
    )


def test_update_follows_an_open_bound_to_a_higher_number(desk):
    desk.report("a", 1000, day=4, low=1001, high=None, likely_low=1001, qualifier="more_than", measure="injured")
    desk.report("b", 2200, day=6, measure="injured")
    assert desk.kinds() == ["update"]


def test_update_is_inferred_where_the_days_are_unknown(desk):
    desk.report("a", 8, day=None)
    desk.report("b", 12, day=None)
    found = one(desk.relations())
    assert (found["kind"], found["rule"]) == ("update", "higher_so_later")


def test_update_leaves_a_number_that_fell_alone(desk):
    desk.report("a", 321, day=5)
    desk.report("b", 150, day=7)
    assert desk.kinds() == []


def test_update_leaves_levels_alone(desk):
    desk.report("a", 8, day=4, measure="missing")
    desk.report("b", 12, day=6, measure="missing")
    assert desk.relations() == []


def test_agreement_counts_independent_voices(desk):
    desk.report("a", 40, claimant="Health Ministry")
    desk.report("b", 40, claimant="Health Ministry")
    desk.report("c", 40, claimant="Red Cross")
    found = one(desk.relations())
    assert (found["kind"], found["voices"]) == ("agreement", 2)
    assert found["explanation"].startswith("2 independent voices give 40 killed in Norland, first Health Ministry")


def test_agreement_never_counts_copies_of_one_text(desk):
    for page in ("a", "b", "c"):
        desk.report(page, 40, article={"cluster": "agency text"})
    assert desk.relations() == []


def test_agreement_takes_a_headline_and_whom_its_text_cites_for_one_voice(desk):
    article = desk.article("a")
    desk.figure(article, 14, field="title")
    desk.figure(article, 14, claimant="Police")
    assert desk.relations() == []


def test_update_leaves_a_number_and_the_same_rounded_alone(desk):
    desk.report("a", 2977, day=4)
    desk.report("b", 3000, day=6, likely_low=2700, likely_high=3300)
    assert desk.kinds() == ["rounding"]


def test_update_leaves_an_open_bound_beside_its_own_number_alone(desk):
    desk.report("a", 40, day=4, high=None, likely_high=None, qualifier="at_least")
    desk.report("b", 40, day=6)
    assert "update" not in desk.kinds()


def test_agreement_never_joins_vague_words(desk):
    desk.report("a", None, claimant="Fire Brigade", **VAGUE_DOZENS)
    desk.report("b", None, claimant="Red Cross", **VAGUE_DOZENS)
    assert desk.kinds() == []


@pytest.mark.parametrize("days", [(None, 5), (5, None)])
def test_update_is_inferred_where_one_day_is_unknown(desk, days):
    desk.report("a", 8, day=days[0])
    desk.report("b", 12, day=days[1])
    assert one(desk.relations())["rule"] == "higher_so_later"


def test_update_leaves_a_lower_number_alone_that_is_surely_the_later_one(desk):
    desk.report("a", 321, day=None, as_of_to=MAY[4])
    desk.report("b", 150, day=None, as_of_from=MAY[6])
    assert desk.kinds() == []


def test_update_leaves_an_estimate_alone_whose_hard_bounds_hold_the_later_number(desk):
    desk.report("a", 40, day=4, low=30, high=50, likely_low=38, likely_high=42, qualifier="about")
    desk.report("b", 45, day=6)
    assert desk.kinds() == []


def test_update_leaves_a_loose_word_beside_a_later_estimate_that_reaches_below_it_alone(desk):
    desk.report("a", None, day=4, **VAGUE_DOZENS)
    desk.report("b", 60, day=6, low=10, high=110, likely_low=30, likely_high=90, qualifier="about")
    assert desk.kinds() == []
