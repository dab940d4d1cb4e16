"""How relations live on: ids, first and last seen, closing, order of arrival, several batches, voices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsdesk import NOW, Desk

import checks.relate
from checks.relate import relate

LATER = NOW + timedelta(days=1)
KEPT = "relation_id, kind, severity, a_low, b_low, rule, explanation, voices, first_seen_at, is_current"


@pytest.fixture
def desk():
    desk = Desk()
    desk.report("a", 40, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry")
    return desk


def test_relating_twice_changes_nothing_but_last_seen_at(desk):
    desk.relate()
    before = desk.rows(f"SELECT {KEPT} FROM core.relations")
    counts = desk.relate(LATER)
    assert (counts.stories, counts.new, counts.closed) == (0, 0, 0)
    assert desk.rows(f"SELECT {KEPT} FROM core.relations") == before
    assert {row["last_seen_at"] for row in desk.rows("SELECT last_seen_at FROM core.relations")} == {LATER}


def test_a_relation_closes_when_a_figure_goes_and_opens_again_under_its_old_id(desk):
    desk.relate()
    (first,) = desk.rows("SELECT relation_id FROM core.relations")
    desk.connection.execute("UPDATE core.figures SET trackable = false WHERE value = 61")
    assert desk.relate(LATER).closed == 1
    assert [row["status"] for row in desk.rows("SELECT status FROM relations")] == ["closed"]
    desk.connection.execute("UPDATE core.figures SET trackable = true")
    desk.relate(LATER)
    assert desk.rows("SELECT relation_id, first_seen_at, status FROM relations") == [
        {"relation_id": first["relation_id"], "first_seen_at": NOW, "status": "open"}
    ]


def test_relations_of_a_story_that_is_gone_are_closed_and_kept(desk):
    desk.relate()
    for table in ("articles", "figures"):
        desk.connection.execute(f"DELETE FROM core.{table}")
    desk.relate(LATER)
    assert desk.rows("SELECT kind, status FROM relations") == [{"kind": "source_conflict", "status": "closed"}]
    assert desk.rows("FROM core.timeline") == []
    assert desk.rows("FROM core.related") == []


def test_counts_tell_what_is_new(desk):
    counts = desk.relate()
    assert (counts.stories, counts.new, counts.new_contradictions, counts.current) == (1, 1, 1, {"source_conflict": 1})


def test_the_order_of_arrival_changes_nothing():
    tables = []
    for pages in (("a", "b", "c"), ("c", "b", "a")):
        desk = Desk()
        for page in pages:
            article = desk.article(page)
            number = {"a": 40, "b": 61, "c": 61}[page]
            claimant = {"a": "Fire Brigade"}.get(page, "Interior Ministry")
            sentence = f"{number} people died."
            desk.figure(
                article,
                number,
                claimant=claimant,
                char_start=0,
                char_end=9,
                sentence=sentence,
                figure_id=f"figure {page}",
            )
        desk.relate()
        tables.append(
            [
                desk.rows(f"SELECT {KEPT}, figure_ids FROM core.relations ORDER BY 1"),
                desk.rows("FROM core.timeline ORDER BY ALL"),
            ]
        )
    assert tables[0] == tables[1]


def test_batches_of_stories_give_what_one_batch_gives(monkeypatch):
    tables = []
    for at_once in (1, 1_000_000):
        monkeypatch.setattr(checks.relate, "FIGURES_AT_ONCE", at_once)
        desk = Desk()
        for story in ("s", "t", "u"):
            desk.report(f"a{story}", 40, claimant="Fire Brigade", article={"story": story})
            desk.report(f"b{story}", 61, claimant="Interior Ministry", article={"story": story})
        desk.relate()
        tables.append(desk.rows(f"SELECT {KEPT}, figure_ids FROM core.relations ORDER BY 1"))
    assert len(tables[0]) == 3
    assert tables[0] == tables[1]


def test_an_article_of_no_story_is_held_against_itself_alone():
    desk = Desk()
    article = desk.article("a")
    desk.figure(article, 58, field="title")
    desk.figure(article, 158)
    desk.report("b", 300)
    desk.connection.execute("UPDATE core.articles SET story_id = NULL")
    assert desk.kinds() == ["internal_conflict"]


def test_older_versions_of_a_page_are_left_out():
    desk = Desk()
    first = desk.article("a", version=1, is_latest=False)
    desk.figure(first, 12, claimant="Fire Brigade")
    desk.report("b", 61, claimant="Interior Ministry")
    assert desk.relations() == []


def test_every_figure_gets_its_voice():
    desk = Desk()
    desk.report("a", 40, claimant="Health Ministry")
    desk.report("b", 40, claimant="Health Ministry")
    desk.report("c", 40, article={"cluster": "agency text"})
    desk.relate()
    voices = desk.rows("SELECT voice_id FROM figures ORDER BY url")
    assert voices[0] == voices[1]
    assert voices[2] == {"voice_id": "agency text"}
    assert desk.rows("SELECT spelling, figures FROM claimants") == [{"spelling": "Health Ministry", "figures": 2}]


def test_a_claimant_that_no_figure_names_any_more_goes():
    desk = Desk()
    desk.report("a", 40, claimant="Health Ministry")
    desk.relate()
    desk.connection.execute("UPDATE core.figures SET claimant = NULL")
    desk.relate()
    assert desk.rows("FROM core.claimants") == []


def test_very_many_different_numbers_are_capped_and_the_rest_is_counted():
    desk = Desk()
    article = desk.article("a")
    desk.figure(article, 1000, measure="deployed")
    added = ", ".join(f"{name} + n AS {name}" for name in ("value", "low", "high", "likely_low", "likely_high"))
    desk.connection.execute(
        f"""INSERT INTO core.figures SELECT f.* REPLACE (figure_id || n AS figure_id, {added})
        FROM core.figures AS f, (SELECT unnest(range(1, 150)) AS n)"""
    )
    desk.relate()
    (row,) = desk.rows("SELECT comparable, pairs, beyond_cap FROM core.related")
    assert row == {"comparable": 150, "pairs": 150 * 149 // 2, "beyond_cap": 150 * 149 // 2 - 100 * 99 // 2}


def test_the_moment_is_kept_in_utc(desk):
    relate(desk.connection, NOW)
    assert desk.rows("SELECT DISTINCT first_seen_at FROM relations") == [{"first_seen_at": NOW}]


def test_a_story_that_changes_leaves_the_time_line_of_another_alone():
    desk = Desk()
    for story in ("s", "t"):
        desk.report(f"a{story}", 40, article={"story": story})
    desk.relate()
    desk.report("b", 61, day=6, article={"story": "t"})
    desk.relate(LATER)
    assert desk.rows("SELECT story_id, count(*) AS days FROM core.timeline GROUP BY story_id ORDER BY story_id") == [
        {"story_id": "s", "days": 1},
        {"story_id": "t", "days": 2},
    ]
