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


def said(words, expression, *values):
    return words.execute(f"SELECT {expression}", list(values)).fetchone()[0]


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (None, "an unknown number"),
        ("3500000000", "3.5 billion"),
        ("3500000001", "3,500,000,001"),
        ("1234567.5", "1234567.5"),
        ("2500000", "2.5 million"),
        ("2500001", "2,500,001"),
        ("990000", "990,000"),
        ("4.20", "4.2"),
    ],
)
def test_a_number_is_put_short_only_where_nothing_is_lost(words, number, printed):
    assert said(words, "number_words(?::DECIMAL(28, 6))", number) == printed


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        (("between", None, 10, 20), "10 to 20"),
        (("between", 10, 10, None), "between 10"),
        (("between", 20, None, 20), "between 20"),
        (("vague", 12, 12, None), '"dozens"'),
        (("exact", None, 12, None), '"dozens"'),
        (("exact", 12, 12, 12), "12"),
        (("up_to", 12, 1, 12), "up to 12"),
        (("at_least", 12, 12, None), "at least 12"),
    ],
)
def test_an_amount_carries_its_hedge_or_its_words_as_printed(words, told, amount):
    assert said(words, "amount_words(?, ?, ?, ?, 'Dozens')", *told) == amount


def test_a_long_title_is_cut_behind_a_word(words):
    title = "The harbour crane that fell onto the quay of the northern town on a Sunday"
    cut = 'the article "The harbour crane that fell onto the quay of the northern…"'
    assert said(words, "printer(NULL, ?, 'file:a')", title) == cut


@pytest.mark.parametrize(
    ("told", "topic"),
    [
        (("money", "losses", "Norland", "USD"), "USD of losses in Norland"),
        (("damaged", "destroyed houses", None, "building"), "destroyed houses"),
        (("killed", "destroyed houses", "", "person"), "destroyed houses killed"),
        (("jobs_cut", "workers", "", "person"), "jobs cut"),
        (("killed", None, None, "person"), "killed"),
    ],
)
def test_what_is_counted_is_named_by_class_and_place(words, told, topic):
    assert said(words, "topic_words(?, ?, ?, ?)", *told) == topic


@pytest.mark.parametrize(
    ("told", "counts", "states"),
    [
        (("jobs_cut", "residents", None), "workers", "workers"),
        (("jobs_cut", "police", "policemen"), "police", "police"),
        (("deployed", "people", "people"), "soldiers", "people"),
        (("withdrawn", None, None), "soldiers", "people"),
        (("deployed", None, "Zorbs"), None, None),
        (("deployed", "police", None), "police", "police"),
        (("killed", None, None), "people", "people"),
        (("killed", None, "Zorbs"), None, None),
        (("detained", "prisoners", None), "people", "people"),
        (("killed", "prisoners", None), "prisoners", "prisoners"),
        (("protesters", "protesters", None), "people", "people"),
        (("detained", "protesters", None), "protesters", "protesters"),
        (("injured", "patients", None), "people", "people"),
        (("killed", "patients", None), "patients", "patients"),
        (("evacuated", "residents", None), "people", "residents"),
        (("killed", "residents", None), "residents", "residents"),
        (("displaced", "displaced_people", None), "people", "people"),
        (("evacuated", "tourists", None), "tourists", "tourists"),
        (("released", "hostages", None), "people", "people"),
        (("killed", "hostages", None), "hostages", "hostages"),
        (("killed", "people", "people"), "people", "people"),
    ],
)
def test_a_class_that_only_repeats_the_measure_is_people_and_keeps_what_it_states(words, told, counts, states):
    both = said(words, "[counted_class($1, $2, $3), stated_class($1, $2, $3)]", *told)
    assert both == [counts, states]


@pytest.mark.parametrize(
    ("counted", "sentence", "money"),
    [
        ("damage", "Aid came.", "losses"),
        ("aid", "The damage is great.", None),
        (None, "The damage is put at 3 billion.", "losses"),
        (None, "A loan of 3 billion covers the damage.", None),
        (None, "They paid 3 billion.", None),
    ],
)
def test_money_has_a_class_only_where_it_is_the_loss(words, counted, sentence, money):
    assert said(words, "money_class(?, ?)", counted, sentence) == money


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (("money", "USD", None, "damage", "Damage of 3."), "losses"),
        (("damaged", "building", None, "Houses", "It razed 3 houses."), "destroyed houses"),
        (("damaged", "building", None, "Houses", "It hit 3 houses."), "houses"),
        (("affected", "building", None, "Houses", "It razed 3 houses."), "houses"),
        (("injured", None, "people", "people", "Badly hurt were 3 people."), None),
        (("killed", None, "people", "people", "Badly hurt were 3 people."), "a person's class"),
        (("jobs_cut", "post", "workers", None, "It cut 3 posts."), "a person's class"),
        (("killed", "household", "people", None, "It killed 3."), "people"),
    ],
)
def test_a_class_is_found_by_measure_unit_and_clause(words, told, found):
    expression = "class_of(?, ?, ?, ?, ?, '3', 'a person''s class')"
    assert said(words, expression, *told) == found
