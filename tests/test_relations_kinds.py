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
