"""What takes a number back in the open, and what changes it in silence."""

from __future__ import annotations

import pytest
from newsdesk import Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_retraction_catches_a_number_that_its_article_corrects(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    new = desk.figure(article, 253, day=6, corrects=old, claimant="Health Ministry")
    found = one(desk.relations("retraction"))
    assert (found["a_figure_ids"], found["b_figure_ids"], found["severity"]) == ([old], [new], "high")
    assert (
        found["explanation"]
        == "Health Ministry takes back 359 killed in Norland and gives 253 instead (The A, 6 May 2031)"
    )


def test_retraction_names_the_articles_that_had_the_old_number(desk):
    earlier = desk.report("b", 359, day=4)
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    found = one(desk.contradictions())
    assert (found["kind"], sorted(found["a_figure_ids"])) == ("retraction", sorted([earlier, old]))


def test_retraction_catches_a_denied_number_beside_the_one_that_stands(desk):
    article = desk.article("a")
    desk.figure(article, 40, negated=True)
    desk.figure(article, 31)
    assert one(desk.relations("retraction"))["rule"] == "denied_in_words"


def test_retraction_leaves_a_denied_number_far_from_the_one_that_stands_alone(desk):
    article = desk.article("a")
    desk.figure(article, 40, negated=True, char_start=0, char_end=9)
    desk.figure(article, 31, char_start=900, char_end=909)
    assert desk.relations("retraction") == []


def test_retraction_leaves_a_number_confirmed_again_alone(desk):
    article = desk.article("a")
    old = desk.figure(article, 40)
    desk.figure(article, 40, corrects=old)
    assert desk.relations("retraction") == []


def versions(desk, old, new, **given):
    sentence = "The fire killed {} people at the mill."
    first = desk.article("a", version=1, is_latest=False)
    second = desk.article("a", version=2)
    for article, number in ((first, old), (second, new)):
        desk.figure(article, number, sentence=sentence.format(number), **given)


def test_revision_catches_a_number_changed_in_the_same_words(desk):
    versions(desk, 41, 47)
    found = one(desk.contradictions())
    assert (found["kind"], found["severity"], found["a_low"], found["b_low"]) == ("revision", "medium", 41, 47)
    assert "first printed 41 killed in Norland and now has 47" in found["explanation"]


def test_revision_leaves_a_page_with_the_same_number_alone(desk):
    versions(desk, 41, 41)
    assert desk.contradictions() == []


def test_revision_leaves_a_tally_that_moved_on_a_day_alone(desk):
    for version, day, number in ((1, 5, 41), (2, 6, 47)):
        article = desk.article("a", version=version, day=day, is_latest=version == 2)
        desk.figure(article, number, day=day, sentence=f"The fire has killed {number} people so far.")
    assert desk.contradictions() == []


def test_revision_leaves_a_correction_in_the_open_to_the_retraction(desk):
    first = desk.article("a", version=1, is_latest=False)
    second = desk.article("a", version=2)
    desk.figure(first, 41, sentence="The fire killed 41 people.")
    old = desk.figure(second, 41, negated=True, sentence="An earlier count of 41 people was wrong.")
    desk.figure(second, 47, corrects=old, sentence="The fire killed 47 people.")
    assert [row["kind"] for row in desk.contradictions()] == ["retraction"]


def test_retraction_leaves_a_number_that_is_denied_itself_alone(desk):
    article = desk.article("a")
    old = desk.figure(article, 40, negated=True)
    desk.figure(article, 31, corrects=old, negated=True)
    assert desk.relations() == []


def test_retraction_leaves_a_correction_alone_that_the_page_no_longer_prints(desk):
    first = desk.article("a", version=1, is_latest=False)
    old = desk.figure(first, 40)
    desk.figure(first, 31, corrects=old)
    desk.article("a", version=2)
    assert desk.relations("retraction") == []


def test_retraction_leaves_a_denied_number_beside_bounds_that_hold_it_alone(desk):
    article = desk.article("a")
    desk.figure(article, 40, negated=True)
    desk.figure(article, 31, high=None, qualifier="at_least")
    assert desk.relations("retraction") == []


def test_retraction_goes_by_what_the_text_puts_instead_and_not_by_what_stands_near(desk):
    article = desk.article("a")
    old = desk.figure(article, 40, negated=True, char_start=0)
    desk.figure(article, 90, char_start=20)
    new = desk.figure(article, 31, corrects=old, char_start=300)
    assert one(desk.relations("retraction"))["b_figure_ids"] == [new]


@pytest.mark.parametrize("other", [{"measure": "injured"}, {"unit": "household"}, {"trackable": False}])
def test_retraction_leaves_a_correction_of_something_else_alone(desk, other):
    article = desk.article("a")
    old = desk.figure(article, 40, negated=True, trackable=other.get("trackable", True))
    desk.figure(article, 31, corrects=old, **other)
    assert desk.relations("retraction") == []


@pytest.mark.parametrize(
    ("number", "other"),
    [
        (359, {"measure": "injured"}),
        (359, {"unit": "household"}),
        (359, {"population": "police", "counted": "policemen"}),
        (359, {"article": {"story": "t"}}),
        (359, {"high": None, "qualifier": "at_least"}),
        (359, {"low": 350, "qualifier": "between"}),
        (253, {"day": 4}),
        (253, {"day": 7, "high": None, "qualifier": "at_least"}),
        (253, {"day": 7, "low": 250, "qualifier": "between"}),
    ],
)
def test_retraction_names_no_number_of_another_kind_story_or_stage(desk, number, other):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    new = desk.figure(article, 253, day=6, corrects=old)
    desk.report("b", number, **other)
    found = one(desk.relations("retraction"))
    assert (found["a_figure_ids"], found["b_figure_ids"]) == ([old], [new])


@pytest.mark.parametrize("more", [{"trackable": False}, {"negated": True}])
def test_revision_leaves_a_number_that_is_not_tracked_or_is_denied_alone(desk, more):
    versions(desk, 41, 47, **more)
    assert desk.relations("revision") == []


@pytest.mark.parametrize(
    "changed", [{"measure": "injured"}, {"unit": "household"}, {"field": "title"}, {"sentence": "A fire."}]
)
def test_revision_leaves_other_words_another_field_or_measure_alone(desk, changed):
    sentence = "The fire killed {} people at the mill."
    first = desk.article("a", version=1, is_latest=False)
    desk.figure(first, 41, sentence=sentence.format(41))
    second = desk.article("a", version=2)
    desk.figure(second, 47, **{"sentence": sentence.format(47)} | changed)
    assert desk.relations("revision") == []


@pytest.mark.parametrize(("before", "after"), [((41, 42), (47,)), ((41,), (47, 48))])
def test_revision_leaves_words_that_stand_twice_alone(desk, before, after):
    for version, numbers in ((1, before), (2, after)):
        article = desk.article("a", version=version, is_latest=version == 2)
        for number in numbers:
            desk.figure(article, number, sentence=f"Killed: {number} people.")
    assert desk.relations("revision") == []


def test_revision_compares_with_the_version_before_alone(desk):
    for version, number in ((1, 41), (2, 47), (3, 47)):
        article = desk.article("a", version=version, is_latest=version == 3)
        desk.figure(article, number, sentence=f"The fire killed {number} people.")
    assert desk.relations("revision") == []


@pytest.mark.parametrize(("old", "new", "measure"), [(47, 41, "killed"), (41, 47, "missing")])
def test_revision_catches_a_number_that_fell_or_is_no_tally_on_a_later_day_too(desk, old, new, measure):
    for version, day, number in ((1, 5, old), (2, 6, new)):
        article = desk.article("a", version=version, day=day, is_latest=version == 2)
        desk.figure(article, number, day=day, measure=measure, sentence=f"The mill: {number} people.")
    assert one(desk.contradictions())["kind"] == "revision"


def test_revision_leaves_a_number_to_the_retraction_that_corrects_another(desk):
    first = desk.article("a", version=1, is_latest=False)
    second = desk.article("a", version=2)
    desk.figure(first, 41, sentence="The fire killed 41 people.")
    other = desk.figure(second, 43, negated=True, sentence="A count of 43 people was wrong.")
    desk.figure(second, 47, corrects=other, sentence="The fire killed 47 people.")
    assert [row["kind"] for row in desk.contradictions()] == ["retraction"]


@pytest.mark.parametrize(
    ("denied", "kinds"),
    [
        ({}, []),
        ({"measure": "injured"}, ["revision"]),
        ({"low": 40}, ["revision"]),
        ({"high": 43}, ["revision"]),
    ],
)
def test_revision_leaves_what_the_page_denies_far_away_alone_and_catches_what_it_does_not(desk, denied, kinds):
    first = desk.article("a", version=1, is_latest=False)
    second = desk.article("a", version=2)
    desk.figure(first, 41, sentence="The fire killed 41 people.")
    desk.figure(second, 41, negated=True, char_start=5000, sentence="The 41 of the first hour were wrong.", **denied)
    desk.figure(second, 47, char_start=0, sentence="The fire killed 47 people.")
    assert [row["kind"] for row in desk.contradictions()] == kinds


def test_revision_catches_what_only_another_page_denies(desk):
    versions(desk, 41, 47)
    other = desk.article("b")
    desk.figure(other, 41, negated=True, char_start=5000, sentence="The 41 of the first hour were wrong.")
    assert [row["kind"] for row in desk.relations("revision")] == ["revision"]


@pytest.mark.parametrize("nearer", [{"measure": "injured"}, {"unit": "household"}])
def test_retraction_catches_a_denied_number_though_one_of_another_kind_stands_nearer(desk, nearer):
    article = desk.article("a")
    desk.figure(article, 40, negated=True, char_start=0)
    desk.figure(article, 90, char_start=20, **nearer)
    new = desk.figure(article, 31, char_start=300)
    assert one(desk.relations("retraction"))["b_figure_ids"] == [new]


def test_retraction_leaves_a_denied_number_beside_one_of_the_headline_alone(desk):
    article = desk.article("a")
    desk.figure(article, 40, negated=True, char_start=30)
    desk.figure(article, 31, field="title", char_start=0)
    assert desk.relations("retraction") == []


@pytest.mark.parametrize(("old_one", "new_one"), [(True, False), (False, True)])
def test_retraction_catches_a_correction_of_which_one_number_is_tracked(desk, old_one, new_one):
    article = desk.article("a")
    old = desk.figure(article, 40, negated=True, trackable=old_one)
    desk.figure(article, 31, corrects=old, trackable=new_one)
    assert one(desk.relations("retraction"))["rule"] == "corrected_in_words"


LOOSER = [
    {"high": None, "likely_high": None, "qualifier": "at_least"},
    {"low": 1, "likely_low": 1, "qualifier": "up_to"},
]


@pytest.mark.parametrize("looser", LOOSER)
def test_retraction_catches_one_bound_taken_back_and_parts_who_said_which(desk, looser):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    new = desk.figure(article, 359, day=6, corrects=old, **looser)
    same = desk.report("b", 359, day=7, **looser)
    found = one(desk.relations("retraction"))
    assert (found["a_figure_ids"], found["b_figure_ids"]) == ([old], sorted([new, same]))


def test_retraction_names_the_articles_that_have_the_new_number_from_then_on(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    new = desk.figure(article, 253, day=6, corrects=old)
    later = desk.report("b", 253, day=7)
    assert one(desk.relations("retraction"))["b_figure_ids"] == sorted([new, later])


def test_retraction_keeps_two_denied_numbers_apart(desk):
    article = desk.article("a", day=6)
    denied = {number: desk.figure(article, number, day=6, negated=True) for number in (40, 45)}
    desk.figure(article, 31, day=6)
    earlier = {number: desk.report(f"p{number}", number, day=4) for number in (40, 45)}
    found = {row["a_low"]: row["a_figure_ids"] for row in desk.relations("retraction")}
    assert found == {number: sorted([denied[number], earlier[number]]) for number in (40, 45)}


def test_retraction_keeps_two_corrections_of_one_number_apart(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    new = {number: desk.figure(article, number, day=6, corrects=old) for number in (253, 240)}
    later = {number: desk.report(f"p{number}", number, day=7) for number in (253, 240)}
    found = {row["b_low"]: row["b_figure_ids"] for row in desk.relations("retraction")}
    assert found == {number: sorted([new[number], later[number]]) for number in (253, 240)}


def test_retraction_speaks_for_the_same_two_numbers_of_a_place_inside(desk):
    article = desk.article("a", day=6)
    old = desk.figure(article, 359, day=6, negated=True)
    desk.figure(article, 253, day=6, corrects=old)
    for page, number, claimant in (("b", 359, "Fire Brigade"), ("c", 253, "Red Cross")):
        desk.report(page, number, day=6, place="Eastmark", claimant=claimant)
    assert [row["kind"] for row in desk.contradictions()] == ["retraction"]


def test_retraction_leaves_a_denied_number_beside_one_of_another_article_alone(desk):
    desk.figure(desk.article("a"), 40, negated=True, char_start=0)
    desk.figure(desk.article("b"), 31, char_start=20)
    assert desk.relations("retraction") == []


def test_revision_leaves_the_same_words_of_another_page_alone(desk):
    sentence = "The fire killed {} people at the mill."
    desk.figure(desk.article("a", version=1, is_latest=False), 41, sentence=sentence.format(41))
    desk.article("a", version=2)
    desk.figure(desk.article("b"), 47, sentence=sentence.format(47))
    assert desk.relations("revision") == []
