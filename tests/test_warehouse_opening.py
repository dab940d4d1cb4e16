"""Opening the warehouse: one writer, whole runs, older and newer and damaged files."""

from __future__ import annotations

import os

import duckdb
import pytest
from warehouse_articles import EXTRACTOR, MORNING, clock, dam_story
from warehouse_tables import dump_tables, table_differences
from writers import writing_process

from extract.errors import CheckFailed, FactError, WarehouseBroken, WarehouseBusy, WarehouseMissing, WarehouseTooNew
from warehouse import schema
from warehouse.lock import Patience, lock_holder
from warehouse.neighbours import Neighbours
from warehouse.reader import open_reader
from warehouse.statements import MigrationFile, migration_files
from warehouse.store import open_store


def save(path, extracted):
    with open_store(path, clock()) as store:
        store.save_extracted(extracted, extractor=EXTRACTOR)
        store.publish()


def test_a_warehouse_begins_in_a_folder_that_is_not_there_yet(tmp_path):
    save(tmp_path / "tallywire" / "warehouse.duckdb", dam_story())
    assert sorted(path.name for path in (tmp_path / "tallywire").iterdir()) == [
        "warehouse.duckdb",
        "warehouse.lock",
        "warehouse.work.duckdb",
    ]


def test_a_longer_path_that_is_not_there_is_named(tmp_path):
    with (
        pytest.raises(
            WarehouseMissing, match=f"the folder {tmp_path}/no/such for the warehouse does not exist: make it"
        ),
        open_store(tmp_path / "no" / "such" / "w.duckdb", clock()),
    ):
        pass


def test_a_folder_in_place_of_the_file_is_named(tmp_path):
    with pytest.raises(WarehouseMissing, match="is a folder"), open_store(tmp_path, clock()):
        pass


def test_a_second_writer_is_told_who_writes(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_store(path, clock()):
        with (
            pytest.raises(WarehouseBusy, match=rf"process {os.getpid()} on \S+ since 2031-05-04 06:00:00 UTC"),
            open_store(path, clock()),
        ):
            pass
        holder = lock_holder(Neighbours(path))
        assert holder is not None
        assert (holder.pid, holder.since) == (os.getpid(), MORNING)
    assert lock_holder(Neighbours(path)) is None


def test_a_second_process_is_refused_while_the_first_writes_and_let_in_after(tmp_path):
    path = tmp_path / "w.duckdb"
    with writing_process(path) as other:
        with pytest.raises(WarehouseBusy, match=f"process {other.pid} "), open_store(path, clock()):
            pass
        other.communicate("go on\n")
    assert other.returncode == 0
    with open_store(path, clock()):
        pass


def test_a_patient_writer_is_told_once_who_writes_and_comes_after(tmp_path):
    path, told = tmp_path / "w.duckdb", []
    with writing_process(path) as other:

        def tell(line):
            told.append(line)
            print("go on", file=other.stdin, flush=True)

        with open_store(path, clock(), patience=Patience(60, tell)) as store:
            assert store.connection.execute("SELECT count(*) > 0 FROM core.articles").fetchone() == (True,)
        assert other.wait() == 0
    [line] = told
    assert line.startswith(f"waiting for process {other.pid} on ")


def test_patience_ends(tmp_path):
    path, told = tmp_path / "w.duckdb", []
    with (
        open_store(path, clock()),
        pytest.raises(WarehouseBusy, match=r"\(waited 0.1 s\): wait until it ends, or stop it and run again"),
        open_store(path, clock(), patience=Patience(0.1, told.append)),
    ):
        pass
    assert len(told) == 1


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan")])
def test_nobody_waits_for_ever(seconds):
    with pytest.raises(ValueError, match="nobody can wait"):
        Patience(seconds)


def test_a_run_that_fails_leaves_the_published_file_byte_for_byte(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story()[:1])
    before = path.read_bytes()

    def failing_run():
        with open_store(path, clock()) as store:
            store.save_extracted(dam_story(), extractor=EXTRACTOR)
            raise CheckFailed("figures outside their texts")

    with pytest.raises(CheckFailed):
        failing_run()
    assert path.read_bytes() == before
    save(path, dam_story()[:1])
    assert len(dump_tables(path)["articles"]) == 1


def test_a_run_that_publishes_nothing_leaves_nothing_for_the_next(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_store(path, clock()) as store:
        store.save_extracted(dam_story(), extractor=EXTRACTOR)
    with open_store(path, clock()) as store:
        assert store.connection.execute("SELECT count(*) FROM articles").fetchall() == [(0,)]


def test_the_work_file_is_used_again_while_it_is_what_readers_see(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    with duckdb.connect(str(Neighbours(path).work)) as work:
        work.execute("CREATE TABLE core.pencil_mark (x INTEGER)")
    with open_store(path, clock()) as store:
        assert store.connection.execute("FROM core.pencil_mark").fetchall() == []


def test_a_published_file_restored_from_a_backup_counts_and_not_the_work_file(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story()[:1])
    backup = path.read_bytes()
    save(path, dam_story())
    path.unlink()
    path.write_bytes(backup)
    with open_store(path, clock()) as store:
        assert store.connection.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]


def test_a_work_file_without_its_published_file_counts_for_nothing(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    path.unlink()
    save(path, dam_story()[:1])
    assert len(dump_tables(path)["articles"]) == 1


def test_a_damaged_work_file_is_made_anew(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    Neighbours(path).work.write_bytes(b"half a file")
    save(path, dam_story())
    assert len(dump_tables(path)["articles"]) == 3


def test_what_a_killed_run_left_is_swept(tmp_path):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    left = ["w.publishing", "w.publishing.wal", "w.copying", "w.work.duckdb.wal"]
    for name in left:
        (tmp_path / name).write_bytes(b"half a file")
    (tmp_path / "w.work.duckdb.tmp").mkdir()
    save(path, dam_story())
    assert sorted(found.name for found in tmp_path.iterdir()) == ["w.duckdb", "w.lock", "w.work.duckdb"]


def with_second_migration(monkeypatch, sql):
    files = (*migration_files(), MigrationFile(len(migration_files()) + 1, "9999_test", sql))
    monkeypatch.setattr(schema, "migration_files", lambda: files)


def test_an_older_file_is_migrated_on_a_copy(tmp_path, monkeypatch):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    before = path.read_bytes()
    with_second_migration(monkeypatch, "ALTER TABLE core.articles ADD COLUMN mood VARCHAR DEFAULT 'calm'")
    with open_store(path, clock()) as store:
        assert store.connection.execute("SELECT DISTINCT mood FROM core.articles").fetchall() == [("calm",)]
        assert path.read_bytes() == before
        store.publish()
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("SELECT max(version) FROM core.migrations").fetchone() == (
            len(migration_files()) + 1,
        )
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)


def test_a_file_of_the_first_version_is_brought_to_this_one_with_all_that_is_in_it(tmp_path, monkeypatch):
    path = tmp_path / "w.duckdb"
    with monkeypatch.context() as patched:
        patched.setattr(schema, "migration_files", lambda: migration_files()[:1])
        patched.setattr(schema, "make_views", lambda connection: None)
        with duckdb.connect(str(path)) as connection:
            schema.migrate(connection, path, MORNING)
            connection.execute(
                "INSERT INTO core.fetches VALUES "
                "('run 1', 'https://a.example/1', 'wire', now(), 'page', '', '', 200, 9, 0.1, 'ab', NULL, NULL)"
            )
    with open_store(path, clock()) as store:
        store.publish()
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("SELECT url, page_url FROM fetches").fetchall() == [("https://a.example/1", None)]


def test_a_migration_that_fails_halfway_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    before = path.read_bytes()
    with monkeypatch.context() as patched:
        with_second_migration(patched, "DROP TABLE core.blocks; SELECT * FROM nowhere")
        with pytest.raises(WarehouseBroken, match="nowhere"), open_store(path, clock()):
            pass
    assert path.read_bytes() == before
    with open_store(path, clock()) as store:
        assert store.connection.execute("SELECT count(*) > 0 FROM blocks").fetchone() == (True,)


@pytest.mark.parametrize("opened", [open_reader, lambda path: open_store(path, clock()).__enter__()])
def test_a_newer_file_is_refused_and_stays_as_it_is(tmp_path, opened):
    path = tmp_path / "w.duckdb"
    save(path, dam_story())
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO core.migrations SELECT 999, '0999_later', now()")
    before = path.read_bytes()
    with pytest.raises(WarehouseTooNew, match=r"version 999.*upgrade tallywire"):
        opened(path)
    assert path.read_bytes() == before


def foreign(path):
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE recipes (name VARCHAR)")


def no_database(path):
    path.write_text("Dear diary,\n" * 5000)


def cut_short(path):
    save(path, dam_story())
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole[:5000])


@pytest.mark.parametrize("opened", [open_reader, lambda path: open_store(path, clock()).__enter__()])
@pytest.mark.parametrize("spoil", [foreign, no_database, cut_short])
def test_a_file_that_is_no_warehouse_is_refused_with_a_way_out_and_stays(tmp_path, spoil, opened):
    path = tmp_path / "w.duckdb"
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(WarehouseBroken, match=r"another path|backup|cannot be read"):
        opened(path)
    assert path.read_bytes() == before


def test_a_warehouse_may_have_any_name(tmp_path):
    for name in (
        "temp.duckdb",
        "it's.duckdb",
        'a "b" c.duckdb',
        "ledger",
        "w.2031.duckdb",
        "größe.duckdb",
        "system.duckdb",
    ):
        save(tmp_path / name, dam_story())
        with open_reader(tmp_path / name) as connection:
            assert connection.execute("SELECT count(*) FROM figures").fetchall() == [(4,)], name


def test_forgetting_a_page_takes_all_of_it_out_and_keeps_it_out(tmp_path):
    path = tmp_path / "w.duckdb"
    without = tmp_path / "without.duckdb"
    save(path, dam_story())
    save(without, [dam_story()[0], dam_story()[2]])
    with open_store(path, clock()) as store:
        gone = store.forget("https://gazette.example/flood", "asked by the author")
        assert (gone.articles, gone.figures) == (1, 1)
        store.publish()
    with open_store(path, clock()) as store:
        saved = store.save_extracted(dam_story(), extractor=EXTRACTOR)
        assert (saved.stored, saved.unchanged, saved.forgotten) == (0, 2, 1)
        store.publish()
    assert [line for line in table_differences(path, without) if not line.startswith("forgotten")] == []
    for file in tmp_path.glob("w.*"):
        assert b"Ost Gazette" not in file.read_bytes()


def test_no_message_of_the_store_lacks_what_to_do(tmp_path):
    path = tmp_path / "w.duckdb"
    no_database(path)
    with pytest.raises(FactError) as raised, open_store(path, clock()):
        pass
    assert str(path) in str(raised.value)
    assert "restore it from a backup" in str(raised.value)
