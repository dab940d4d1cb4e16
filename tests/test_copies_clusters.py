"""Near-copies share a syndication cluster; different reports of one event do not."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extract.clean import Signed, find_copies, signature

PAIRS = [
    json.loads(line) for line in (Path(__file__).parent / "corpus" / "copies.jsonl").read_text("utf-8").splitlines()
]
FIRST_DAY = datetime(2031, 3, 4, tzinfo=UTC)


def signed(name, text, day=0):
    return Signed(name, signature(text), f"https://outlet.example/{name}", FIRST_DAY + timedelta(days=day))


def texts():
    return [
        (f"{pair['number']}{side}", pair[side], number)
        for number, pair in enumerate(PAIRS)
        for side in ("first", "second")
    ]


def test_at_least_forty_pairs_are_labelled_of_both_kinds():
    assert len(PAIRS) >= 40
    assert sum(pair["is_copy"] for pair in PAIRS) >= 15
    assert sum(not pair["is_copy"] for pair in PAIRS) >= 15


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['number']}-{pair['kind']}")
def test_a_pair_shares_a_cluster_exactly_where_it_is_labelled_a_copy(pair):
    copies = find_copies([signed("one", pair["first"]), signed("two", pair["second"], day=1)])
    assert (set(copies) == {"one", "two"}) is pair["is_copy"]


def test_the_copy_points_at_the_earliest_and_the_earliest_at_nothing():
    text = PAIRS[0]["first"]
    copies = find_copies([signed("late", text, day=2), signed("early", text), signed("later", text, day=3)])
    assert copies["early"].copy_of is None
    assert copies["late"].copy_of == copies["later"].copy_of == "early"
    assert len({copy.syndication_id for copy in copies.values()}) == 1


def test_an_undated_copy_comes_after_the_dated_one():
    text = PAIRS[0]["first"]
    undated = Signed("a", signature(text), "https://outlet.example/a")
    assert find_copies([undated, signed("z", text)])["a"].copy_of == "z"


def test_an_article_without_a_copy_is_in_no_cluster():
    assert find_copies([signed("alone", PAIRS[0]["first"]), signed("other", PAIRS[7]["first"])]) == {}


def test_of_no_articles_none_are_copies():
    assert find_copies([]) == {}


def test_a_thousand_copies_of_a_bulletin_are_one_cluster_beside_another_of_as_many():
    signatures = [signature(PAIRS[number]["first"]) for number in (0, 7)]
    copies = find_copies(
        [
            Signed(
                f"{number}", signatures[number % 2], f"https://outlet.example/{number}", FIRST_DAY + timedelta(number)
            )
            for number in range(2_000)
        ]
    )
    assert {copies[str(number)].syndication_id for number in range(0, 2_000, 2)} == {copies["0"].syndication_id}
    assert {copies[str(number)].copy_of for number in range(3, 2_000, 2)} == {"1"}


def test_the_clusters_do_not_depend_on_the_order_of_the_articles():
    articles = [signed(name, text, day) for name, text, day in texts()]
    expected = find_copies(articles)
    assert len(expected) > 20
    for seed in range(5):
        shuffled = list(articles)
        random.Random(seed).shuffle(shuffled)
        assert find_copies(shuffled) == expected


def test_a_signature_is_the_same_whenever_it_is_made():
    assert signature("Three boats came back from the bay.").hex()[:32] == "bb16fb3659e9aa820e332d1b7f9aaa1d"


def test_a_text_of_no_words_has_a_signature_too():
    assert len(signature("")) == len(signature("one")) == len(signature(PAIRS[0]["first"]))
