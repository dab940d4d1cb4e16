"""What holds for every kind of relation."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsdesk import Desk, one

import checks
from checks.relate import CONTRADICTING, KINDS


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize(
    ("unknown", "column"), [({"place": None}, "no_place"), ({"population": None, "counted": "Zorbs"}, "no_class")]
)
def test_what_stays_unknown_is_counted_and_not_compared(desk, unknown, column):
    desk.report("a", 40, claimant="Fire Brigade", **unknown)
    desk.report("b", 61, claimant="Interior Ministry")
    assert desk.contradictions() == []
    assert desk.rows(f"SELECT {column} AS pairs FROM core.related") == [{"pairs": 1}]


def test_numbers_of_two_stories_are_never_held_against_each_other(desk):
    desk.report("a", 40, claimant="Fire Brigade", article={"story": "s"})
    desk.report("b", 61, claimant="Interior Ministry", article={"story": "t"})
    assert desk.relations() == []


def test_withdrawn_is_not_deployed_and_leaves_it_alone(desk):
    desk.report(
        "a",
        2000,
        day=6,
        low=2001,
        high=None,
        likely_low=2001,
        qualifier="more_than",
        measure="withdrawn",
        population="soldiers",
    )
    desk.report("b", 3000, day=6, measure="deployed", population="soldiers")
    assert desk.relations() == []


@pytest.mark.parametrize(
    ("title", "url", "named"),
    [
        ("dam bursts above the town", "file:desk/03.txt", 'The article "dam bursts above the town" gives 40'),
        (None, "file:desk/03.txt", "An untitled article gives 40"),
        (None, "https://quay.example/03", "Quay.example gives 40"),
    ],
)
def test_an_article_without_outlet_is_named_by_its_title_and_never_by_a_file(desk, title, url, named):
    desk.report("a", 40)
    desk.report("b", 158)
    desk.connection.execute(
        "UPDATE core.articles SET outlet = NULL, title = $title, url = $url WHERE outlet = 'The A'",
        {"title": title, "url": url},
    )
    assert one(desk.contradictions())["explanation"] == (
        f"{named} killed in Norland (5 May 2031); The B says 158 (5 May 2031)"
    )


def test_every_kind_has_a_row_it_catches_and_a_row_it_leaves_alone():
    words = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_relations_*.py"))
    for kind in KINDS:
        tests = [line for line in words.splitlines() if line.startswith(f"def test_{kind}_")]
        assert any(
            " catches " in line.replace("_", " ") or "joins" in line or "follows" in line or "counts" in line
            for line in tests
        ), kind
        assert any("_leaves_" in line or "_never_" in line for line in tests), kind


def test_every_kind_says_in_its_first_line_what_one_row_is():
    folder = Path(checks.__file__).parent / "relations"
    assert {path.stem for path in folder.glob("*.sql")} == set(KINDS)
    assert all(path.read_text(encoding="utf-8").startswith("-- One row: ") for path in folder.glob("*.sql"))
    assert KINDS[:9] == CONTRADICTING


@pytest.mark.parametrize(
    "both",
    [
        {"measure": "other"},
        {"low": None, "high": None, "value": 40},
        {"modality": "hypothetical", "measure": "deployed"},
        {"modality": "expected"},
    ],
)
def test_numbers_without_measure_or_bounds_or_of_what_may_come_are_never_compared(desk, both):
    desk.report("a", 40, claimant="Fire Brigade", **both)
    desk.report("b", 40, claimant="Interior Ministry", **both)
    assert desk.relations() == []


def test_job_cuts_that_are_expected_are_compared(desk):
    desk.report("a", 400, claimant="Union", measure="jobs_cut", modality="expected")
    desk.report("b", 700, claimant="Harbour Works", measure="jobs_cut", modality="expected")
    assert one(desk.contradictions())["kind"] == "source_conflict"


def test_a_number_without_a_lower_bound_is_compared(desk):
    desk.report("a", 40, claimant="Fire Brigade", low=None, likely_low=None, qualifier="at_most")
    desk.report("b", 61, claimant="Interior Ministry")
    assert one(desk.contradictions())["kind"] == "source_conflict"


@pytest.mark.parametrize(
    ("place", "more", "severity"),
    [
        ("Norland", {}, "medium"),
        ("Eastmark", {}, "low"),
        ("Eastmark", {"measure": "jobs_cut", "population": "workers"}, "medium"),
    ],
)
def test_a_place_left_unsaid_is_in_no_doubt_where_it_is_the_storys_or_none_is_needed(desk, place, more, severity):
    desk.report("a", 40, claimant="Fire Brigade", place_source="inherited", **more)
    desk.report("b", 61, claimant="Interior Ministry", **{"place_source": None} | more)
    desk.connection.execute("UPDATE core.stories SET place = $place", {"place": place})
    assert one(desk.contradictions())["severity"] == severity


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ({}, []),
        ({"negated": True}, ["agreement"]),
        ({"trackable": False}, ["agreement"]),
        ({"is_background": True}, ["agreement"]),
    ],
)
def test_a_headline_is_not_by_whom_its_text_cites_for_a_number_denied_or_of_the_past(desk, said, kinds):
    article = desk.article("a")
    desk.figure(article, 40, field="title")
    desk.figure(article, 40, claimant="Police", **said)
    desk.report("b", 40, claimant="Police")
    assert desk.kinds() == kinds


def test_two_bodies_that_one_article_cites_for_one_number_stay_two(desk):
    article = desk.article("a")
    for body in ("Police", "Red Cross"):
        desk.figure(article, 40, claimant=body)
    assert desk.kinds() == ["agreement"]


def test_a_scope_with_very_many_numbers_keeps_its_lowest_its_highest_and_those_most_spoken_of(desk):
    crowd = desk.article("a")
    for number in range(1000, 1110):
        desk.figure(crowd, number)
    desk.figure(crowd, 9000)
    for page, claimant in (("b", "Fire Brigade"), ("c", "Red Cross")):
        desk.report(page, 8000, day=7, claimant=claimant)
        desk.report(f"{page}{page}", 19, claimant=claimant)
    desk.report("d", 10, day=7)
    assert {(row["a_low"], row["b_low"]) for row in desk.relations("decrease")} >= {(9000, 8000), (19, 10)}


def test_a_side_lists_a_hundred_figures_by_name(desk):
    desk.report("a", 40, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry")
    desk.connection.execute(
        """INSERT INTO core.figures SELECT f.* REPLACE (figure_id || n AS figure_id, char_start + n AS char_start)
        FROM core.figures AS f, (SELECT unnest(range(1, 120)) AS n) WHERE f.value = 40"""
    )
    assert len(one(desk.contradictions())["a_figure_ids"]) == 100
