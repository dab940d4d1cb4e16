"""What holds for any text at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.figures import find_figures, load_model
from extract.figures.numbers import find_numbers
from extract.figures.sentences import sentences_with, split_line
from extract.models import Article, Qualifier

NOW = datetime(2031, 5, 5, tzinfo=UTC)
WORDS = st.sampled_from(
    [
        "12",
        "1,200",
        "3.5",
        "-4",
        "0",
        "half",
        "dozens",
        "of",
        "several",
        "hundred",
        "million",
        "weavers",
        "were",
        "killed",
        "injured",
        "the",
        "toll",
        "rose",
        "to",
        "at",
        "least",
        "about",
        "“",
        "”",
        "\u2018",
        "\u2019",
        '"',
        "'",
        "(",
        ")",
        "%",
        "$",
        "€",
        ",",
        ".",
        ";",
        ":",
        "-",
        "\u2013",
        "said",
        "ministry",
        "according",
        "and",
        "or",
        "including",
        "one",
        "a",
        "an",
        "in",
        "Oberau",
        "Kazakhstan",
        "2019",
        "January",
        "Monday",
        "7",
        "p.m.",
        "not",
        "more",
        "than",
        "fewer",
        "between",
        "from",
        "up",
        "\n",
        "\n\n",
        "who",
        "of",
        "them",
        "had",
        "been",
        "lost",
        "their",
        "lives",
        "people",
        "houses",
        "km",
        "days",
        "old",
        "per",
        "cent",
    ]
)
WILD = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def article(text, title=None, captions=""):
    return Article(
        "page",
        "https://paper.example/1",
        "paper",
        "paper.example",
        title,
        text,
        NOW,
        captions=captions,
        published_at=NOW,
    )


def figures_of(text, model=None):
    return find_figures([article(text)], model or load_model(mode="fast"))[0]


@given(WILD)
@QUIET
def test_a_quote_stands_at_its_offsets_and_holds_its_number(text):
    cores = {(number.core_start, number.core_end) for number in find_numbers(text)}
    for figure in figures_of(text):
        assert text[figure.char_start : figure.char_end] == figure.quote
        inside = any(figure.char_start <= start and end <= figure.char_end for start, end in cores)
        assert inside or figure.quote.lower().startswith(("a", "an"))
        assert figure.sentence in text


@given(WILD)
@QUIET
def test_bounds_are_in_order_and_likely_ones_inside_hard_ones(text):
    for figure in figures_of(text):
        for low, high in ((figure.low, figure.high), (figure.likely_low, figure.likely_high)):
            assert low is None or high is None or low <= high
        if figure.qualifier is not Qualifier.EXACT:
            assert figure.low is None or figure.likely_low >= figure.low
            assert figure.high is None or (figure.likely_high is not None and figure.likely_high <= figure.high)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_without_an_error_by_the_parser_too(text):
    found = find_figures([article(text, title=text[:80], captions=text)], load_model())
    assert {figure.field for figure in found[0]} <= {"title", "text", "caption"}


TWINS = {"i": "\u0131\u0130", "s": "\u017f", "k": "\u212a"}  # letters that pass for ours where case is ignored


@pytest.mark.parametrize(("letter", "twin"), [(letter, twin) for letter, twins in TWINS.items() for twin in twins])
def test_letters_that_only_look_like_ours_raise_nothing(letter, twin):
    text = "On 3 April six skiers drove 5 million miles, several thousand kilometres, 16 weeks ago, on Christmas Day."
    for changed in (text.replace(letter, twin), text.replace(letter, twin, 3)):
        find_figures([article(changed)], load_model(mode="fast"))


PIECES = st.sampled_from(
    [
        "Nobody in the old town of Oberau could tell when the doors would open again.",
        "The U.S. embassy and Dr. Ana Reyes of Oberau Inc. said so at 5 p.m. on Monday.",
        "Is it true? Yes! It rained ... and rained. \u201cStay away.\u201d",
        "They counted 12 weavers in hall no. 5 of the mill at St. Oberau.",
        "1. The fire burned 40 houses vs. 30 before (see p. 7).",
        "e.g. the",
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join))
@QUIET
def test_a_sentence_reads_the_same_whatever_else_its_line_holds(line):
    whole = split_line(line)
    for start, end, _ in sentences_with(line, find_numbers(line)):
        assert {start, end} <= {offset for span in whole for offset in span}


TEXTS = [
    "Twelve weavers were killed in Oberau, the ministry said. 30 others were hurt.",
    "The fire burned 40 houses and drove 300 families from their homes.",
    "A flood killed 7 people. It could rise to 90, officials fear.",
    "POLICE SAID 12 PEOPLE WERE KILLED AND 30 INJURED IN OBERAU.",
]


@pytest.mark.parametrize("mode", ["normal", "fast"])
def test_an_article_reads_the_same_in_any_company_and_order(mode):
    model = load_model(mode=mode)
    articles = [article(text) for text in TEXTS]
    alone = [find_figures([one], model)[0] for one in articles]
    together = find_figures(articles * 3, model)
    assert together == alone * 3
    assert find_figures(articles[::-1], model) == alone[::-1]


@pytest.mark.parametrize("mode", ["normal", "fast"])
def test_a_text_without_a_stop_and_a_million_digits_are_read(mode):
    model = load_model(mode=mode)
    endless = "the weavers walked on and on " * 7000 + "and 12 of them died"
    assert [figure.measure for figure in figures_of(endless, model)] == ["killed"]
    assert figures_of("7" * 1_000_000, model) == ()


def test_an_empty_article_has_no_figures():
    assert find_figures([article("")], load_model(mode="fast")) == [()]
    assert find_figures([], load_model(mode="fast")) == []
