"""A look before a slow pattern lets through whatever the pattern finds."""

from __future__ import annotations

import re
from collections.abc import Callable

import nupunkt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.figures import (
    binding,
    calendar_words,
    codes,
    day_bounds,
    day_words,
    judging,
    modality,
    sentences,
    source_names,
    units,
)
from extract.figures.amounts import START
from extract.figures.number_places import number_places
from extract.figures.tables import holds_any, may_end_with

PRINTABLE = st.characters(codec="ascii", exclude_categories=["Cc"])


def holds(parts: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda text: holds_any(text.lower(), parts)


def ends_like_an_age(text: str) -> bool:
    return holds_any(text, units._AGE_WORDS) and may_end_with(text, units.AGE_ENDINGS)


def has_a_figures_joint(text: str) -> bool:
    return not modality._FIGURE_JOINTS.isdisjoint(text.lower().rsplit(None, 2)[-2:])


def may_name_a_date(text: str) -> bool:
    small = text.lower()
    return holds_any(small, calendar_words._MONTH_STEMS) or bool(calendar_words._FIGURES_OF_DATES.search(small))


def has_no_calm_beginning(text: str) -> bool:
    found = codes._AHEAD_DIGIT.search(text)
    return found is None or codes._NOTHING_AHEAD.match(text, found.start()) is None


def has_all_places(text: str) -> bool:
    small = text.lower()
    return {match.start() for match in START.finditer(small)} <= set(number_places(small))


@pytest.mark.parametrize(
    ("pattern", "look"),
    [
        pytest.param(judging._BACKGROUND, holds(judging._PERHAPS_PAST), id="past"),
        pytest.param(modality._NEGATED, holds(modality._PERHAPS_NEGATED), id="denied"),
        pytest.param(modality._CORRECTED_FROM, holds(modality._PERHAPS_WITHDRAWN), id="corrected from"),
        pytest.param(modality._WITHDRAWN, holds(modality._PERHAPS_WITHDRAWN), id="withdrawn"),
        pytest.param(modality._WITHDRAWN_BEHIND, holds(modality._PERHAPS_WITHDRAWN), id="withdrawn, behind"),
        pytest.param(modality._PLOTTED, holds(modality._PLOTTING), id="plotted"),
        pytest.param(judging._A_DAY, holds(judging._PACES), id="a day"),
        pytest.param(judging._FROM_PEAK, holds(judging._PACES), id="from a peak"),
        pytest.param(judging._COUNTED_TWICE, holds(("counted",)), id="counted twice"),
        pytest.param(judging._MORE_THAN_BEHIND, holds(judging._COMPARING), id="more than"),
        pytest.param(modality._STANDS_FOR_FIGURE, has_a_figures_joint, id="figure of"),
        pytest.param(day_bounds._SAID_EARLIER, holds(day_bounds._PERHAPS_EARLIER), id="said earlier"),
        pytest.param(day_bounds._EARLIER_BEHIND, holds(day_bounds._PERHAPS_EARLIER), id="earlier, behind"),
        pytest.param(day_bounds._EARLIER_BEFORE, holds(day_bounds._PERHAPS_EARLIER), id="earlier, before"),
        pytest.param(binding._IN_THE_CITY, holds(binding._TOWNS), id="the city"),
        pytest.param(units._AGED_BEFORE, ends_like_an_age, id="aged"),
        pytest.param(units._AGED_IN_A_ROW, ends_like_an_age, id="aged in a row"),
        pytest.param(units._PERSON_OF, ends_like_an_age, id="a man of"),
        pytest.param(units._GLUED_SIGN, units._may_hold_glued_sign, id="R50m"),
        pytest.param(START, has_all_places, id="number"),
        pytest.param(codes._AHEAD_DIGIT, has_no_calm_beginning, id="date or code"),
        pytest.param(
            source_names._TIME, lambda text: may_end_with(text.lower(), source_names._TIME_ENDINGS), id="time"
        ),
        pytest.param(calendar_words._TRIGGER, may_name_a_date, id="date"),
        pytest.param(day_words._RELATIVE_TRIGGER, holds(day_words._PERHAPS_RELATIVE), id="last week"),
        pytest.param(day_words._WEEKDAY, holds(("day",)), id="weekday"),
    ],
)
def test_a_look_lets_through_what_its_pattern_finds(pattern: re.Pattern[str], look: Callable[[str], bool]):
    @given(st.from_regex(pattern, alphabet=PRINTABLE))
    def lets_through(text: str) -> None:
        assert look(text.rstrip("\n")), text

    lets_through()


@pytest.mark.parametrize(
    "fate",
    [
        *("identified", "unidentified", "yet to be identified", "not yet identified", "handed over", "returned to"),
        *("repatriated", "flown home", "claimed by", "released to"),
    ],
)
def test_a_look_lets_through_whatever_became_of_the_dead(fate: str):
    text = f" bodies were {fate} their families"
    assert judging._DEALT_WITH.match(text)
    assert holds(judging._FATES)(text)


PIECES = st.sampled_from(
    [
        "The",
        "men",
        "Lima.",
        "hall.",
        "Civil.",
        "Corp.",
        "Jan.",
        "Mr.",
        "12.",
        "1,204.",
        "2.5",
        "Ill.",
        "No.",
        "was",
        "etc.",
        "A",
        " ",
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_plain_stops_part_sentences_as_nupunkt_does(pieces: list[str]):
    line = " ".join(pieces)
    plain = sentences._split_plainly(line)
    whole = [line[first:last].strip() for first, last in nupunkt.sent_spans(line)]
    assert plain is None or [line[first:last] for first, last in plain] == [part for part in whole if part]
