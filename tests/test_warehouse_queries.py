"""The worked questions, each run on a small real warehouse that has an answer to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from warehouse_articles import EXTRACTOR, MORNING, a_figure, a_page, clock, dam_story, read
from warehouse_relations import a_relation

from extract.clean.copies import Copy
from extract.models import Fetch, Figure
from warehouse.load import merge_rows
from warehouse.queries import worked_queries
from warehouse.reader import ask, open_reader
from warehouse.records import NamedStory, Run
from warehouse.statements import view_files
from warehouse.store import open_store


def corrected_page():
    page = a_page("fix", "The toll is 16 dead, not 26 dead as we said.", title="16 dead in Velm")
    withdrawn = a_figure(page, "26 dead", 26)
    headline = replace(a_figure(page, "16 dead", 16, corrects=withdrawn.figure_id))
    in_title = Figure(
        **{name: getattr(headline, name) for name in Figure.__dataclass_fields__}
        | {"field": "title", "char_start": 0, "char_end": 7, "corrects": None}
    )
    return read(page, withdrawn, headline, in_title)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "w.duckdb"
    copy = a_page("copy", "Rescuers counted 12 dead in Velm.", outlet="Nord Echo", origin="Velm Press Agency")
    given = [*dam_story(), corrected_page(), read(copy, a_figure(copy, "12 dead", 12))]
    ids = tuple(one.article.article_id for one in given)
    story = NamedStory("story", "The dam of Velm", place="Velm", article_ids=ids)
    long_ago = MORNING - timedelta(days=30)
    with open_store(path, clock()) as store:
        store.save_extracted(given, extractor=EXTRACTOR)
        store.save_stories([story])
        first, copied = given[0].article.article_id, copy.article_id
        store.save_copies({copied: Copy(first, "cluster"), first: Copy(None, "cluster")})
        store.save_fetches("run", [Fetch("https://x.example/1", "wire", MORNING, "skipped", "empty")])
        store.save_fetches("old", [Fetch("https://y.example/1", "silent", long_ago, "page", sha256="1")])
        store.save_run(Run("run", "track", MORNING, "completed"))
        title_id = next(figure.figure_id for figure in given[3].figures if figure.field == "title")
        relations = [
            a_relation("source"),
            a_relation("silent change", "revision"),
            a_relation("growth", "update"),
            a_relation("support", "agreement"),
            a_relation("headline", "internal_conflict", figure_ids=(title_id, "f2")),
        ]
        merge_rows(store.connection, "core.relations", relations, ["relation_id"])
        days = [
            (
                "story",
                "killed",
                None,
                "Velm",
                "person",
                date(2031, 5, day),
                10,
                10 + day,
                20,
                "official",
                1,
                ["a", "b"],
                ["f"],
            )
            for day in (3, 4)
        ]
        merge_rows(store.connection, "core.timeline", days, ["as_of"])
        voices = [("v", "The Mayor", "the mayor", "official", "same words", 1)]
        merge_rows(store.connection, "core.claimants", voices, ["spelling"])
        store.publish()
    with open_reader(path) as connection:
        yield connection


def test_there_are_twenty_worked_questions_and_each_asks_one():
    assert len(worked_queries()) == 20
    for query in worked_queries():
        assert query.question.endswith("?"), query.name
        assert ";" not in query.sql, query.name


@pytest.mark.parametrize("query", worked_queries(), ids=lambda query: query.name)
def test_a_worked_question_has_an_answer(reader, query):
    answer = ask(reader, query.sql)
    assert answer.rows, query.name
    assert len(set(answer.columns)) == len(answer.columns)
    assert ask(reader, query.sql) == answer, "a question asked twice has one answer"


def test_worked_questions_read_public_views_only():
    public = {view.name for view in view_files()}
    for query in worked_queries():
        assert "core." not in query.sql
        assert any(name in query.sql for name in public)


def answers(reader, name):
    (query,) = [query for query in worked_queries() if query.name == name]
    answer = ask(reader, query.sql)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_what_moved_is_told_against_the_day_before(reader):
    (moved,) = answers(reader, "moved_since_yesterday")
    assert (moved["story"], moved["before"], moved["best"], moved["change"]) == ("The dam of Velm", 13, 14, 1)


def test_an_outlet_that_only_repeats_comes_first(reader):
    first, *_ = answers(reader, "only_repeat_an_agency")
    assert (first["outlet"], first["copies_percent"], first["agencies"]) == ("Nord Echo", 100, ["Velm Press Agency"])


def test_what_was_withdrawn_stands_beside_what_replaced_it(reader):
    assert [(row["now_says"], row["withdrawn"]) for row in answers(reader, "retracted")] == [("16 dead", "26 dead")]


def test_a_lower_number_of_officials_is_found(reader):
    found = answers(reader, "official_against_others")
    assert (found[0]["officials_say"], found[0]["others_say"]) == (21, 26)


def test_a_source_that_brought_nothing_for_a_week_is_silent(reader):
    assert [row["source"] for row in answers(reader, "silent_sources")] == ["wire", "silent"]
