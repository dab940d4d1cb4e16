"""What goes wrong gets a sentence and an exit status, costs a page at most, and leaves the published file as it was."""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial

import duckdb
import pytest
from bad_parsers import clean_with_bad_parser, read_with_bad_engine

from warehouse.reader import open_reader
from warehouse.store import open_store


def utc_now() -> datetime:
    return datetime(2025, 5, 6, tzinfo=UTC)


def skips(warehouse) -> dict[str, str]:
    """The reason by the last part of the address."""
    with open_reader(warehouse) as connection:
        rows = connection.execute("SELECT url, reason FROM fetches WHERE outcome = 'skipped'").fetchall()
    return {url.rpartition("/")[2]: reason for url, reason in rows}


def test_an_empty_file_and_a_binary_are_skipped_by_name_and_the_rest_is_stored(desk, published, tallywire):
    (desk / "empty.txt").write_bytes(b"")
    (desk / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    status, out, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 0
    assert "5 fetched = 3 stored + 0 unchanged + 2 skipped (1 binary, 1 empty)" in out
    assert "picture.txt: binary" in err
    assert skips(published) == {"empty.txt": "empty", "picture.txt": "binary"}


def test_a_text_in_another_encoding_is_read_with_its_own_letters(desk, published, tallywire):
    text = "Café fire\n\nThe fire in the “Café Écluse” killed four people in Besançon on Sunday, the préfet said.\n" * 3
    (desk / "windows.txt").write_bytes(text.encode("cp1252"))
    status, _, err = tallywire("ingest", desk / "windows.txt", "--warehouse", published)
    assert status == 0, err
    with open_reader(published) as connection:
        [(stored,)] = connection.execute("SELECT text FROM articles").fetchall()
    assert "“Café Écluse”" in stored


def test_a_folder_without_articles_says_so_and_fails(tmp_path, published, tallywire):
    (tmp_path / "bare").mkdir()
    status, out, err = tallywire("ingest", tmp_path / "bare", "--warehouse", published)
    assert status == 1
    assert "no_articles" in err
    assert "1 skipped (1 no_articles)" in out


def test_a_broken_line_of_a_jsonl_file_is_named_by_its_number_and_costs_no_other(jsonl, published, tallywire):
    text = "Four people were killed in a fire in Lyon on Sunday, the police said. The street was closed until noon."
    records = [{"url": f"https://wire.example/{number}", "text": f"{text} Report {number}."} for number in range(1, 5)]
    path = jsonl(records[0], records[1], '{"url": "https://wire.example/3", "text": ', records[3])
    status, out, err = tallywire("ingest", path, "--warehouse", published)
    assert status == 0
    assert "4 fetched = 3 stored + 0 unchanged + 1 skipped (1 bad_json)" in out
    assert "3" in next(line for line in err.splitlines() if "bad_json" in line)


def test_an_unknown_kind_of_source_is_wrong_use_and_names_its_line(tmp_path, published, tallywire):
    sources = tmp_path / "SOURCES.toml"
    sources.write_text('[[source]]\nname = "desk"\nkind = "floder"\npath = "desk"\n', encoding="utf-8")
    status, _, err = tallywire("track", sources, "--warehouse", published)
    assert status == 2
    assert "line 3" in err
    assert "folder" in err
    assert not published.exists()


@pytest.mark.parametrize("arguments", [("ingest",), ("ingest", "no/such/file"), ("track", "none.toml"), ("nonsense",)])
def test_wrong_use_ends_with_2_and_no_traceback(arguments, published, tallywire):
    status, _, err = tallywire(*arguments)
    assert status == 2
    assert "Traceback" not in err


def test_a_setting_that_cannot_be_read_is_named(desk, published, tallywire, monkeypatch):
    monkeypatch.setenv("TALLYWIRE_WORKERS", "many")
    status, _, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 2
    assert "TALLYWIRE_WORKERS='many'" in err


def test_a_setting_that_is_no_whole_number_is_named(desk, published, tallywire, monkeypatch):
    monkeypatch.setenv("TALLYWIRE_KEEP_DAYS", "0.5")
    status, _, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 2
    assert "TALLYWIRE_KEEP_DAYS=0.5 is no whole number" in err


def test_a_missing_folder_for_the_warehouse_is_said(desk, tmp_path, tallywire):
    status, _, err = tallywire("ingest", desk, "--warehouse", tmp_path / "no" / "such" / "folder" / "w.duckdb")
    assert status == 1
    assert "make it, or give another path" in err


def test_a_second_writer_is_told_who_writes(desk, published, tallywire):
    tallywire("ingest", desk / "evening.txt", "--warehouse", published)
    before = published.read_bytes()
    with open_store(published, utc_now):
        status, _, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 1
    assert f"process {os.getpid()}" in err
    assert published.read_bytes() == before


def test_a_warehouse_of_a_later_version_is_refused_and_stays(desk, published, tallywire):
    tallywire("ingest", desk / "evening.txt", "--warehouse", published)
    published.chmod(0o644)
    with duckdb.connect(str(published)) as connection:
        connection.execute("INSERT INTO core.migrations VALUES (999, '0999_later', now())")
    before = published.read_bytes()
    status, _, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 1
    assert "later tallywire" in err
    assert published.read_bytes() == before


def test_a_file_that_is_no_warehouse_is_refused_and_stays(desk, published, tallywire):
    published.write_bytes(b"my shopping list")
    status, _, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 1
    assert str(published) in err
    assert published.read_bytes() == b"my shopping list"


@pytest.mark.parametrize("fault", ["KILL THE WORKER: crash", "HANG THE WORKER: timeout", "BREAK THE PARSER: crash"])
def test_a_page_that_fails_its_worker_is_one_named_skip_and_is_tried_again(
    fault, desk, published, tallywire, monkeypatch
):
    words, reason = fault.split(": ")
    monkeypatch.setenv("TALLYWIRE_PAGE_TIMEOUT_SECONDS", "5")
    article = (desk / "harbour.txt").read_text(encoding="utf-8")
    (desk / "poison.txt").write_text(f"{words}\n{article}", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("flows.workers.clean_pages", clean_with_bad_parser)
        status, out, _ = tallywire("ingest", desk, "--warehouse", published)
    assert status == 0
    assert f"4 fetched = 3 stored + 0 unchanged + 1 skipped (1 {reason})" in out
    assert skips(published) == {"poison.txt": reason}
    _, out, _ = tallywire("ingest", desk, "--warehouse", published)
    assert "4 fetched = 1 stored + 3 unchanged + 0 skipped" in out


def test_an_article_that_breaks_a_rule_of_the_tables_is_quarantined_and_the_next_run_is_well(
    desk, published, tallywire, monkeypatch
):
    article = (desk / "harbour.txt").read_text(encoding="utf-8")
    (desk / "mixed.txt").write_text(
        f"{article}MIX UP THE FIGURES, said nobody in the harbour at all.\n", encoding="utf-8"
    )
    with monkeypatch.context() as patched:
        patched.setattr("flows.workers.read_articles", read_with_bad_engine)
        status, out, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 0
    assert "4 fetched = 3 stored + 0 unchanged + 1 skipped (1 quarantined)" in out
    assert "figure_of_another_article" in err
    status, out, _ = tallywire("ingest", desk, "--warehouse", published)
    assert status == 0
    assert "0 stored" in out
    with open_reader(published) as connection:
        assert connection.execute("SELECT url FROM quarantine").fetchall() == [("file:desk/mixed.txt",)]


def test_a_full_disk_is_said_and_readers_keep_the_old_file(desk, published, tallywire):
    tallywire("ingest", desk / "evening.txt", "--warehouse", published)
    before = published.read_bytes()
    most = published.stat().st_size - 100_000
    done = subprocess.run(
        [sys.executable, "-m", "flows", "ingest", str(desk), "--warehouse", str(published)],
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "as it was" in done.stderr
    assert published.read_bytes() == before


def test_every_end_of_a_page_has_its_place_in_the_sum(desk, jsonl, published, tallywire):
    (desk / "empty.txt").write_bytes(b"")
    (desk / "bad.jsonl.gz").write_bytes(gzip.compress(b'{"url": "https://w.example/1"}\nnonsense\n'))
    tallywire("ingest", desk, "--warehouse", published)
    with open_reader(published) as connection:
        [(fetched, stored, unchanged, skipped)] = connection.execute(
            "SELECT fetched, stored, unchanged, skipped FROM runs"
        ).fetchall()
        [(rows,)] = connection.execute("SELECT count(*) FROM fetches").fetchall()
    assert fetched == stored + unchanged + skipped == rows
