"""Stories and copies of articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from warehouse_articles import EXTRACTOR, MORNING, clock, dam_story

from extract.clean.copies import Copy
from extract.models import Tracker
from extract.story_terms import story_terms
from warehouse.grouping import find_stories, signed_articles
from warehouse.records import NamedStory
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
    dam = NamedStory("s1", "The dam", place="Velm", article_ids=(first, second))
    store.save_stories([dam, NamedStory("s2", "The flood", tracker="floods", article_ids=(third,))])
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
    dam = NamedStory("s1", "The dam", article_ids=(first, second))
    store.save_stories([dam, NamedStory("s2", "The flood", article_ids=(third,))])
    store.save_stories([replace(dam, article_ids=(third,))])
    assert store.connection.execute("SELECT story_id, articles FROM stories").fetchall() == [("s1", 3)]


def test_a_story_is_renamed_in_place(store):
    for name in ("The dam", "The dam of Velm"):
        store.save_stories([NamedStory("s1", name, article_ids=(ids()[0],))])
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


def articles_of(stories):
    return sorted(article_id for story in stories for article_id in story.article_ids)


def test_every_latest_version_is_in_one_story_and_its_words_are_weighed_once(store):
    first = find_stories(store, [])
    assert articles_of(first) == sorted(ids())
    assert all(story.name for story in first)
    assert store.connection.execute("SELECT count(*) FROM core.story_terms").fetchone() == (3,)
    store.save_stories(first)
    assert sorted(find_stories(store, []), key=str) == sorted(first, key=str)
    assert store.connection.execute("SELECT count(*) FROM core.story_terms").fetchone() == (3,)


def test_a_story_of_the_same_articles_keeps_its_name_and_one_of_others_is_named_anew(store):
    store.save_stories([replace(story, name="as it was") for story in find_stories(store, [])])
    assert {story.name for story in find_stories(store, [])} == {"as it was"}
    store.save_stories([replace(story, name="as it was", made_from="else") for story in find_stories(store, [])])
    assert "as it was" not in {story.name for story in find_stories(store, [])}


def test_a_tracker_takes_its_articles_by_their_text(store):
    [tracked] = [story for story in find_stories(store, [Tracker("rising water", words=("flood",))]) if story.tracker]
    assert (tracked.name, tracked.tracker) == ("rising water", "rising water")
    assert ids()[1] in tracked.article_ids


def test_words_that_another_scheme_weighed_are_weighed_anew(store):
    find_stories(store, [])
    store.connection.execute("UPDATE core.story_terms SET scheme = 'older', words = ['x'], weights = [1], names = 0")
    find_stories(store, [])
    assert store.connection.execute("SELECT count(*) FROM core.story_terms WHERE len(words) > 1").fetchone() == (3,)


def test_words_of_a_superseded_version_are_not_kept(store):
    find_stories(store, [])
    [old, *_] = dam_story()
    newer = replace(old.article, text="Rescuers counted 14 dead in Velm.", fetched_at=MORNING + timedelta(days=1))
    store.save_extracted([replace(old, article=newer, figures=())], extractor=EXTRACTOR)
    find_stories(store, [])
    assert words_kept(store) == {newer.article_id, *ids()[1:]}


def test_words_weighed_elsewhere_are_kept_for_the_latest_version_alone_and_make_the_same_stories(store):
    [old, *_] = dam_story()
    newer = replace(old.article, text="Rescuers counted 14 dead in Velm.", fetched_at=MORNING + timedelta(days=1))
    store.save_extracted([replace(old, article=newer, figures=())], extractor=EXTRACTOR)
    stories = find_stories(store, [])
    store.connection.execute("DELETE FROM core.story_terms")
    articles = [newer, *(one.article for one in dam_story())]
    store.save_story_terms({one.article_id: story_terms(one.title, one.text) for one in articles})
    assert words_kept(store) == {newer.article_id, *ids()[1:]}
    assert sorted(find_stories(store, []), key=str) == sorted(stories, key=str)


def words_kept(store):
    """Of which articles."""
    return {one for (one,) in store.connection.execute("SELECT article_id FROM core.story_terms").fetchall()}


def held(store):
    """Bytes that DuckDB has of its limit, and the limit."""
    query = "SELECT sum(memory_usage_bytes), current_setting('memory_limit') FROM duckdb_memory()"
    return store.connection.execute(query).fetchone()


def test_duckdb_gives_back_what_it_holds_and_may_take_as_much_again(store):
    store.connection.execute("CREATE TABLE heavy AS SELECT repeat(range::VARCHAR, 40) AS words FROM range(1_000_000)")
    before, limit = held(store)
    store.release_memory()
    assert held(store)[0] < before / 1.5
    assert held(store)[1] == limit
    assert store.connection.execute("SELECT count(DISTINCT words) FROM heavy").fetchone() == (1_000_000,)


def test_a_forgotten_page_leaves_none_of_its_words_in_the_name_of_its_story(store):
    _, second, third = ids()
    store.save_stories(
        [NamedStory("s", "Ost Gazette's words", place="Velm", article_ids=(second, third), made_from="x")]
    )
    store.forget("https://gazette.example/flood", "asked by the author")
    assert store.connection.execute("SELECT name, named_from FROM core.stories").fetchall() == [("Velm", None)]


MANY_TEXTS = """
INSERT INTO core.articles SELECT * EXCLUDE (number) REPLACE (
    md5('a' || number) AS article_id, md5('p' || number) AS page_id, 'https://paper.example/' || number AS url,
    md5('t' || number) AS title,
    'A flood. ' || repeat('-', 6000) || repeat(md5('t' || number), 60) AS text
) FROM (FROM core.articles LIMIT 1), range(12000) AS numbers (number);
INSERT INTO core.figures SELECT f.* REPLACE (a.article_id AS article_id, a.title || number AS place)
FROM core.articles AS a, range(3) AS numbers (number), (FROM core.figures WHERE place IS NOT NULL LIMIT 1) AS f;
"""


def test_articles_whose_texts_are_more_than_the_memory_find_their_stories(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
        for query in MANY_TEXTS.split(";"):
            store.connection.execute(query)
        store.connection.execute("CHECKPOINT")
        store.connection.execute("SET memory_limit = '80MB'")
        found = find_stories(store, [Tracker("rising water", words=("flood",))])
        articles = store.connection.execute("SELECT count(*) FROM core.articles").fetchone()[0]
    assert sum(len(story.article_ids) for story in found) == articles == 12000 + len(dam_story())
