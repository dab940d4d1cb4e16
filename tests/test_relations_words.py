"""How an explanation names who speaks."""

from __future__ import annotations

import duckdb
import pytest

from checks.queries import shared_queries


@pytest.fixture(scope="module")
def words() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(dict(shared_queries())["words"])
    return connection


@pytest.mark.parametrize(
    ("claimant", "within_a_sentence"),
    [
        ("health ministry", "the health ministry"),
        ("city's hospital", "the city's hospital"),
        ("harbour-master", "the harbour-master"),
        ("Harbour Board", "Harbour Board"),
        ("police", "police"),
        ("rescuers", "rescuers"),
        ("the mayor", "the mayor"),
        ("an aide", "an aide"),
        ("his lawyer", "his lawyer"),
        ("one survivor", "one survivor"),
        ("nobody", "nobody"),
        ("state television", "state television"),
        ("state governor", "the state governor"),
        ("al Shams", "al Shams"),
        ("van der Meer", "van der Meer"),
        ("de la Torre", "de la Torre"),
    ],
)
def test_only_a_body_by_its_common_name_takes_the_article(words, claimant, within_a_sentence):
    assert words.execute("SELECT with_article(?)", [claimant]).fetchone() == (within_a_sentence,)


@pytest.mark.parametrize(
    ("claimant", "verb"),
    [("Police", "give"), ("officials in Lima", "give"), ("health ministry", "gives"), ("United Nations", "gives")],
)
def test_the_verb_agrees_with_who_speaks(words, claimant, verb):
    assert words.execute("SELECT agreeing(?, 'gives', 'give')", [claimant]).fetchone() == (verb,)
