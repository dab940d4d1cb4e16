"""What a run found lands once, whole, in any order."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from warehouse_articles import EXTRACTOR, MORNING, a_figure, a_page, broken, clock, dam_story, read
from warehouse_tables import dump_tables, table_differences

from extract.models import Extracted, Fetch, Skip
from warehouse.reader import ask, open_reader
from warehouse.records import Run
from warehouse.store import open_store
from warehouse.trees import load_current_trees


def save(path, extracted, *, extractor=EXTRACTOR, now=MORNING):
    with open_store(path, clock(now)) as store:
        saved = store.save_extracted(extracted, extractor=extractor)
        store.publish()
    return saved


def rows(path, sql):
    with open_reader(path) as connection:
        return ask(connection, sql).rows


def test_saving_twice_changes_nothing_but_the_time_it_was_last_seen(tmp_path):
    once, twice = tmp_path / "once.duckdb", tmp_path / "twice.duckdb"
    save(once, dam_story())
    save(twice, dam_story())
    later = [replace(one, article=replace(one.article, fetched_at=MORNING + timedelta(hours=1))) for one in dam_story()]
    saved = save(twice, later)
    assert (saved.stored, saved.unchanged, saved.figures) == (0, 3, 0)
    assert table_differences(once, twice) == []
    assert rows(twice, "SELECT DISTINCT fetched_at, last_seen_at - fetched_at FROM articles") == [
        (MORNING, timedelta(hours=1))
    ]


def test_articles_in_any_order_and_any_batches_give_the_same_tables(tmp_path):
    versions = [
        read(a_page("dam", f"Rescuers counted {count} dead.", fetched_at=MORNING + timedelta(hours=count)))
        for count in (1, 2, 3)
    ]
    versions = [read(one.article, a_figure(one.article, one.article.text[17:-1], 1)) for one in versions]
    given = [*dam_story()[1:], *versions]
    first = tmp_path / "first.duckdb"
    save(first, given)
    for number, order in enumerate(itertools.islice(itertools.permutations(given), 7, 120, 23)):
        path = tmp_path / f"{number}.duckdb"
        save(path, order[:2])
        save(path, order[2:])
        assert table_differences(first, path) == []


def test_comparing_two_warehouses_sees_one_changed_letter(tmp_path):
    one, other = tmp_path / "one.duckdb", tmp_path / "other.duckdb"
    save(one, dam_story())
    save(other, [replace(given, article=replace(given.article, author="A. Scribe")) for given in dam_story()])
    assert dump_tables(one)["articles"] != dump_tables(other)["articles"]
    assert any("A. Scribe" in line for line in table_differences(one, other))


def test_a_changed_page_becomes_a_new_version_and_the_old_one_stays(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, [read(a_page("dam", "Rescuers counted 12 dead."))])
    save(path, [read(a_page("dam", "Rescuers counted 14 dead.", fetched_at=MORNING + timedelta(hours=2)))])
    assert rows(path, "SELECT version, is_latest, text FROM articles ORDER BY version") == [
        (1, False, "Rescuers counted 12 dead."),
        (2, True, "Rescuers counted 14 dead."),
    ]


def test_a_page_that_goes_back_to_its_old_words_has_the_old_version_as_its_latest(tmp_path):
    path = tmp_path / "w.duckdb"
    for hour, count in enumerate((12, 14, 12)):
        save(path, [read(a_page("dam", f"Rescuers counted {count} dead.", fetched_at=MORNING + timedelta(hours=hour)))])
    assert rows(path, "SELECT version, text FROM articles WHERE is_latest") == [(1, "Rescuers counted 12 dead.")]


def test_two_outlets_with_the_same_words_stay_two_articles(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, [read(a_page("dam", "It broke.")), read(a_page("dam", "It broke.", outlet="Ost Gazette"))])
    assert rows(path, "SELECT count(*), count(*) FILTER (WHERE is_latest) FROM articles") == [(2, 2)]


def test_an_article_given_twice_in_one_batch_lands_once_as_its_first_reading_gave_it(tmp_path):
    path = tmp_path / "w.duckdb"
    early = a_page("dam", "It broke.", author="Early")
    late = a_page("dam", "It broke.", author="Late", fetched_at=MORNING + timedelta(hours=1))
    saved = save(path, [read(late), read(early)])
    assert (saved.stored, saved.unchanged) == (1, 1)
    assert rows(path, "SELECT author, fetched_at FROM articles") == [("Early", MORNING)]


def test_a_newer_extractor_replaces_the_figures_and_leaves_the_blocks(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    before = dump_tables(path)["blocks"]
    with open_store(path, clock()) as store:
        batches = list(store.articles_for_reextraction("tallywire-test-2", batch=2))
        assert [len(batch) for batch in batches] == [2, 1]
        for batch in batches:
            again = [read(article) for article in batch if article.title != "Flood in Velm"]
            again += [
                read(article, a_figure(article, "19 dead", 19, extractor="tallywire-test-2"))
                for article in batch
                if article.title == "Flood in Velm"
            ]
            saved = store.save_extracted(again, extractor="tallywire-test-2")
            assert saved.stored == 0
            assert saved.reread == len(batch)
        assert list(store.articles_for_reextraction("tallywire-test-2")) == []
        store.publish()
    assert rows(path, "SELECT quote, extractor FROM figures") == [("19 dead", "tallywire-test-2")]
    assert dump_tables(path)["blocks"] == before


def test_an_article_read_back_has_the_id_it_was_stored_under(tmp_path):
    path = tmp_path / "w.duckdb"
    given = {one.article.article_id: replace(one.article, blocks=()) for one in dam_story()}
    save(path, dam_story())
    with open_store(path, clock()) as store:
        (batch,) = store.articles_for_reextraction("another")
    assert {article.article_id: article for article in batch} == given


def test_blocks_of_an_unchanged_article_are_not_written_again(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    with open_store(path, clock()) as store:
        before = store.connection.execute("SELECT list(rowid ORDER BY rowid) FROM core.blocks").fetchall()
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
        assert store.connection.execute("SELECT list(rowid ORDER BY rowid) FROM core.blocks").fetchall() == before


def test_a_number_keeps_every_printed_digit(tmp_path):
    path = tmp_path / "w.duckdb"
    page = a_page("price", "It cost 1234567890123456789.123456 crowns.")
    save(path, [read(page, a_figure(page, "1234567890123456789.123456 crowns", "1234567890123456789.123456"))])
    assert rows(path, "SELECT value FROM figures") == [(Decimal("1234567890123456789.123456"),)]


def test_bounds_finer_than_the_table_are_widened_and_never_narrowed(tmp_path):
    path = tmp_path / "w.duckdb"
    page = a_page("share", "A share of 0.12345678 per cent.")
    save(path, [read(page, a_figure(page, "0.12345678 per cent", "0.12345678"))])
    assert rows(path, "SELECT low, high FROM figures") == [(Decimal("0.123456"), Decimal("0.123457"))]


def test_skips_among_the_extracted_are_no_articles(tmp_path):
    skip = Extracted("https://courier.example/x", skip=Skip("https://courier.example/x", "wire", "empty"))
    saved = save(tmp_path / "w.duckdb", [skip, *dam_story()])
    assert (saved.stored, saved.unchanged, saved.quarantined) == (3, 0, ())


def test_nothing_to_save_is_no_error(tmp_path):
    assert save(tmp_path / "w.duckdb", []).stored == 0
    assert rows(tmp_path / "w.duckdb", "SELECT count(*) FROM articles") == [(0,)]


def spoil(**changes):
    page = a_page("bad", "Rescuers counted 12 dead in Velm.")
    return read(page, broken(a_figure(page, "12 dead", 12), **changes))


def spoil_article(**changes):
    page = a_page("bad", "Rescuers counted 12 dead in Velm.")
    return read(replace(page, **changes))


def twice_in_one_place():
    page = a_page("bad", "Rescuers counted 12 dead in Velm.")
    return read(page, a_figure(page, "12 dead", 12), a_figure(page, "12 dead", 13))


BROKEN_RULES = {
    "offsets_outside_text": spoil(char_start=900, char_end=907),
    "quote_not_at_its_place": spoil(char_start=0, char_end=7),
    "bounds_upside_down": spoil(low=Decimal(13)),
    "days_upside_down": spoil(as_of_from=MORNING.date(), as_of_to=MORNING.date() - timedelta(days=1)),
    "number_too_great": spoil(value=Decimal("1e23")),
    "figure_unknown": spoil(part_of="nowhere"),
    "figure_of_another_article": spoil(article_id="another"),
    "two_figures_in_one_place": twice_in_one_place(),
    "moment_without_zone": spoil_article(published_at=MORNING.replace(tzinfo=None)),
    "broken_characters": spoil_article(author="half \ud83d of a smile"),
    "no_text": spoil_article(text="  \n "),
    "blocks_out_of_order": spoil_article(blocks=a_page("bad", "x").blocks[::-1]),
}


@pytest.mark.parametrize("rule", BROKEN_RULES)
def test_an_article_that_breaks_a_rule_is_quarantined_by_name_and_the_others_land(tmp_path, rule):
    path = tmp_path / "w.duckdb"
    saved = save(path, [BROKEN_RULES[rule], *dam_story()])
    assert [fault.rule for fault in saved.quarantined] == [rule]
    assert saved.stored == 3
    assert rows(path, "SELECT rule, url FROM quarantine") == [(rule, "https://courier.example/bad")]
    assert rows(path, "SELECT count(*) FROM articles WHERE url LIKE '%bad'") == [(0,)]


def test_every_number_that_is_none_is_refused(tmp_path):
    for number, word in enumerate(("NaN", "Infinity", "-Infinity")):
        saved = save(tmp_path / f"{number}.duckdb", [spoil(value=Decimal(word))])
        assert [fault.rule for fault in saved.quarantined] == ["number_too_great"]


def test_an_article_leaves_quarantine_when_it_is_read_well(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, [BROKEN_RULES["bounds_upside_down"]])
    page = BROKEN_RULES["bounds_upside_down"].article
    save(path, [read(page, a_figure(page, "12 dead", 12))])
    assert rows(path, "SELECT count(*) FROM quarantine") == [(0,)]
    assert rows(path, "SELECT quote FROM figures") == [("12 dead",)]


def an_attempt(name, moment=MORNING, **more):
    stated = {"outcome": "page", "sha256": f"sum of {name}", "etag": f"tag {name}"}
    return Fetch(f"https://courier.example/{name}", "wire", moment, **(stated | more))


def test_what_is_known_of_an_address_is_what_the_last_page_said(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        later = MORNING + timedelta(hours=1)
        store.save_fetches("run 1", [an_attempt("dam"), an_attempt("flood"), an_attempt("gone", sha256=None)])
        store.save_fetches("run 2", [an_attempt("dam", later, sha256="newer", etag=None)])
        known = store.known(["https://courier.example/dam", "https://courier.example/never"])
        assert set(known) == {"https://courier.example/dam"}
        dam = known["https://courier.example/dam"]
        assert (dam.sha256, dam.etag, dam.fetched_at) == ("newer", None, later)
        assert dam.seen == {"newer", "sum of dam"}
        assert set(store.known()) == {"https://courier.example/dam", "https://courier.example/flood"}


def test_a_page_on_which_a_worker_crashed_is_read_again(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        store.save_fetches("run 1", [an_attempt("dam", outcome="skipped", reason="crash")])
        assert store.known() == {}


def test_an_attempt_saved_twice_stays_one(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        for _ in range(2):
            store.save_fetches("run 1", [an_attempt("dam"), an_attempt("dam")])
        assert store.connection.execute("SELECT count(*) FROM fetches").fetchall() == [(1,)]


def test_an_unchanged_page_is_marked_as_seen_and_a_vanished_one_as_gone(tmp_path):
    later = MORNING + timedelta(hours=1)
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
        store.save_fetches("run 2", [an_attempt("dam", later, outcome="unchanged")])
        store.save_fetches("run 2", [an_attempt("dam-2", later, outcome="skipped", reason="gone", status=410)])
        found = store.connection.execute("SELECT title, last_seen_at, gone_at FROM articles ORDER BY title").fetchall()
        assert found == [
            ("Dam breaks above Velm", later, None),
            ("Flood in Velm", MORNING, None),
            ("Toll rises", MORNING, later),
        ]


def test_a_run_saved_again_replaces_its_row(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        store.save_run(Run("run 1", "track", MORNING, "running"))
        store.save_run(Run("run 1", "track", MORNING, "completed", skipped=2, skipped_by_reason={"empty": 2}))
        found = store.connection.execute("SELECT state, skipped_by_reason FROM runs").fetchall()
        assert found == [("completed", {"empty": 2})]


def test_a_transaction_that_fails_leaves_nothing_of_itself(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        store.save_extracted(dam_story()[:1], extractor=EXTRACTOR)

        def fail_halfway():
            with store.transaction():
                store.save_extracted(dam_story(), extractor=EXTRACTOR)
                raise RuntimeError("power cut")

        with pytest.raises(RuntimeError, match="power cut"):
            fail_halfway()
        assert store.connection.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        assert store.save_extracted(dam_story(), extractor=EXTRACTOR).stored == 2


def test_trees_are_loaded_as_given_each_row_once_and_bear_their_version(tmp_path):
    rows_given = [("police", "police", 0), ("police", "people", 1), ("police", "people", 1)]
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        assert not store.has_trees("1")
        store.load_trees(version="1", populations=[("crowd", "crowd", 0)], measures=[("killed", "stock", True, "Dead")])
        store.load_trees(version="2", populations=rows_given)
        found = store.connection.execute("FROM core.population_tree").fetchall()
        assert sorted(found) == sorted(set(rows_given))
        assert store.connection.execute("SELECT count(*) FROM core.measures").fetchall() == [(0,)]
        assert (store.has_trees("1"), store.has_trees("2")) == (False, True)


def test_the_trees_of_extraction_are_loaded_once_a_version(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        assert load_current_trees(store, "1")
        assert not load_current_trees(store, "1")
        for table in ("population_tree", "population_disjoint", "place_tree", "measures"):
            assert store.connection.execute(f"SELECT count(*) > 3 FROM core.{table}").fetchone() == (True,)


def test_what_servers_and_file_names_say_in_no_encoding_is_kept_readable(tmp_path):
    with open_store(tmp_path / "w.duckdb", clock()) as store:
        said = Fetch(
            "file:wire/caf\udce9.txt", "wire", MORNING, "skipped", "binary", "half \ud83d, 'quoted', \x00 null"
        )
        store.save_fetches("run 1", [said])
        found = store.connection.execute("SELECT url, detail FROM fetches").fetchall()
    assert found == [("file:wire/caf\\udce9.txt", "half \\ud83d, 'quoted', \x00 null")]


def test_a_run_without_news_loads_neither_pandas_nor_pyarrow(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    idle = (
        "import sys; from pathlib import Path; from warehouse_articles import EXTRACTOR, MORNING, clock\n"
        "from extract.models import Fetch; from warehouse.records import Run; from warehouse.store import open_store\n"
        "with open_store(Path(sys.argv[1]), clock()) as store:\n"
        "    store.known(); list(store.articles_for_reextraction(EXTRACTOR))\n"
        "    store.save_fetches('run', [Fetch('https://courier.example/dam', 'wire', MORNING, 'unchanged')])\n"
        "    store.save_run(Run('run', 'track', MORNING, 'completed', unchanged=1)); store.publish()\n"
        "print(*sorted({'pandas', 'pyarrow'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", idle, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "\n"
    assert rows(path, "SELECT state, unchanged FROM runs") == [("completed", 1)]
