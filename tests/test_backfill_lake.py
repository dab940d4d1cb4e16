"""A lake holds what the published file holds: same tables, same views, same relations; readers never wait."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from warehouse_articles import EXTRACTOR, MORNING, clock, dam_story

from checks.relate import relate
from extract.errors import LakeRefused
from flows.lakes import bring_edition
from flows.settings import Settings
from warehouse.lake import Lake, bring_to_lake, open_lake
from warehouse.reader import open_reader
from warehouse.store import open_store

VIEWS = (
    "articles",
    "blocks",
    "figures",
    "relations",
    "contradictions",
    "timeline",
    "stories",
    "claimants",
    "data_dictionary",
)
POSTGRES = shutil.which("initdb")  # beside it lies the server; part of the machines that run the tests
NOBODY = 65534
ROUNDS = 4
COUNTS = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM figures), count(*) FROM relations"


def editions(folder: Path) -> list[Path]:
    """Two published states of one warehouse: one article, then three with their relations."""
    story = dam_story()
    made = []
    for name, extracted in (("early", story[:1]), ("late", story)):
        warehouse = folder / f"{name}.duckdb"
        with open_store(warehouse, clock()) as store:
            store.save_extracted(extracted, extractor=EXTRACTOR)
            store.connection.execute("UPDATE core.articles SET story_id = 'dam'")
            store.load_trees(
                version="test",
                populations=[("people", "people", 0)],
                places=[("Velm", "Velm", 0)],
                measures=[(measure, "cumulative", True, "") for measure in ("killed", "injured")],
            )
            with store.transaction():
                relate(store.connection, MORNING)
            store.publish()
        made.append(warehouse)
    return made


@pytest.fixture(scope="module")
def early_and_late(tmp_path_factory) -> list[Path]:
    return editions(tmp_path_factory.mktemp("editions"))


@pytest.fixture
def lake(tmp_path) -> Lake:
    return Lake(str(tmp_path / "catalog.ducklake"), str(tmp_path / "files"))


def shown(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return {view: sorted(str(row) for row in connection.execute(f"FROM {view}").fetchall()) for view in VIEWS}


def test_every_view_of_the_lake_shows_what_the_published_file_shows(early_and_late, lake):
    for edition in early_and_late:
        bring_to_lake(edition, lake)
        with open_lake(lake, read_only=True) as there, open_reader(edition) as here:
            assert shown(there) == shown(here)
            assert there.execute("SELECT count(*) FROM contradictions").fetchall() != [(0,)] or edition.stem == "early"
            assert there.execute("SELECT count(*) FROM timeline_of('dam', 'killed')").fetchone() == (
                here.execute("SELECT count(*) FROM timeline_of('dam', 'killed')").fetchone()
            )


def test_only_rows_that_changed_are_written_and_the_same_edition_writes_none(early_and_late, lake):
    early, late = early_and_late
    bring_to_lake(early, lake)
    assert bring_to_lake(early, lake) == {}
    assert bring_to_lake(late, lake)["articles"] == 2


def test_tables_and_views_that_others_keep_in_the_lake_are_left_alone(early_and_late, lake):
    with open_lake(lake) as connection:
        connection.execute("CREATE TABLE notes AS SELECT 'ask the ministry' AS note")
        connection.execute("CREATE VIEW shown_notes AS FROM notes")
    bring_to_lake(early_and_late[0], lake)
    with open_lake(lake) as connection:
        assert connection.execute("FROM shown_notes").fetchall() == [("ask the ministry",)]


def test_the_setting_of_a_lake_is_all_that_a_run_needs(desk, tmp_path, monkeypatch, tallywire):
    monkeypatch.setenv("TALLYWIRE_LAKE", str(tmp_path / "catalog.ducklake"))
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")
    warehouse = tmp_path / "warehouse.duckdb"
    status, _, err = tallywire("ingest", desk, "--warehouse", warehouse)
    assert status == 0, err
    own = Lake(str(tmp_path / "catalog.ducklake"), str(tmp_path / "warehouse.lake"))
    with open_lake(own, read_only=True) as there, open_reader(warehouse) as here:
        assert shown(there) == shown(here)


def test_a_forgotten_page_is_in_no_file_and_no_older_snapshot_of_the_lake(desk, tmp_path, monkeypatch, tallywire):
    monkeypatch.setenv("TALLYWIRE_LAKE", str(tmp_path / "catalog.ducklake"))
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")
    warehouse = tmp_path / "warehouse.duckdb"
    assert tallywire("ingest", desk, "--warehouse", warehouse)[0] == 0
    with open_reader(warehouse) as reader:
        [(url, title)] = reader.execute("SELECT url, title FROM articles WHERE contains(url, 'harbour')").fetchall()
    status, _, err = tallywire("forget", url, "--warehouse", warehouse)
    assert status == 0, err
    with open_lake(Lake(str(tmp_path / "catalog.ducklake"), str(tmp_path / "warehouse.lake"))) as lake:
        assert lake.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        assert len(lake.execute("FROM ducklake_snapshots('lake')").fetchall()) == 1
    files = [str(path) for path in (tmp_path / "warehouse.lake").rglob("*.parquet")]
    with duckdb.connect() as connection:
        articles = [path for path in files if "/articles/" in path]
        found = (
            "SELECT count(*) FILTER (WHERE title = $title), count(*) FROM read_parquet($articles, union_by_name = true)"
        )
        assert connection.execute(found, {"title": title, "articles": articles}).fetchone() == (0, 2)


def test_a_table_in_many_small_files_is_put_into_few_and_older_states_can_still_be_asked_for(early_and_late, lake):
    with open_lake(lake) as connection:
        connection.execute("CALL lake.set_option('data_inlining_row_limit', 0)")  # each change is a file
    early, late = early_and_late
    files = "SELECT max(file_count + delete_file_count) FROM ducklake_table_info('lake')"
    bring_to_lake(early, lake)
    with open_lake(lake) as connection:
        [(then,)] = connection.execute("SELECT max(snapshot_id) FROM ducklake_snapshots('lake')").fetchall()
    bring_to_lake(late, lake)
    with open_lake(lake) as connection:
        assert connection.execute(files).fetchone()[0] > 1
    assert bring_to_lake(late, lake, files_at_most=1) == {}
    with open_lake(lake, read_only=True) as there, open_reader(late) as here:
        assert there.execute(files).fetchone() == (1,)
        assert shown(there) == shown(here)
        assert there.execute(f"SELECT count(*) FROM core.articles AT (VERSION => {then})").fetchone() == (1,)


@pytest.mark.parametrize("command", ["ingest", "backfill"])
def test_a_lake_that_cannot_take_a_run_stops_it_before_anything_is_read(
    command, jsonl, tmp_path, monkeypatch, tallywire
):
    monkeypatch.setenv("TALLYWIRE_LAKE", "postgres:host=127.0.0.1 port=1 dbname=lake")
    given = jsonl({"url": "https://wire.example/1", "text": "The police said 12 people were killed in Turin."})
    status, _, err = tallywire(command, given, "--warehouse", tmp_path / "out" / "w.duckdb")
    assert status == 1
    assert "the lake cannot be opened" in err
    assert not (tmp_path / "out").exists()


def test_a_missing_extension_is_named_before_a_run_with_the_way_to_install_it(desk, tmp_path, monkeypatch, tallywire):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, package=None: None if "ducklake" in name else find(name, package)
    )
    monkeypatch.setenv("HOME", str(tmp_path))  # where DuckDB looks for extensions that somebody installed
    monkeypatch.setenv("TALLYWIRE_LAKE", str(tmp_path / "catalog.ducklake"))
    status, _, err = tallywire("ingest", desk, "--warehouse", tmp_path / "w.duckdb")
    assert status == 2
    assert "tallywire[lake]" in err
    assert not (tmp_path / "w.duckdb").exists()


def test_without_a_lake_nothing_is_done(tmp_path):
    bring_edition(Settings(warehouse=tmp_path / "warehouse.duckdb"))
    assert list(tmp_path.iterdir()) == []


def test_a_lake_that_cannot_be_opened_is_refused_without_its_password(tmp_path):
    secret = Lake("postgres:host=127.0.0.1 port=1 dbname=lake user=desk password = hunter2", str(tmp_path))
    with pytest.raises(LakeRefused) as refused:
        bring_to_lake(tmp_path / "w.duckdb", secret)
    assert "hunter2" not in str(refused.value)


@pytest.fixture
def postgres() -> Iterator[str]:
    """A server of its own on a socket; it refuses to run as root, so root lends it to nobody."""
    assert POSTGRES is not None
    with tempfile.TemporaryDirectory() as temporary:
        folder, as_user = Path(temporary), {}
        if os.getuid() == 0:
            folder.chmod(0o755)
            os.chown(folder, NOBODY, NOBODY)
            as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        cluster, programs = folder / "data", Path(POSTGRES).resolve().parent
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **as_user}
        subprocess.run([programs / "initdb", "-D", cluster, "-A", "trust", "-U", "lake", "-N"], check=True, **quiet)
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run([programs / "pg_ctl", "-D", cluster, "-o", options, "-w", "start"], check=True, **quiet)
        try:
            yield f"postgres:dbname=postgres host={folder} user=lake"
        finally:
            subprocess.run([programs / "pg_ctl", "-D", cluster, "-m", "fast", "-w", "stop"], check=True, **quiet)


def append_notes(lake: Lake, writer: int, errors: list[Exception]) -> None:
    try:
        with open_lake(lake) as connection:
            for number in range(ROUNDS):
                connection.execute("INSERT INTO notes VALUES ($writer, $number)", {"writer": writer, "number": number})
    except Exception as error:  # noqa: BLE001  # whatever it is, the test tells it
        errors.append(error)


def read_on(lake: Lake, done: threading.Event, seen: set[tuple[int, ...]], errors: list[Exception]) -> None:
    try:
        with open_lake(lake, read_only=True) as connection:
            while not done.is_set():
                connection.begin()
                seen.add(connection.execute(COUNTS).fetchall()[0])
                connection.commit()
                done.wait(0.05)  # three that never pause would only keep the writers from the processor
    except Exception as error:  # noqa: BLE001  # whatever it is, the test tells it
        errors.append(error)


@pytest.mark.parametrize("catalog", ["postgres"] if POSTGRES else [])
def test_two_appenders_a_merger_and_three_readers_lose_nothing_and_see_whole_editions(
    catalog, early_and_late, postgres, tmp_path
):
    lake = Lake(postgres, str(tmp_path / "files"))
    bring_to_lake(early_and_late[0], lake)
    with open_lake(lake) as connection:
        connection.execute("CREATE TABLE notes (writer INTEGER, number INTEGER)")
    errors: list[Exception] = []
    seen: set[tuple[int, ...]] = set()
    done = threading.Event()
    readers = [threading.Thread(target=read_on, args=(lake, done, seen, errors)) for _ in range(3)]
    appenders = [threading.Thread(target=append_notes, args=(lake, writer, errors)) for writer in (1, 2)]
    for thread in (*readers, *appenders):
        thread.start()
    for number in (1, 0):
        bring_to_lake(early_and_late[number], lake)
    for thread in appenders:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert errors == []
    with open_lake(lake, read_only=True) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT (writer, number)) FROM notes").fetchall() == [
            (2 * ROUNDS, 2 * ROUNDS)
        ]
    whole = set()
    for edition in early_and_late:
        with open_reader(edition) as here:
            whole |= set(here.execute(COUNTS).fetchall())
    assert seen
    assert seen <= whole
