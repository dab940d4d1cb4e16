"""Stories and copies of articles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from warehouse_articles import EXTRACTOR, MORNING, clock, dam_story

from extract.clean.copies import Copy
from extract.stories import Story
from warehouse.grouping import signed_articles, story_cards
from warehouse.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as opened:
        opened.save_extracted(dam_story(), extractor=EXTRACTOR)
        yield opened


def ids():
    return [given.article.article_id for given in dam_story()]


def test_a_story_counts_its_pages_and_outlets_and_spans_their_days(store):
    first, second, third = ids()
    dam, flood = Story("s1", "The dam", place="Velm"), Story("s2", "The flood", tracker="floods")
    store.save_stories({first: dam, second: dam, third: flood})
    found = store.connection.execute("SELECT * FROM stories ORDER BY story_id").fetchall()
    published = MORNING - timedelta(hours=3)
    assert found == [
        ("s1", "The dam", None, "Velm", None, published, published, 2, 2),
        ("s2", "The flood", "floods", None, None, published, published, 1, 1),
    ]
    assert store.connection.execute("SELECT DISTINCT story_id FROM figures WHERE quote = '21 dead'").fetchall() == [
        ("s2",)
    ]


def test_a_story_that_lost_its_articles_goes_and_an_article_not_named_keeps_its_story(store):
    first, second, third = ids()
    dam, flood = Story("s1", "The dam"), Story("s2", "The flood")
    store.save_stories({first: dam, second: dam, third: flood})
    store.save_stories({third: dam})
    assert store.connection.execute("SELECT story_id, articles FROM stories").fetchall() == [("s1", 3)]


def test_a_story_is_renamed_in_place(store):
    store.save_stories({ids()[0]: Story("s1", "The dam")})
    store.save_stories({ids()[0]: Story("s1", "The dam of Velm")})
    assert store.connection.execute("SELECT name FROM stories").fetchall() == [("The dam of Velm",)]


def test_copies_are_marked_and_unmarked(store):
    first, second, third = ids()
    store.save_copies({first: Copy(None, "c"), second: Copy(first, "c")}, {third: b"\x00\xff"})
    wanted = {first: (None, "c"), second: (first, "c"), third: (None, None)}
    rows = store.connection.execute("SELECT article_id, copy_of, syndication_id FROM articles").fetchall()
    assert {article_id: rest for article_id, *rest in rows} == {key: list(value) for key, value in wanted.items()}
    store.save_copies({})
    assert store.connection.execute("SELECT count(*) FROM articles WHERE syndication_id IS NOT NULL").fetchone() == (0,)


def test_a_signature_is_kept_and_read_back(store):
    store.save_copies({}, {ids()[0]: b"\x00\xff signed"})
    signed = {one.article_id: one.signature for one in signed_articles(store.connection, {ids()[1]: b"fresh"})}
    assert signed[ids()[0]] == b"\x00\xff signed"
    assert signed[ids()[1]] == b"fresh"
    assert len(signed) == 3


def test_every_latest_version_has_a_card(store):
    cards = {card.article_id: card for card in story_cards(store.connection)}
    assert set(cards) == set(ids())
    assert cards[ids()[1]].title == "Flood in Velm"
