"""The number lexer: what is read, and what is no figure."""

from decimal import Decimal

import pytest

from extract.errors import NotANumber
from extract.figures.amounts import parse_digits
from extract.figures.numbers import find_numbers
from extract.figures.tables import load_table

READ = [
    ("At least 40 weavers left.", "At least 40", "40"),
    ("The works made 1.8 million lamps.", "1.8 million", "1800000"),
    ("a 17-thousand crowd", "17-thousand", "17000"),
    ("10K lamps were sold", "10K", "10000"),
    ("two dozen eggs", "two dozen", "24"),
    ("It cost 92,3 billion euros.", "92,3 billion euros", "92300000000"),
    ("twenty-five barges", "twenty-five", "25"),
    ("two hundred and fifty barges", "two hundred and fifty", "250"),
    ("one and a half million lamps", "one and a half million", "1500000"),
    ("half a million lamps", "half a million", "500000"),
    ("a quarter of a million lamps", "a quarter of a million", "250000"),
    ("a hundred barges", "a hundred", "100"),
    ("1,50,000 lamps", "1,50,000", "150000"),
    ("10 000 lamps", "10 000", "10000"),
    ("1.234.567 lamps", "1.234.567", "1234567"),
    ("5.000 weavers came", "5.000", "5000"),
    ("Rs 500 crore was paid", "Rs 500 crore", "5000000000"),
    ("£3m was paid", "£3m", "3000000"),
    ("SFr 3 million was paid", "SFr 3 million", "3000000"),
    ("2½ years went by", "2½ years", "2.5"),
    ("2 1/2 years went by", "2 1/2 years", "2.5"),
    ("seven per cent of lamps", "seven per cent", "7"),
    ("one in five lamps", "one in five", "20"),
    ("9 out of 10 lamps", "9 out of 10", "90"),
    ("two-thirds of the lamps", "two-thirds", "66.666666"),
    ("half of the town", "half", "50"),
    ("the 81-year-old weaver", "81-year-old", "81"),
    ("a six-mile ring", "six-mile", "6"),
    ("a two-day stop", "two-day", "2"),
    ("another 30 weavers", "another 30", "30"),
    ("an additional 20 weavers", "an additional 20", "20"),
    ("Then 2000 people came", "2000", "2000"),
    ("the toll topped 200", "200", "200"),
    ("the toll had gone up to 290", "290", "290"),
    ("Ana Reyes, 43, sang", "43", "43"),
    ("three million", "three million", "3000000"),
    ("The loom cost R50m.", "R50m", "50000000"),
    ("The dam cost N28.7 trillion.", "N28.7 trillion", "28700000000000"),
    ("The loom cost R50 million in loans.", "R50 million", "50000000"),
    ("The loom cost R2.5 billion.", "R2.5 billion", "2500000000"),
    ("The loom cost N95m.", "N95m", "95000000"),
    ("Each got Rs500.", "Rs500", "500"),
    ("They paid Ksh2.5 billion.", "Ksh2.5 billion", "2500000000"),
    ("EUR3bn was lost", "EUR3bn", "3000000000"),
]


@pytest.mark.parametrize(("text", "quote", "value"), READ, ids=[row[1] for row in READ])
def test_a_printed_number_is_read_as_meant(text, quote, value):
    [number] = find_numbers(text)
    assert text[number.start : number.end] == quote
    assert number.bounds.value == Decimal(value)


SIGNS = [(sign, entry["unit"]) for entry in load_table("units")["currency"] for sign in entry["signs"]]


@pytest.mark.parametrize(("sign", "unit"), SIGNS, ids=[row[0] for row in SIGNS])
def test_each_sign_of_money_makes_five_m_five_million(sign, unit):
    text = f"The loom cost {sign}{' ' if sign[-1].isalpha() else ''}5m."
    [number] = find_numbers(text)
    assert (number.bounds.value, number.unit) == (Decimal(5_000_000), unit)


def test_a_change_and_a_level_are_two_numbers():
    numbers = find_numbers("Sales fell 3.4 percent to 1,208 lamps.")
    assert [(number.bounds.value, number.unit) for number in numbers] == [
        (Decimal("3.4"), "percent"),
        (Decimal(1208), None),
    ]


REFUSED = [
    "The town ordered N95 million masks.",
    "The town ordered N95 million face masks.",
    "Turn off the R50 before the N7.",
    "They met on 8 January 2022.",
    "They met on Jan. 8.",
    "Lima, 14 nov 89 (agency) --",
    "The hall opened in 2019.",
    "the 1998 storm",
    "It began at 7:30 p.m. and ended at 9 pm.",
    "It began at 0615 (1315 gmt).",
    "It began at approximately 1845 in the hall.",
    "Channel 24 showed the hall.",
    "COVID-19 and G7 and the AK-47",
    "They won 3-2 and lost 0-1.",
    "Call 911 or +49 171 1234567.",
    "1. Open the lid.",
    "He was called three times, twice by name.",
    "It rose 10-fold.",
    "the 5th hall, the third hall, the 1990s, her 40s",
    "no one came; one another; one of the halls",
    "1.2.3.4",
    "https://news.example/2022/123456",
    "damage in the millions",
    "24/7",
]


@pytest.mark.parametrize("text", REFUSED)
def test_dates_times_names_and_codes_are_no_numbers(text):
    assert [text[number.start : number.end] for number in find_numbers(text)] == []


RANGES = [
    ("between 3 and 5 billion dollars", "3000000000", "5000000000"),
    ("between $10 and $15 billion", "10000000000", "15000000000"),
    ("3,000-5,000 weavers", "3000", "5000"),
    ("30 to 40 weavers", "30", "40"),
    ("three or four weavers", "3", "4"),
    ("10\u201315 percent", "10", "15"),
    ("between \u20bd10 and \u20bd15 billion", "10000000000", "15000000000"),
    ("R10m to R15m", "10000000", "15000000"),
]


@pytest.mark.parametrize(("text", "low", "high"), RANGES, ids=[row[0] for row in RANGES])
def test_a_range_is_one_number_with_two_ends(text, low, high):
    [number] = find_numbers(text)
    assert (number.bounds.low, number.bounds.high, number.bounds.value) == (Decimal(low), Decimal(high), None)


def test_a_change_is_two_numbers():
    text = "The count rose from 12 to 18."
    assert [text[number.core_start : number.core_end] for number in find_numbers(text)] == ["12", "18"]


@pytest.mark.parametrize(
    "text",
    [
        "The count was cut by 40 to 90.",
        "The count rose 40 to 90 lamps.",
        "The count fell 40 to 90.",
        "The index, up 40 to 90, stood still.",
    ],
)
def test_a_change_by_one_number_to_another_is_no_range(text):
    assert [text[number.core_start : number.core_end] for number in find_numbers(text)] == ["40", "90"]


def test_a_change_to_a_unit_is_a_range():
    [number] = find_numbers("The count rose 5 to 10 percent.")
    assert (number.bounds.low, number.bounds.high, number.unit) == (Decimal(5), Decimal(10), "percent")


def test_a_sum_and_its_conversion_are_two_numbers():
    text = "It paid 40 bn crowns ($2 bn)."
    assert [number.unit for number in find_numbers(text)] == ["crown", "USD"]


@pytest.mark.parametrize("text", ["", "twelve", "1,2,3", "9" * 40, "1.2.3,4,5"])
def test_what_is_no_run_of_digits_is_refused_by_name(text):
    with pytest.raises(NotANumber):
        parse_digits(text)


def test_a_million_digits_and_a_text_without_a_stop_are_read_in_linear_time():
    assert find_numbers("7" * 1_000_000) == []
    assert len(find_numbers("12 lamps and " * 16_000)) == 16_000


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("kilowatt-hours", "kWh"),
        ("kilowatt hours", "kWh"),
        ("gigawatt-hours", "GWh"),
        ("TWh", "TWh"),
        ("kilowatts", "kW"),
        ("megawatts", "MW"),
        ("GW", "GW"),
        ("knots", "knot"),
    ],
)
def test_a_unit_with_a_hyphen_or_without_is_its_own_and_no_other_s(printed, unit):
    (number,) = find_numbers(f"The mill reached 600 {printed} that week.")
    assert number.unit == unit


@pytest.mark.parametrize("before", ["They met the leaders.\n\n", "It rained on the riders. \n"])
def test_the_end_of_a_sentence_is_no_sign_of_money(before):
    (number,) = find_numbers(f"{before}10 boats sank.")
    assert (number.unit, number.unit_measure) == (None, None)
