"""The views that people query: their columns, their words, and what persons' verdicts do to them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from warehouse_articles import EXTRACTOR, MORNING, a_figure, a_page, clock, dam_story, read
from warehouse_relations import a_relation

from warehouse.load import merge_rows
from warehouse.reader import ask, open_reader
from warehouse.schema import migrate
from warehouse.statements import migration_files, view_files
from warehouse.store import open_store

# The public contract: a column may be added, never renamed.
PUBLIC_COLUMNS = {
    "articles": "article_id page_id url outlet source title author published_at published_from fetched_at language "
    "text words story_id version is_latest copy_of syndication_id",
    "blocks": "article_id block_no text kept reason rule",
    "figures": "figure_id article_id story_id url outlet published_at is_latest field quote char_start char_end "
    "sentence value low high likely_low likely_high qualifier unit counted population measure aspect place "
    "country place_source as_of as_of_from as_of_to claimant claimant_kind voice_id speech modality negated part_of "
    "corrects is_background trackable extractor rule",
    "relations": "relation_id story_id kind severity measure population place unit as_of figure_ids a_figure_ids "
    "b_figure_ids a_quote a_outlet a_url a_low a_high b_quote b_outlet b_url b_low b_high gap rule explanation voices "
    "first_seen_at last_seen_at status reviewed_by reviewed_at note",
    "timeline": "story_id measure population place unit as_of low best high best_rule voices outlets figure_ids",
    "stories": "story_id name",
    "claimants": "voice_id name spelling",
    "fetches": "run_id url source fetched_at outcome reason status size_bytes seconds sha256",
    "runs": "run_id flow started_at ended_at state fetched stored unchanged skipped skipped_by_reason",
    "check_results": "run_id check_name severity outcome message",
    "data_dictionary": "name kind column_name description",
}
PUBLIC_COLUMNS["contradictions"] = PUBLIC_COLUMNS["relations"]


@pytest.fixture(scope="module")
def empty():
    connection = duckdb.connect()
    migrate(connection, "in memory", MORNING)
    yield connection
    connection.close()


def described(connection, view):
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {view}").fetchall()}


@pytest.mark.parametrize("view", PUBLIC_COLUMNS)
def test_a_public_view_has_all_columns_of_its_contract_first_and_in_order(empty, view):
    wanted = PUBLIC_COLUMNS[view].split()
    assert [name for name in described(empty, view) if name in wanted] == wanted


def test_columns_have_the_types_of_the_contract(empty):
    for view in view_files():
        for name, data_type in described(empty, view.name).items():
            if name.endswith("_at"):
                assert data_type == "TIMESTAMP WITH TIME ZONE", (view.name, name)
            if name.endswith("_ids") or (name == "outlets" and view.name == "timeline"):
                assert data_type == "VARCHAR[]", (view.name, name)
            if name.removeprefix("likely_").removeprefix("a_").removeprefix("b_") in {
                "value",
                "low",
                "high",
                "best",
                "gap",
            }:
                assert data_type == "DECIMAL(28,6)", (view.name, name)
            if name.startswith("as_of"):
                assert data_type == "DATE", (view.name, name)


def test_every_view_and_every_column_carries_a_comment(empty):
    commented = empty.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal "
        "UNION ALL SELECT view_name, NULL, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal "
        "UNION ALL SELECT function_name, NULL, comment FROM duckdb_functions() "
        "WHERE schema_name = 'main' AND NOT internal"
    ).fetchall()
    assert len(commented) > 200
    assert [row for row in commented if not row[2]] == []


def test_no_view_describes_a_column_that_it_does_not_have(empty):
    for view in view_files():
        assert set(view.columns) == set(described(empty, view.name)), view.name


def test_the_dictionary_lists_every_view_column_and_macro(empty):
    columns = sum(len(described(empty, view.name)) for view in view_files())
    counted = dict(empty.execute("SELECT kind, count(*) FROM data_dictionary GROUP BY kind").fetchall())
    assert counted == {"view": len(view_files()), "column": columns, "macro": 3}


def test_comments_macros_and_dictionary_are_in_the_published_file_under_any_name(tmp_path):
    with open_store(tmp_path / "a.duckdb", clock()) as store:
        store.publish()
    (tmp_path / "a.duckdb").rename(tmp_path / "another name.duckdb")
    with duckdb.connect() as client:
        client.execute(f"ATTACH '{tmp_path / 'another name.duckdb'}' AS ledger (READ_ONLY)")
        assert client.execute("SELECT count(*) > 200 FROM ledger.data_dictionary").fetchone() == (True,)
        comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'quote'"
        assert (client.execute(f"{comment} AND database_name = 'ledger' AND schema_name = 'main'").fetchone() or [""])[
            0
        ]
        client.execute("USE ledger")
        assert client.execute("FROM evidence('none')").fetchall() == []
        assert client.execute("FROM contradictions_of('none')").fetchall() == []
        assert client.execute("FROM timeline_of('none', 'killed')").fetchall() == []


def test_views_are_made_anew_at_every_start(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_store(path, clock()) as store:
        store.connection.execute("DROP VIEW contradictions; CREATE VIEW stale AS SELECT 1 AS one")
        store.publish()
    with open_store(path, clock()) as store:
        found = {name for (name,) in store.connection.execute("SHOW TABLES").fetchall()}
    assert found == {view.name for view in view_files()}


def test_migrations_are_numbered_without_a_gap():
    assert [migration.version for migration in migration_files()] == list(range(1, len(migration_files()) + 1))


def corrected(connection, page, figure, changed, new_value, *, moment=MORNING):
    row = (page.page_id, figure.field, figure.quote, figure.sentence, changed, new_value, "Ada", moment, None)
    merge_rows(
        connection, "core.corrections", [row], ["page_id", "field", "quote", "sentence", "changed", "reviewed_at"]
    )


@pytest.fixture
def one_figure(tmp_path):
    page = a_page("dam", "Rescuers counted 12 dead in Velm.")
    figure = a_figure(page, "12 dead", 12)
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        store.save_extracted([read(page, figure)], extractor=EXTRACTOR)
        yield store.connection, page, figure


def test_a_correction_shows_in_the_view_and_leaves_the_rest(one_figure):
    connection, page, figure = one_figure
    for changed, new_value in (("measure", "injured"), ("high", "15"), ("as_of", "2031-05-03"), ("trackable", "false")):
        corrected(connection, page, figure, changed, new_value)
    shown = connection.execute(
        "SELECT measure, low, high, as_of, trackable, place, is_corrected FROM figures"
    ).fetchone()
    assert shown == ("injured", Decimal(12), Decimal(15), date(2031, 5, 3), False, "Velm", True)


def test_a_correction_to_unknown_empties_the_field(one_figure):
    corrected(*one_figure, "place", None)
    assert one_figure[0].execute("SELECT place FROM figures").fetchall() == [(None,)]


def test_the_newest_correction_counts(one_figure):
    corrected(*one_figure, "place", "Ost", moment=MORNING + timedelta(hours=1))
    corrected(*one_figure, "place", "Nord")
    assert one_figure[0].execute("SELECT place FROM figures").fetchall() == [("Ost",)]


def test_a_number_that_is_no_figure_leaves_the_view(one_figure):
    corrected(*one_figure, "is_figure", "false")
    assert one_figure[0].execute("FROM figures").fetchall() == []
    assert one_figure[0].execute("SELECT count(*) FROM core.figures").fetchall() == [(1,)]


def test_a_correction_survives_a_newer_extractor_and_a_new_version_of_the_page(one_figure):
    connection, page, figure = one_figure
    corrected(connection, page, figure, "place", "Ost")
    connection.execute("UPDATE core.figures SET figure_id = 'found again', extractor = 'tallywire-test-2'")
    assert connection.execute("SELECT figure_id, place FROM figures").fetchall() == [("found again", "Ost")]


def test_a_correction_of_other_words_changes_nothing(one_figure):
    connection, page, _ = one_figure
    row = (page.page_id, "text", "12 dead", "Another sentence with 12 dead.", "place", "Ost", "Ada", MORNING, None)
    merge_rows(connection, "core.corrections", [row], ["page_id"])
    assert connection.execute("SELECT place, is_corrected FROM figures").fetchall() == [("Velm", False)]


def judged(connection, relation_id, verdict, *, moment=MORNING):
    merge_rows(
        connection, "core.reviews", [(relation_id, verdict, "Ada", moment, "seen")], ["relation_id", "reviewed_at"]
    )


def test_the_status_of_a_relation_is_its_newest_verdict_or_that_it_closed(empty):
    connection = empty.cursor()
    connection.begin()
    merge_rows(
        connection,
        "core.relations",
        [a_relation(name) for name in ("open", "confirmed", "dismissed", "reopened")]
        + [a_relation("closed", is_current=False)],
        ["relation_id"],
    )
    judged(connection, "confirmed", "dismissed")
    judged(connection, "confirmed", "confirmed", moment=MORNING + timedelta(minutes=1))
    judged(connection, "dismissed", "dismissed")
    judged(connection, "reopened", "dismissed")
    judged(connection, "reopened", "open", moment=MORNING + timedelta(minutes=1))
    judged(connection, "closed", "confirmed")
    found = dict(connection.execute("SELECT relation_id, status FROM relations").fetchall())
    assert found == {
        "open": "open", "confirmed": "confirmed", "dismissed": "dismissed", "reopened": "open", "closed": "closed",
    }  # fmt: skip
    standing = {name for (name,) in connection.execute("SELECT relation_id FROM contradictions").fetchall()}
    assert standing == {"open", "confirmed", "reopened"}
    who = connection.execute("SELECT reviewed_by, note FROM relations WHERE relation_id = 'confirmed'").fetchone()
    assert who == ("Ada", "seen")
    connection.rollback()


def test_only_the_nine_contradicting_kinds_are_contradictions(empty):
    contradicting = ["internal_conflict", "source_conflict", "retraction", "decrease", "revision"]
    contradicting += ["part_exceeds_whole", "sum_mismatch", "scope_drift", "tension"]
    connection = empty.cursor()
    connection.begin()
    kinds = [*contradicting, "update", "rounding", "agreement"]
    merge_rows(connection, "core.relations", [a_relation(kind, kind) for kind in kinds], ["relation_id"])
    assert {kind for (kind,) in connection.execute("SELECT kind FROM contradictions").fetchall()} == set(contradicting)
    connection.rollback()


def test_the_macros_answer_for_a_story_by_id_or_name_and_for_a_figure(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_store(path, clock()) as store:
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
        connection = store.connection
        merge_rows(connection, "core.relations", [a_relation("r")], ["relation_id"])
        story = ("story", "The dam of Velm", None, "Velm", None, MORNING, MORNING, 3, 2, None)
        merge_rows(connection, "core.stories", [story], ["story_id"])
        day = ("story", "killed", None, "Velm", "person", MORNING.date(), 12, 19, 21, "official", 2, ["a"], ["f"])
        merge_rows(connection, "core.timeline", [day], ["story_id"])
        store.publish()
    with open_reader(path) as reader:
        for name in ("story", "The dam of Velm"):
            assert ask(reader, f"SELECT relation_id FROM contradictions_of('{name}')").rows == [("r",)]
            assert ask(reader, f"SELECT best FROM timeline_of('{name}', 'killed')").rows == [(Decimal(19),)]
        ((figure_id,),) = ask(reader, "SELECT figure_id FROM figures WHERE quote = '21 dead'").rows
        found = ask(reader, f"SELECT outlet, title, quote, sentence FROM evidence('{figure_id}')").rows
        assert found == [("Velm Courier", "Toll rises", "21 dead", "The toll stands at 21 dead, the mayor said.")]
