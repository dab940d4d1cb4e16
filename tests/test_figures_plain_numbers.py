"""The short way to plain numbers reads what the long way reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.figures import numbers, plain_numbers, qualifiers, units

AMOUNTS = ["12", "3", "1,200", "999", "01", "2019", "1,50,000", "12.5", "two", "One", "twenty", "twenty-five", "dozens"]
BEFORE = [
    *sorted(plain_numbers._TELLING_BEFORE),
    *sorted(plain_numbers._HEDGING | plain_numbers._AGEING),
    *qualifiers._BEFORE,
    *qualifiers._VERBS,
    *["a man of", "boats aged 4 and", "aged 4,", "in the", "another", "No.", "Jan.", "Rs.", "at about", "again.", "("],
]
BEHIND = [
    *sorted(plain_numbers._TELLING_BEHIND),
    *qualifiers.AFTER,
    *units.WORDS_BEHIND,
    *[
        "boats",
        "boats or more",
        "red boats or so",
        "of March",
        "of boats",
        "timesmore",
        "foldas",
        "café",
        "in every ten",
    ],
    *[
        "to 15 boats",
        "and a half",
        "block of Oak Street",
        "percent to 9",
        "to5 March",
        "times as many",
        "(9)",
        "years old",
    ],
]
GAPS = st.sampled_from([" ", " ", " ", "\n", " \n", "  ", "-", ""])


SENTENCES = st.tuples(st.sampled_from(BEFORE), GAPS, st.sampled_from(AMOUNTS), GAPS, st.sampled_from(BEHIND))


@given(SENTENCES.map("".join), st.sampled_from([str, str.upper, str.title]))
def test_the_short_way_reads_what_the_long_way_reads(words, written):
    text = written(f"The mayor of the town said {words} were there, and 4 boats.")
    with pytest.MonkeyPatch.context() as patch:
        short = numbers.find_numbers(text)
        patch.setattr(numbers, "_plain_number", lambda *_: None)
        assert short == numbers.find_numbers(text)


@pytest.mark.parametrize(
    "words", ["sank 12 boats", "sank three boats", "sank at least 1,200 boats", "again. \n40 boats"]
)
def test_most_numbers_are_read_the_short_way(words):
    text = f"The mayor of the town said it {words} there."
    assert numbers._plain_number(text, next(iter(numbers.number_places(text)))) is not None
