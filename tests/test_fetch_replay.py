"""The archive rebuilds the warehouse without network, keeps pages as long as it is told, and forgets what it must."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.hostile_answers import answer, page
from tests.hostile_server import on_air
from tests.loopback_paper import FERRY, FERRY_EDITED, FIRE, INQUIRY, Paper

DAY = timedelta(days=1)
COUNTS = "run_id, flow, state, fetched, stored, unchanged, skipped, skipped_by_reason, figures, contradictions_new"
FAULTS = {
    "broken": page(b"\x1f\x8b\x08\x00garbage", Content_Encoding="gzip"),
    "locked": answer("403 Forbidden"),
    "picture": page(b"\x89PNG\r\n\x1a\n" + bytes(600), "image/png"),
}


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Three days of a paper with faults: a second edition that edits a page and takes one off, and a quiet day."""
    with on_air() as [server]:
        paper = Paper(server, tmp_path_factory.mktemp("paper"), recheck_seconds=0)
        paper.print(ferry=FERRY, fire=FIRE, short=answer("302 Found", Location="/inquiry"), **FAULTS)
        paper.list("ferry", "fire", *FAULTS)
        paper.track()
        paper.now += DAY
        paper.print(ferry=FERRY_EDITED, fire=answer("410 Gone"), inquiry=INQUIRY)
        paper.list("ferry", "fire", "short", "locked")
        paper.track()
        paper.now += DAY
        paper.track()
    return paper


@pytest.fixture(scope="module")
def rebuilt(followed, tmp_path_factory):
    """What `replay` makes of the archive, with no server left to ask."""
    warehouse = tmp_path_factory.mktemp("rebuilt") / "again.duckdb"
    return warehouse, followed.replay(warehouse)


def test_a_replay_gives_the_tables_of_the_runs_it_replays(followed, rebuilt, tables):
    warehouse, _ = rebuilt
    first, again = tables(followed.settings.warehouse), tables(warehouse)
    for view, rows in first.items():
        assert again[view] == rows, view
        assert rows, view


def test_a_replay_gives_every_attempt_and_the_moments_that_the_pages_tell(followed, rebuilt):
    warehouse, _ = rebuilt
    for query in (
        "SELECT * FROM fetches ORDER BY run_id, url, fetched_at",
        "SELECT article_id, version, is_latest, fetched_at, last_seen_at, gone_at FROM articles ORDER BY ALL",
        f"SELECT {COUNTS} FROM runs WHERE flow = 'track' ORDER BY run_id",
    ):
        assert followed.rows(query, warehouse) == followed.rows(query), query


def test_a_replay_counts_what_all_the_runs_counted(followed, rebuilt):
    _, summary = rebuilt
    [(fetched, stored, unchanged, skipped)] = followed.rows(
        "SELECT sum(fetched), sum(stored), sum(unchanged), sum(skipped) FROM runs"
    )
    assert (summary.fetched, summary.stored, summary.unchanged, sum(summary.skipped.values())) == (
        fetched,
        stored,
        unchanged,
        skipped,
    )
    assert summary.skipped["bad_gzip"] == 1


def test_a_second_replay_changes_nothing(followed, rebuilt, tables):
    warehouse, _ = rebuilt
    before, attempts = tables(warehouse), followed.rows("SELECT count(*) FROM fetches", warehouse)
    summary = followed.replay(warehouse)
    assert (tables(warehouse), summary.stored) == (before, 0)
    assert followed.rows("SELECT count(*) FROM fetches", warehouse) == attempts


def kept_bytes(paper):
    """All that the archive holds, unpacked."""
    folder = paper.settings.warehouse.with_name("warehouse.archive")
    return b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in folder.iterdir()
    )


def test_a_forgotten_page_is_nowhere_and_neither_a_run_nor_a_replay_brings_it_back(tmp_path, tallywire, monkeypatch):
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")
    with on_air() as [server]:
        paper = Paper(server, tmp_path, recheck_seconds=0)
        paper.print(fire=FIRE, inquiry=INQUIRY, short=answer("302 Found", Location="/inquiry"))
        paper.list("fire", "short")
        paper.track()
        assert b"31 people" in kept_bytes(paper)
        url, asked = server.url("/inquiry"), server.asked["/inquiry"]
        status, told, _ = tallywire("forget", url, "--reason", "by request", "--warehouse", paper.settings.warehouse)
        assert (status, told.splitlines()[0]) == (
            0,
            "forgotten: 1 version with 1 figure, and 1 kept page of the archive",
        )
        paper.list("fire", "short", "inquiry")
        summary = paper.track()
        assert summary.skipped == {"forgotten": 2, "listing": 1}
        assert server.asked["/inquiry"] == asked + 1  # through the other address, which nobody had forgotten
    again = tmp_path / "again.duckdb"
    paper.replay(again)
    assert b"31 people" not in kept_bytes(paper)
    assert url.encode() not in kept_bytes(paper)
    for warehouse in (paper.settings.warehouse, again):
        assert paper.rows("SELECT count(*) FROM articles", warehouse) == [(1,)]
        assert paper.rows(
            f"SELECT count(*) FROM fetches WHERE url || page_url || detail LIKE '%{url}%'", warehouse
        ) == [(0,)]
        assert b"31 people" not in warehouse.read_bytes()


def test_pages_are_kept_for_as_many_days_as_the_setting_says(tmp_path):
    with on_air() as [server]:
        paper = Paper(server, tmp_path, recheck_seconds=0)
        paper.settings = replace(paper.settings, keep_days=1)
        paper.list()
        for _ in range(4):
            paper.track()
            paper.now += DAY
    days = {path.name[:10] for path in (tmp_path / "warehouse.archive").iterdir()}
    assert days == {"2026-05-07", "2026-05-08"}
