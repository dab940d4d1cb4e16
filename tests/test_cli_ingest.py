"""`tallywire ingest` as a person meets it."""

from __future__ import annotations

import json
import shutil


def test_a_folder_becomes_a_published_warehouse_with_its_contradiction(desk, published, tallywire, tables):
    status, out, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 0, err
    assert "3 fetched = 3 stored + 0 unchanged + 0 skipped" in out
    kinds = {row[2] for row in tables(published)["contradictions"]}
    assert "source_conflict" in kinds


def test_the_same_folder_again_changes_nothing(desk, published, tallywire, tables):
    tallywire("ingest", desk, "--warehouse", published)
    before = tables(published)
    status, out, _ = tallywire("ingest", desk, "--warehouse", published)
    assert status == 0
    assert "3 fetched = 0 stored + 3 unchanged + 0 skipped" in out
    assert tables(published) == before


def test_the_order_of_the_files_does_not_matter(desk, tmp_path, tallywire, tables):
    names = sorted(path.name for path in desk.iterdir())
    seen = []
    for number, order in enumerate((names, names[::-1])):
        warehouse = tmp_path / f"{number}.duckdb"
        status, _, err = tallywire("ingest", *(desk / name for name in order), "--warehouse", warehouse)
        assert status == 0, err
        seen.append(tables(warehouse))
    assert seen[0] == seen[1]


def test_the_summary_for_machines_is_one_json_object_and_nothing_else(desk, published, tallywire):
    (desk / "empty.html").write_bytes(b"")
    status, out, _ = tallywire("ingest", desk, "--warehouse", published, "--json")
    summary = json.loads(out)
    assert status == 0
    assert summary["fetched"] == summary["stored"] + summary["unchanged"] + sum(summary["skipped"].values()) == 4
    assert summary["skipped"] == {"empty": 1}


def test_a_page_that_changes_becomes_a_new_version_of_the_same_page(desk, published, tallywire, tables):
    tallywire("ingest", desk, "--warehouse", published)
    article = desk / "evening.txt"
    article.write_text(article.read_text(encoding="utf-8").replace("29 people", "31 people"), encoding="utf-8")
    _, out, _ = tallywire("ingest", desk, "--warehouse", published)
    assert "1 stored + 2 unchanged" in out
    assert {row[2] for row in tables(published)["relations"]} >= {"revision"}


def test_hostile_words_of_a_page_reach_the_terminal_disarmed(desk, published, tallywire):
    shutil.rmtree(desk)
    desk.mkdir()
    (desk / "a\x1b[2J[red].txt").write_bytes(b"")
    status, out, err = tallywire("ingest", desk, "--warehouse", published)
    assert status == 1
    assert "\x1b" not in out + err
    assert "[red]" in err
