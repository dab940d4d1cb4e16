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
