"""Shards on an object store give what the same shards give on a disk; the store is moto's, on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import fsspec
import pytest
from benchmarks.invented_archive import pages_of, write_shard
from moto.server import ThreadedMotoServer
from warehouse_articles import MORNING
from warehouse_tables import table_differences

from extract.errors import BadSource
from extract.fetch.shards import find_shards
from flows.backfill import require_own
from flows.backfilling import backfill_of, extract_shards, run_backfill
from flows.progress import Silence
from flows.settings import Settings
from flows.shard_runners import in_processes

PAGES = 8


@pytest.fixture
def store(monkeypatch) -> Iterator[fsspec.AbstractFileSystem]:
    """An empty bucket "archive" that s3:// addresses lead to, in this process and those that it starts."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")  # nothing but the fast rules is loaded
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "desk")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    system = fsspec.filesystem("s3")
    system.mkdir("archive")
    yield system
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    server.stop()


def test_shards_and_their_files_may_lie_on_an_object_store(store, tmp_path):
    (tmp_path / "news").mkdir()
    for number in range(2):
        path = tmp_path / "news" / f"{number}.warc.gz"
        write_shard(path, pages_of(number, 2, PAGES))
        store.put_file(str(path), f"archive/news/{number}.warc.gz")
    near = Settings(warehouse=tmp_path / "near.duckdb", mode="fast")
    far = Settings(warehouse=tmp_path / "far.duckdb", mode="fast", workers=2)
    run_backfill(backfill_of([str(tmp_path / "news")], None, near), near)
    work = backfill_of(["s3://archive/news/*.warc.gz"], "s3://archive/shards", far)
    assert run_backfill(work, far).stored == PAGES
    assert table_differences(near.warehouse, far.warehouse) == []
    assert len(store.glob("archive/shards/articles/*.parquet")) == 2
    again = extract_shards(work, far, watcher=Silence(), read_at=MORNING, runner=in_processes)
    assert [done.was_there for done in again.values()] == [True, True]


@pytest.mark.parametrize(
    "place",
    [
        "s3://other/news/*.warc.gz",
        "file:///etc/news.jsonl",
        "s3://archive/shards-of-others/a.warc.gz",
        "s3://archive/shards/../a",
    ],
)
def test_a_form_may_not_name_an_address_that_the_settings_do_not(place, tmp_path):
    settings = Settings(warehouse=tmp_path / "w.duckdb", shards="s3://archive/shards")
    with pytest.raises(BadSource, match="TALLYWIRE_SHARDS"):
        require_own([place], "", settings)
    require_own(["s3://archive/shards", "s3://archive/shards/in/a.warc.gz", "news/a.warc.gz"], "", settings)


def test_a_form_may_not_name_a_cluster_that_the_settings_do_not(tmp_path):
    with pytest.raises(BadSource, match="TALLYWIRE_DASK"):
        require_own([], "tcp://203.0.113.9:8786", Settings(warehouse=tmp_path / "w.duckdb"))


def test_a_link_out_of_an_archive_is_not_followed(tmp_path):
    (tmp_path / "elsewhere.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.jsonl").symlink_to(tmp_path / "elsewhere.jsonl")
    with pytest.raises(BadSource, match="leads out of"):
        find_shards([str(tmp_path / "news")])
