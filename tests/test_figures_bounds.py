"""One test a row of the table of wordings."""

from decimal import Decimal

import pytest

from extract.figures.numbers import find_numbers
from extract.figures.tables import load_table

D = Decimal
ROWS = [
    ("164 weavers", "exact", D(164), D(164), D(164), D(164)),
    ("3,000 weavers", "exact", D(3000), D(3000), D(2700), D(3300)),
    ("5,800 weavers", "exact", D(5800), D(5800), D(5750), D(5850)),
    ("about 3,000 weavers", "about", D(2000), D(4000), D(2500), D(3500)),
    ("some 164 weavers", "about", D("147.6"), D("180.4"), D("155.8"), D("172.2")),
    ("300 weavers or so", "about", D(200), D(400), D(250), D(350)),
    ("nearly 1,000 weavers", "nearly", D(800), D(1000), D(900), D(1000)),
    ("just under 1,000 weavers", "nearly", D(800), D(1000), D(900), D(1000)),
    ("more than 200 weavers", "more_than", D(201), None, D(201), None),
    ("over $200", "more_than", D(200), None, D(200), None),
    ("just over 300 weavers", "more_than", D(301), D(330), D(301), D(315)),
    ("at least 12 weavers", "at_least", D(12), None, D(12), None),
    ("no fewer than 12 weavers", "at_least", D(12), None, D(12), None),
    ("12 or more weavers", "at_least", D(12), None, D(12), None),
    ("12+ weavers", "at_least", D(12), None, D(12), None),
    ("at most 12 weavers", "at_most", D(0), D(12), D(0), D(12)),
    ("no more than ten days", "at_most", D(0), D(10), D(0), D(10)),
    ("fewer than 12 weavers", "fewer_than", D(0), D(11), D(0), D(11)),
    ("less than 12 km", "fewer_than", D(0), D(12), D(0), D(12)),
    ("up to 12 weavers", "up_to", D(1), None, D(1), D(12)),
    ("as many as 12 weavers", "up_to", D(1), None, D(1), D(12)),
    ("between 3 and 5 weavers", "between", D(3), D(5), D(3), D(5)),
    ("dozens of weavers", "vague", D(12), None, D(24), D(99)),
    ("scores of weavers", "vague", D(20), None, D(40), D(199)),
    ("hundreds of weavers", "vague", D(100), None, D(200), D(999)),
    ("thousands of weavers", "vague", D(1000), None, D(2000), D(9999)),
    ("tens of thousands of weavers", "vague", D(10_000), None, D(20_000), D(99_999)),
    ("hundreds of thousands of weavers", "vague", D(100_000), None, D(200_000), D(999_999)),
    ("millions of weavers", "vague", D(1_000_000), None, D(2_000_000), D(9_999_999)),
    ("several weavers", "vague", D(2), None, D(3), D(9)),
    ("several hundred weavers", "vague", D(200), None, D(300), D(900)),
    ("several thousand weavers", "vague", D(2000), None, D(3000), D(9000)),
    ("up to more than 70 weavers", "more_than", D(71), None, D(71), None),
    ("an estimated more than 70 weavers", "more_than", D(71), None, D(71), None),
]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_wording_has_its_bounds(row):
    text, qualifier, *expected = row
    bounds = find_numbers(text)[0].bounds
    assert bounds.qualifier == qualifier
    assert [bounds.low, bounds.high, bounds.likely_low, bounds.likely_high] == expected


def test_every_phrase_of_the_table_sets_its_qualifier():
    wrong = []
    for entry in load_table("bounds")["wording"]:
        expected = {"just_over": "more_than"}.get(entry["qualifier"], entry["qualifier"])
        for phrase in entry["before"]:
            found = find_numbers(f"There came {phrase} 1,234 weavers")
            if len(found) != 1 or found[0].bounds.qualifier != expected:
                wrong.append((phrase, expected, [number.bounds.qualifier for number in found]))
    assert wrong == []


def test_a_hedge_of_time_is_no_bound():
    [number] = find_numbers("It went on over three days.")
    assert number.bounds.qualifier == "exact"
