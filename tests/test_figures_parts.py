"""Parts of a group named before them, and numbers of an earlier event told by its day."""

from datetime import UTC, date, datetime

import pytest

from extract.figures import find_figures, load_model
from extract.models import Article

NOW = datetime(2031, 5, 8, tzinfo=UTC)


def read(text):
    article = Article("p", "https://paper.example/1", "paper", None, None, text, NOW, captions="", published_at=NOW)
    return find_figures([article], load_model())[0]


def parts(text):
    """Quote, measure, noun and the whole's quote of every part."""
    figures = read(text)
    quotes = {figure.figure_id: figure.quote for figure in figures}
    return [(f.quote, f.measure, f.counted, quotes[f.part_of]) for f in figures if f.part_of]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Of the 21 dead, twelve were tailors and nine were bakers.",
            [("twelve", "killed", "tailors", "21 dead"), ("nine", "killed", "bakers", "21 dead")],
        ),
        (
            "Of the 5,000 people displaced, about 3,000 are women.",
            [("about 3,000", "displaced", "women", "5,000 people")],
        ),
        (
            "Out of the 14 injured, seven are women, three men and four children.",
            [
                ("seven", "injured", "women", "14"),
                ("three men", "injured", "men", "14"),
                ("four children", "injured", "children", "14"),
            ],
        ),
        (
            "The mayor said that of the 26 arrested, 20 were pupils.",
            [("20", "detained", "pupils", "26")],
        ),
        ("Six of the 18 dead were sailors.", [("Six", "killed", "sailors", "18")]),
        (
            "A mudslide killed 40 people and injured 70. Of the victims in the port, 12 were cooks.",
            [],  # of the dead, of the hurt, or of both
        ),
        ("A mudslide killed 40 people. Nine of the dead were cooks.", [("Nine", "killed", "cooks", "40 people")]),
        ("A mudslide killed 40 people. Of the victims, 12 were cooks.", [("12", "killed", "cooks", "40 people")]),
    ],
)
def test_who_is_told_apart_of_a_group_is_a_part_of_it(text, expected):
    assert parts(text) == expected


def test_what_became_of_some_of_those_on_board_is_a_toll_of_its_own():
    aboard, dead, hurt = read("Of the 60 sailors on board, 11 drowned and 20 were injured.")
    assert (aboard.measure, aboard.trackable) == ("other", False)
    assert [(f.measure, f.trackable, f.part_of) for f in (dead, hurt)] == [
        ("killed", True, None),
        ("injured", True, None),
    ]


def test_others_than_the_group_are_no_part_of_it():
    assert parts("Of the 17 dead, nine were women, and another 12 people were injured.") == [
        ("nine", "killed", "women", "17")
    ]
    assert parts("Of the 17 dead, police say, most were at a rally of 300 people.") == []


def test_some_of_a_toll_that_is_not_told_are_no_toll():
    assert [(f.measure, f.trackable) for f in read("Two of the dead were named.")] == [("killed", False)]
    assert [(f.population, f.trackable) for f in read("Two of the dead were women.")] == [("women", True)]


@pytest.mark.parametrize(
    ("text", "past", "of_today"),
    [
        ("It was the worst storm since 2018, when a storm killed 11 people.", ["11 people"], []),
        ("It was the worst storm since 2018, when gales hit Lima, killing 40 and hurting 90.", ["40", "90"], []),
        ("The fire, the deadliest since 2018, when 31 died, killed 12 people.", ["31"], ["12 people"]),
        ("It was the worst crash since 2018, in which 60 people were killed.", ["60 people"], []),
        ("It was the worst flood since the 2018 storm, which killed 11 people.", ["11 people"], []),
        ("Five died in the worst fire since the 2018 blaze that killed 31 people.", ["31 people"], ["Five"]),
        ("It was the first such accident since 12 people were killed in 2018.", ["12 people"], []),
        ("The storm killed 25 people, the worst since 12 people were killed in 2018.", ["12 people"], ["25 people"]),
        ("The worst since 2018, when 31 people died, and 12 people are missing.", ["31 people"], ["12 people"]),
        ("It was the worst attack since 2018; 11 people died.", [], ["11 people"]),
        ("Twelve people died on Monday, the most since Friday, when 9 died.", [], ["Twelve people", "9"]),
    ],
)
def test_the_numbers_of_a_clause_that_tells_of_an_earlier_year_are_of_that_year(text, past, of_today):
    figures = read(text)
    assert [f.quote for f in figures if f.is_background and not f.trackable] == past
    assert [f.quote for f in figures if not f.is_background and f.trackable] == of_today
    year = (date(2018, 1, 1), date(2018, 12, 31))
    assert {(f.as_of_from, f.as_of_to) for f in figures if f.is_background} <= {year}
