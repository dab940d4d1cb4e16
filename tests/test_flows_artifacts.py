"""What stands on a run's page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.artifacts import _page, plain
from flows.bars import MOST_PAIRS, draw_sides


def row(**given: object) -> dict[str, object]:
    """One contradiction: 12 against at least 29."""
    return {
        "severity": "high",
        "kind": "source_conflict",
        "explanation": "Police gives 12; the union says 29",
        "measure": "killed",
        "place": "Gdansk",
        "a_outlet": "The Quay",
        "a_url": "https://quay.example/1",
        "a_quote": "12 people",
        "a_sentence": "Police said 12 people were killed.",
        "a_low": Decimal(12),
        "a_high": Decimal(12),
        "b_outlet": "The Pier",
        "b_url": "file:desk/pier.txt",
        "b_quote": "at least 29",
        "b_sentence": "At least 29 were killed.",
        "b_low": Decimal(29),
        "b_high": None,
        **given,
    }


def test_a_table_names_both_sides_and_links_those_that_are_on_the_web():
    [line] = [line for line in _page([row()], "stand", 10) if line.startswith("| high")]
    assert "[“12 people”](https://quay.example/1)" in line
    assert "The Pier: “at least 29” |" in line
    assert "(file:" not in line


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://q.example/) [x](javascript:alert(1))", "https://q.example/a|b\n# c"]
)
def test_an_address_makes_no_markup_of_its_own(url):
    text = "\n".join(_page([row(a_url=url, a_quote="12")], "stand", 10))
    assert "](javascript" not in text
    assert "\n# c" not in text
    [line] = [line for line in text.split("\n") if line.startswith("| high")]
    assert line.count(" | ") == 4


def test_words_from_outside_are_no_markup_and_no_link_by_themselves():
    words = plain("# **bold** | <script> https://evil.example www.evil.example a@evil.example")
    assert "://" not in words
    assert "www." not in words
    assert "<" not in words
    assert "\\*\\*bold" in words


def test_more_than_is_asked_for_is_counted_and_not_shown():
    text = "\n".join(_page([row()] * 5, "stand", 2))
    assert text.startswith("# 5 contradictions stand")
    assert "… and 3 more" in text


def test_bars_are_as_long_as_their_numbers_and_an_open_end_shows():
    lines = draw_sides([row()]).split("\n")
    first, second = [line for line in lines if ("█" in line and "Quay" in line) or "Pier" in line]
    assert (first.count("█"), second.count("█")) == (17, 40)
    assert "▶" in second
    assert "▶" not in first
    assert "at least 29" in second


def test_numbers_that_no_bar_can_show_are_still_told():
    text = draw_sides([row(a_low=None, a_high=Decimal(-3), b_low=Decimal(0), b_high=Decimal(0))])
    assert "at most -3" in text


def test_a_long_list_is_cut_and_says_so():
    text = draw_sides([row()] * 30)
    assert text.count("killed, Gdansk") == MOST_PAIRS
    assert "of 30" in text


def test_words_cannot_end_the_block_of_the_chart():
    text = draw_sides([row(a_outlet="```\n# owned")])
    assert text.count("```") == 2
