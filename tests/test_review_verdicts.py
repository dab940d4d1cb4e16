"""What a person says of a relation or a figure, and how long it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsdesk import NOW, Desk

from checks.review import correct_figure, find_case, give_verdict, list_cases, read_case, show_evidence
from extract.errors import NotReviewable


@pytest.fixture
def desk():
    """Two bodies that disagree."""
    desk = Desk()
    desk.low = desk.report("a", 40, claimant="Fire Brigade")
    desk.high = desk.report("b", 61, claimant="Interior Ministry")
    desk.relate()
    return desk


def case(desk, status="open"):
    (found,) = list_cases(desk.connection, status=status)
    return found


def test_the_list_shows_what_stands_open_gravest_first(desk):
    article = desk.article("c")
    desk.figure(article, 5, measure="injured", field="title")
    desk.figure(article, 50, measure="injured")
    desk.relate()
    found = list_cases(desk.connection)
    assert [(one.kind, one.severity, one.story) for one in found] == [
        ("internal_conflict", "high", "s"),
        ("source_conflict", "medium", "s"),
    ]
    assert list_cases(desk.connection, story="s") == found


def test_the_list_refuses_a_status_and_a_story_that_are_none(desk):
    with pytest.raises(NotReviewable, match="one of open, confirmed, dismissed, closed"):
        list_cases(desk.connection, status="pending")
    with pytest.raises(NotReviewable, match="no story 'another'"):
        list_cases(desk.connection, story="another")


def test_a_case_tells_how_it_stands_and_what_was_noted(desk):
    relation_id = case(desk).relation_id
    give_verdict(desk.connection, relation_id, "dismissed", now=NOW, note="two towns")
    found = read_case(desk.connection, relation_id[:6])
    assert (found.kind, found.severity, found.status, found.note) == (
        "source_conflict",
        "medium",
        "dismissed",
        "two towns",
    )
    assert "40 killed" in found.explanation


def test_a_figure_is_not_corrected_to_a_measure_that_is_none(desk):
    with pytest.raises(NotReviewable, match=r"'hurt' is no measure: it is one of .*injured"):
        correct_figure(desk.connection, desk.low, {"measure": "hurt"}, now=NOW)


def test_the_evidence_gives_the_sentences_of_both_sides(desk):
    found = show_evidence(desk.connection, case(desk).relation_id[:8])
    assert [(one.side, one.figure_id, one.quote, one.claimant) for one in found] == [
        ("a", desk.low, "40 people", "Fire Brigade"),
        ("b", desk.high, "61 people", "Interior Ministry"),
    ]


def test_a_dismissed_relation_leaves_the_contradictions_and_stays_away(desk):
    give_verdict(desk.connection, case(desk).relation_id, "dismissed", now=NOW, reviewed_by="ana", note="two towns")
    assert desk.contradictions() == []
    (kept,) = desk.relations("source_conflict")
    assert (kept["status"], kept["reviewed_by"], kept["note"]) == ("dismissed", "ana", "two towns")


def test_a_confirmed_relation_stays_among_the_contradictions(desk):
    give_verdict(desk.connection, case(desk).relation_id, "confirmed", now=NOW)
    assert [row["status"] for row in desk.contradictions()] == ["confirmed"]


def test_the_newest_verdict_counts(desk):
    relation = case(desk).relation_id
    give_verdict(desk.connection, relation, "dismissed", now=NOW, note="wrong")
    give_verdict(desk.connection, relation, "open", now=NOW + timedelta(hours=1))
    assert case(desk).relation_id == relation


def test_a_verdict_survives_a_new_extractor(desk):
    give_verdict(desk.connection, case(desk).relation_id, "dismissed", now=NOW, note="two towns")
    desk.connection.execute(
        "UPDATE core.figures SET extractor = 'test 2', figure_id = md5(figure_id), rule = 'a newer rule'"
    )
    desk.connection.execute("UPDATE core.articles SET extractor = 'test 2'")
    assert desk.contradictions() == []
    assert case(desk, "dismissed").kind == "source_conflict"


def test_a_verdict_survives_another_article_with_the_same_number(desk):
    give_verdict(desk.connection, case(desk).relation_id, "dismissed", now=NOW, note="two towns")
    desk.report("c", 61, claimant="Interior Ministry", hour=9)
    assert desk.contradictions() == []


def test_a_changed_number_is_open_again(desk):
    give_verdict(desk.connection, case(desk).relation_id, "dismissed", now=NOW, note="two towns")
    desk.connection.execute(
        "UPDATE core.figures SET value = 90, low = 90, high = 90, likely_low = 90, likely_high = 90 WHERE value = 61"
    )
    assert [row["b_low"] for row in desk.contradictions()] == [90]


@pytest.mark.parametrize("note", [None, "", "  "])
def test_a_dismissal_needs_a_reason(desk, note):
    with pytest.raises(NotReviewable, match="needs a reason"):
        give_verdict(desk.connection, case(desk).relation_id, "dismissed", now=NOW, note=note)


@pytest.mark.parametrize(("beginning", "said"), [("abc", "too short"), ("nothing-like-it", "no relation begins")])
def test_an_id_that_names_nothing_is_refused(desk, beginning, said):
    with pytest.raises(NotReviewable, match=said):
        find_case(desk.connection, beginning)


def test_a_figure_that_is_none_takes_its_relations_along(desk):
    correct_figure(desk.connection, desk.high, {"is_figure": "false"}, now=NOW, note="a phone number")
    assert desk.contradictions() == []
    assert case(desk, "closed").kind == "source_conflict"


def test_a_figure_that_was_taken_out_by_mistake_counts_again(desk):
    for hours, answer in enumerate(("false", "true")):
        correct_figure(desk.connection, desk.high, {"is_figure": answer}, now=NOW + timedelta(hours=hours))
    assert [row["kind"] for row in desk.contradictions()] == ["source_conflict"]


@pytest.mark.parametrize(
    "changes",
    [
        {"measure": "injured"},
        {"place": "Westmark"},
        {"as_of": "2031-05-02"},
        {"value": "61"},
        {"low": "30", "high": "70"},
        {"population": "children", "counted": "children"},
        {"trackable": "false"},
    ],
)
def test_a_correction_is_honoured_and_survives_a_new_extractor(desk, changes):
    correct_figure(desk.connection, desk.low, changes, now=NOW, reviewed_by="ana")
    desk.connection.execute("UPDATE core.figures SET extractor = 'test 2', figure_id = md5(figure_id)")
    assert desk.contradictions() == []


def test_a_corrected_figure_speaks_with_its_claimants_voice_from_the_first_pass_on():
    desk = Desk()
    desk.report("a", 40, claimant="Fire Brigade")
    wrong = desk.report("b", 61, claimant="Fire Brigade")
    correct_figure(desk.connection, wrong, {"value": "40"}, now=NOW)
    assert desk.kinds() == [], "one body that says the same twice agrees with nobody"


def test_the_newest_correction_counts(desk):
    correct_figure(desk.connection, desk.high, {"measure": "injured"}, now=NOW)
    correct_figure(desk.connection, desk.high, {"measure": "killed"}, now=NOW + timedelta(hours=1))
    assert [row["kind"] for row in desk.contradictions()] == ["source_conflict"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quote": "41 people"}, "cannot be corrected"),
        ({"value": "many"}, "does not fit"),
        ({"value": "Infinity"}, "is no number"),
        ({"as_of": "Tuesday"}, "does not fit as_of"),
        ({"is_figure": "no"}, "does not fit is_figure"),
        ({"measure": None}, "cannot be empty"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_and_changes_nothing(desk, changes, said):
    with pytest.raises(NotReviewable, match=said):
        correct_figure(desk.connection, desk.high, changes, now=NOW)
    assert [row["kind"] for row in desk.contradictions()] == ["source_conflict"]


def test_a_correction_of_a_figure_that_is_not_there_is_refused(desk):
    with pytest.raises(NotReviewable, match="there is no figure"):
        correct_figure(desk.connection, "nothing", {"measure": "killed"}, now=NOW)
