"""Archives in many processes give the tables that one process gives, and no shard takes others along."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.invented_archive import as_record, invent_page, pages_of, write_shard
from warehouse_articles import MORNING
from warehouse_tables import table_differences

from flows.backfilling import backfill_of, extract_shards, run_backfill
from flows.progress import Silence
from flows.settings import Settings
from flows.shard_runners import in_processes
from flows.shards import ShardDone
from flows.summary import RunSummary
from warehouse.reader import open_reader
from warehouse.shard_folder import ShardFolder
from warehouse.shard_loading import load_shard
from warehouse.shards import ShardRecord
from warehouse.store import open_store

PAGES = 18
BAD_LINES = ("{", '{"url": "https://nowhere.example/1"}', '{"url": "ftp://nowhere.example/2", "text": "Rain."}')
DAM = {"url": "https://wire.example/dam", "title": "Dam breaks"}
VERSIONS = (
    "The police said 12 people were killed in Turin.",
    "The police said 19 people were killed in Turin on Monday.",
)


@pytest.fixture(autouse=True)
def _without_parser(_own_settings, monkeypatch) -> None:
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")


def write_archive(folder: Path) -> Path:
    """Three shards: two of WARC and one of JSONL with bad records, versions of a page, and records without a moment."""
    folder.mkdir()
    write_shard(folder / "a.warc.gz", pages_of(0, 3, PAGES))
    write_shard(folder / "b.warc.gz", pages_of(1, 3, PAGES))
    early, late = (json.dumps(DAM | {"text": text}) for text in VERSIONS)
    lines = [*(json.dumps(as_record(page)) for page in pages_of(2, 3, PAGES)), early, *BAD_LINES, late]
    (folder / "c.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def settings_of(warehouse, processes=1) -> Settings:
    return Settings(warehouse=warehouse, workers=processes, mode="fast", home=warehouse.parent / "home")


def backfilled(places, warehouse, *, processes=1) -> RunSummary:
    settings = settings_of(warehouse, processes)
    return run_backfill(backfill_of([str(place) for place in places], None, settings), settings)


def extracted(place, warehouse) -> ShardRecord:
    """What comes of one shard, without a warehouse."""
    settings = settings_of(warehouse)
    work = backfill_of([str(place)], None, settings)
    [done] = extract_shards(work, settings, watcher=Silence(), read_at=MORNING, runner=in_processes).values()
    assert isinstance(done, ShardDone), done
    return done.record


@dataclass(frozen=True, slots=True)
class Desk:
    """An archive that was read once, in one process."""

    archive: Path
    warehouse: Path
    summary: RunSummary


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    archive = write_archive(folder / "news")
    warehouse = folder / "one.duckdb"
    return Desk(archive, warehouse, backfilled(sorted(archive.iterdir()), warehouse))


def rows(warehouse, query):
    with open_reader(warehouse) as connection:
        return connection.execute(query).fetchall()


def files_of(warehouse) -> dict[Path, Path]:
    folder = warehouse.with_name(f"{warehouse.stem}.shards")
    return {path.relative_to(folder): path for path in folder.rglob("*.*")}


def test_a_backfill_gives_the_tables_of_ingesting_the_same_files(desk, tmp_path, tallywire):
    ingested = tmp_path / "ingest.duckdb"
    status, out, err = tallywire("ingest", *sorted(desk.archive.iterdir()), "--warehouse", ingested, "--json")
    assert status == 0, err
    assert table_differences(desk.warehouse, ingested) == []
    ours, theirs = desk.summary.as_dict(), json.loads(out)
    same = ("fetched", "stored", "unchanged", "skipped", "figures", "contradictions_new")
    assert {name: ours[name] for name in same} == {name: theirs[name] for name in same}
    attempts = "SELECT url, outcome, reason, sha256 FROM fetches ORDER BY ALL"
    assert rows(desk.warehouse, attempts) == rows(ingested, attempts)


def test_neither_the_order_of_shards_nor_the_number_of_processes_changes_a_byte(desk, tmp_path):
    other = tmp_path / "three.duckdb"
    backfilled(sorted(desk.archive.iterdir(), reverse=True), other, processes=3)
    assert table_differences(desk.warehouse, other) == []
    ours, theirs = files_of(desk.warehouse), files_of(other)
    assert {name: path.read_bytes() for name, path in ours.items()} == {
        name: path.read_bytes() for name, path in theirs.items()
    }


def test_what_words_weigh_is_loaded_with_the_shard_that_has_them(desk, tmp_path):
    warehouse = tmp_path / "w.duckdb"
    record = extracted(desk.archive / "a.warc.gz", warehouse)
    with (
        ShardFolder(str(tmp_path / "w.shards")).files(record.key) as files,
        open_store(warehouse, lambda: MORNING) as store,
    ):
        load_shard(store, files, record, run_id="r", loaded_at=MORNING)
        loaded = store.connection.execute("SELECT article_id, len(words) > 0 FROM core.story_terms").fetchall()
    assert dict(loaded) == dict.fromkeys(pq.read_table(files["articles"])["article_id"].to_pylist(), True)


def test_bad_records_are_counted_by_reason_and_kept_apart(desk):
    summary = desk.summary
    assert summary.skipped == {"bad_address": 1, "bad_json": 1, "bad_record": 1}
    assert summary.fetched == PAGES + 2 + 3 == summary.stored + summary.unchanged + sum(summary.skipped.values())
    kept = pq.read_table(desk.warehouse.with_name("one.shards") / "fetches").to_pylist()
    assert {row["url"]: row["reason"] for row in kept if row["outcome"] == "skipped"} == {
        "file:news/c.jsonl#L8": "bad_json",
        "file:news/c.jsonl#L9": "bad_record",
        "file:news/c.jsonl#L10": "bad_address",
    }


def test_of_two_versions_without_a_moment_the_one_that_stands_later_is_the_latest(desk):
    found = rows(
        desk.warehouse, f"SELECT text, version, is_latest FROM articles WHERE url = '{DAM['url']}' ORDER BY version"
    )
    assert found == [(VERSIONS[0], 1, False), (VERSIONS[1], 2, True)]


def test_only_what_is_new_is_read_and_a_shard_that_always_fails_is_reported_while_the_rest_lands(desk, tmp_path):
    archive = write_archive(tmp_path / "news")
    warehouse = tmp_path / "one.duckdb"
    shutil.copy(desk.warehouse, warehouse)
    shutil.copytree(desk.warehouse.with_name("one.shards"), tmp_path / "one.shards")
    made = {path: path.stat().st_mtime_ns for path in files_of(warehouse).values()}
    write_shard(archive / "b.warc.gz", iter([invent_page(PAGES)]))
    write_shard(archive / "d.warc.gz", iter([invent_page(PAGES + 1)]))
    settings = settings_of(warehouse, processes=2)
    work = backfill_of([str(archive)], None, settings)
    (archive / "a.warc.gz").unlink()
    summary = run_backfill(work, settings)
    assert {path: path.stat().st_mtime_ns for path in made} == made
    assert (summary.stored, summary.unchanged) == (2, PAGES // 3 + 2)
    assert summary.skipped["shard_failed"] == 1
    [(url, detail)] = rows(warehouse, "SELECT url, detail FROM fetches WHERE reason = 'shard_failed'")
    assert url == "file:news/a.warc.gz"
    assert "cannot be read" in detail


def test_a_damaged_shard_gives_what_stands_before_the_damage(desk, tmp_path):
    whole = (desk.archive / "a.warc.gz").read_bytes()
    (tmp_path / "a.warc.gz").write_bytes(whole[: len(whole) * 2 // 3])
    record = extracted(tmp_path / "a.warc.gz", tmp_path / "w.duckdb")
    assert record.skipped == {"bad_warc": 1}
    assert 0 < record.articles < PAGES // 3


def test_rows_of_parquet_are_read_as_the_same_records_of_jsonl(tmp_path):
    records = [as_record(page) for page in pages_of(0, 3, PAGES)] + [{"url": "https://wire.example/none", "html": None}]
    (tmp_path / "news").mkdir()
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "news" / "a.parquet")
    lines = (json.dumps({key: cell for key, cell in record.items() if cell is not None}) for record in records)
    (tmp_path / "news" / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = []
    for ending in ("parquet", "jsonl"):
        record = extracted(tmp_path / "news" / f"a.{ending}", tmp_path / f"{ending}.duckdb")
        assert record.skipped == {"bad_record": 1}
        assert record.articles == PAGES // 3
        tables = ("articles", "blocks", "figures")
        made.append([(tmp_path / f"{ending}.shards" / name / f"{record.key}.parquet").read_bytes() for name in tables])
    assert made[0] == made[1]


def test_a_cell_that_no_text_stands_in_is_one_named_skip(tmp_path):
    rows = [{"url": "https://wire.example/1", "title": {"en": "Dam breaks"}, "text": VERSIONS[0]}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    amounts = [{"url": "https://wire.example/2", "title": Decimal("19.5"), "text": VERSIONS[1]}]
    pq.write_table(pa.Table.from_pylist(amounts), tmp_path / "b.parquet")
    for name in ("a", "b"):
        assert extracted(tmp_path / f"{name}.parquet", tmp_path / "w.duckdb").skipped == {"bad_record": 1}


def test_a_file_that_is_no_parquet_is_one_named_skip(tmp_path):
    (tmp_path / "a.parquet").write_bytes(gzip.compress(b"rain"))
    assert extracted(tmp_path / "a.parquet", tmp_path / "w.duckdb").skipped == {"bad_parquet": 1}


def test_a_forgotten_page_is_named_nowhere_after_another_backfill(tmp_path):
    warehouse, pages = tmp_path / "w.duckdb", list(pages_of(0, 1, 2))
    write_shard(tmp_path / "a.warc.gz", iter(pages))
    backfilled([tmp_path / "a.warc.gz"], warehouse)
    with open_store(warehouse, lambda: MORNING) as store:
        store.forget(pages[0].url, "asked to")
        store.publish()
    summary = backfilled([tmp_path / "a.warc.gz"], warehouse)
    assert summary.skipped == {"forgotten": 1}
    with open_reader(warehouse) as connection:
        named = "SELECT count(*) FROM fetches WHERE url = $url OR page_url = $url OR contains(detail, $url)"
        assert connection.execute(named, {"url": pages[0].url}).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_a_shard_that_lost_a_file_is_read_again(tmp_path):
    write_shard(tmp_path / "a.warc.gz", pages_of(0, 1, 2))
    backfilled([tmp_path / "a.warc.gz"], tmp_path / "w.duckdb")
    [figures] = (tmp_path / "w.shards" / "figures").iterdir()
    figures.unlink()
    assert backfilled([tmp_path / "a.warc.gz"], tmp_path / "w.duckdb").unchanged == 2
    assert figures.is_file()


def test_a_file_of_another_kind_beside_the_shards_is_counted_by_name(tmp_path):
    (tmp_path / "news").mkdir()
    write_shard(tmp_path / "news" / "a.warc.gz", pages_of(0, 1, 2))
    (tmp_path / "news" / "notes.txt").write_text("Not for the paper.", encoding="utf-8")
    warehouse = tmp_path / "year=2025" / "w.duckdb"  # DuckDB would read a column `year` out of such a path
    summary = backfilled([tmp_path / "news"], warehouse)
    assert (summary.fetched, summary.stored, summary.skipped) == (3, 2, {"not_an_article_type": 1})


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("missing.warc.gz", "no such file or folder"),
        ("ftp://archive.example/a.warc.gz", "only paths, s3:// and gs://"),
        ("empty", "no shard there"),
    ],
)
def test_what_is_no_shard_is_refused_before_anything_is_read(place, words, tmp_path, monkeypatch, tallywire):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    status, _, err = tallywire("backfill", place, "--warehouse", tmp_path / "w.duckdb")
    assert status == 2
    assert words in err


def test_two_folders_of_one_name_are_refused(desk, tmp_path, tallywire):
    other = tmp_path / "other" / "news"
    other.mkdir(parents=True)
    write_shard(other / "e.warc.gz", iter([invent_page(99)]))
    status, _, err = tallywire("backfill", desk.archive, other, "--warehouse", tmp_path / "w.duckdb")
    assert status == 2
    assert "would both be the source 'news'" in err
