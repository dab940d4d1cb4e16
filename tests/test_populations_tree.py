"""Counted nouns and their classes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.figures.populations import (
    population_disjoint_rows,
    population_examples,
    population_of,
    population_tree_rows,
)
from tests.patience import linear_work


@pytest.mark.parametrize(("name", "example"), sorted(population_examples().items()))
def test_each_class_of_the_table_knows_its_own_example(name, example):
    assert population_of(example) == name


@pytest.mark.parametrize(
    ("counted", "population"),
    [
        ("victims", "people"),
        ("others", "people"),
        ("lives", "people"),
        ("the dead", "people"),
        ("unidentified bodies", "people"),
        ("security forces personnel", "security_forces"),
        ("members of the country's national guard", "national_guard"),
        ("police officers and members of the country's national guard", "security_forces"),
        ("members of its navy", "soldiers"),
        ("military men", "soldiers"),
        ("two men", "men"),
        ("soldiers and guerrillas", "people"),
        ("women and children", "civilians"),
        ("passengers and crew", "people"),
        ("armed protesters", "protesters"),
        ("British tourists", "tourists"),
        ("Chinese workers", "workers"),
        ("staff members at the mill", "workers"),
        ("hospital staff", "health_workers"),
        ("people aboard the ferry", "people"),
        ("police vehicles", None),
        ("houses", None),
        ("tonnes of rice", None),
        ("", None),
        ("¿¡", None),
    ],
)
def test_a_counted_noun_belongs_to_the_class_of_its_head(counted, population):
    assert population_of(counted) == population


def test_a_nations_people_are_a_class_of_their_own_below_people():
    assert population_of("three Sri Lankans") == "nationals of Sri Lanka"
    assert population_of("Dutch nationals") == population_of("Dutchmen") == "nationals of Netherlands"
    assert ("nationals of Sri Lanka", "people", 1) in population_tree_rows()


def test_every_class_lies_below_people_and_names_itself():
    rows = population_tree_rows()
    names = {name for name, _, _ in rows}
    assert {name for name, ancestor, _ in rows if ancestor == "people"} == names
    assert {name for name, ancestor, depth in rows if name == ancestor and depth == 0} == names
    assert len(rows) == len({(name, ancestor) for name, ancestor, _ in rows})


def test_police_and_soldiers_and_protesters_share_nobody_but_women_and_workers_may():
    rows = set(population_disjoint_rows())
    assert ("police", "soldiers") in rows
    assert ("soldiers", "protesters") in rows
    assert ("children", "rebels") in rows
    for pair in [("women", "workers"), ("foreigners", "children"), ("women", "children"), ("residents", "students")]:
        assert pair not in rows


def test_disjointness_holds_both_ways_and_never_between_a_class_and_one_that_holds_it():
    rows = set(population_disjoint_rows())
    assert {(b, a) for a, b in rows} == rows
    assert not rows & {(name, ancestor) for name, ancestor, _ in population_tree_rows()}


@given(st.text())
def test_any_words_at_all_have_a_class_of_the_tree_or_none(counted):
    population = population_of(counted)
    assert population is None or population in {name for name, _, _ in population_tree_rows()}


def test_a_megabyte_of_nouns_is_read_in_linear_time():
    with linear_work():
        population_of("police officers and " * 50_000)
