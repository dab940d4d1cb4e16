"""Damage: sums of money and houses, compared where they are of one kind."""

from __future__ import annotations

import pytest
from newsdesk import Desk, one


@pytest.fixture
def desk():
    return Desk()


def test_sums_of_money_for_different_purposes_or_currencies_are_not_compared(desk):
    damage = {"measure": "money", "population": None, "counted": "damage", "unit": "USD"}
    desk.report("a", 3_000_000_000, **damage, claimant="Governor")
    desk.report("b", 4_000_000_000, **damage | {"unit": "EUR"}, claimant="Cabinet")
    desk.report("c", 9_000_000_000, **damage | {"counted": "aid"}, claimant="Bank")
    assert desk.contradictions() == []


def test_two_estimates_of_the_damage_in_one_currency_are_compared(desk):
    damage = {"measure": "money", "population": None, "counted": "damage", "unit": "USD"}
    desk.report("a", 3_000_000_000, **damage, claimant="Governor")
    desk.report("b", 15_000_000_000, **damage, claimant="Cabinet")
    assert "Governor gives 3 billion USD of losses in Norland" in one(desk.contradictions())["explanation"]


def test_source_conflict_leaves_destroyed_houses_beside_damaged_ones_alone(desk):
    houses = {"measure": "damaged", "population": None, "counted": "houses", "unit": "building"}
    sentence = "The hail destroyed 180 houses in the town and damaged 3,400."
    article = desk.article("a")
    desk.figure(article, 180, quote="180 houses", sentence=sentence, claimant="Governor", **houses)
    desk.figure(article, 3400, quote="3,400", sentence=sentence, claimant="Governor", **houses)
    desk.report("b", 3400, quote="3,400 houses", sentence="Hail damaged 3,400 houses.", claimant="Mayor", **houses)
    assert desk.kinds() == ["agreement"]


def test_source_conflict_catches_two_counts_of_destroyed_houses(desk):
    houses = {"measure": "damaged", "population": None, "counted": "houses", "unit": "building"}
    desk.report("a", 180, sentence="Hail razed 180 people houses.", claimant="Governor", **houses)
    desk.report("b", 300, sentence="The hail destroyed 300 people houses.", claimant="Mayor", **houses)
    found = one(desk.contradictions())
    assert (found["kind"], found["population"]) == ("source_conflict", "destroyed houses")
    assert found["explanation"].startswith("Governor gives 180 destroyed houses in Norland")
