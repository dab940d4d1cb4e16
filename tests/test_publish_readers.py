"""Readers see all of a run or nothing of it, and never stop the writer."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing

import duckdb
import pytest
from warehouse_articles import EXTRACTOR, MORNING, a_figure, a_page, clock, read

from extract.models import Fetch
from warehouse.records import Run
from warehouse.store import open_store

EDITIONS = 10
PAGES = 40
# Reads without pause until it has seen the last edition, and prints every edition that it saw.
READER = """
import sys
from pathlib import Path
from warehouse.reader import open_reader
seen = set()
while max(seen, default=0) < int(sys.argv[2]):
    with open_reader(Path(sys.argv[1])) as connection:
        for _ in range(3):
            seen.add(connection.execute("SELECT count(*) FROM runs").fetchone()[0])
            counts = connection.execute(
                "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM fetches), (SELECT count(*) FROM articles), "
                "(SELECT count(*) FROM figures), (SELECT count(*) FROM blocks)").fetchone()
            runs, fetches, articles, figures, blocks = counts
            assert fetches == articles == figures == runs * int(sys.argv[3]) and blocks == 3 * articles, counts
    print("read", flush=True)
print("editions", len(seen), flush=True)
"""


def publish_edition(path, number):
    pages = [a_page(f"{number}-{place}", f"Rescuers counted {place} dead in Velm.") for place in range(PAGES)]
    with open_store(path, clock()) as store:
        store.save_fetches(f"run {number}", [Fetch(page.url, "wire", MORNING, "page") for page in pages])
        for begin in (0, PAGES // 2):
            batch = pages[begin : begin + PAGES // 2]
            store.save_extracted(
                [read(page, a_figure(page, page.text[17:-9], 1)) for page in batch], extractor=EXTRACTOR
            )
        store.save_run(Run(f"run {number}", "track", MORNING, "completed"))
        store.publish()


@pytest.mark.parametrize("is_left_free", [False, True])
def test_a_full_file_is_published_byte_for_byte_and_one_of_free_blocks_without_them(is_left_free, tmp_path):
    path, work = tmp_path / "w.duckdb", tmp_path / "w.work.duckdb"
    with open_store(path, clock()) as store:
        store.connection.execute("CREATE TABLE core.ballast AS SELECT hash(range) AS number FROM range(1_000_000)")
        store.connection.execute("CHECKPOINT")
        if is_left_free:
            store.connection.execute("DROP TABLE core.ballast")
        store.publish()
    assert (path.stat().st_size < work.stat().st_size / 2) is is_left_free
    assert (path.read_bytes() == work.read_bytes()) is not is_left_free


def test_a_reader_that_never_pauses_gets_no_error_and_no_half_state_while_ten_editions_appear(tmp_path):
    path = tmp_path / "w.duckdb"
    publish_edition(path, 1)
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(path), str(EDITIONS), str(PAGES)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as reader:
        assert reader.stdout.readline() == "read\n"
        for number in range(2, EDITIONS + 1):
            publish_edition(path, number)
        out, err = reader.communicate()
    assert (reader.returncode, err) == (0, "")
    assert int(out.rsplit("editions ", 1)[1]) >= 3


def test_a_reader_that_stays_keeps_its_edition_and_sees_the_next_after_reconnecting(tmp_path):
    path = tmp_path / "w.duckdb"
    publish_edition(path, 1)
    reader = (
        "import sys, duckdb\n"
        "connection = duckdb.connect(sys.argv[1], read_only=True)\n"
        "for line in sys.stdin:\n"
        "    if line == 'again\\n':\n"
        "        connection.close(); connection = duckdb.connect(sys.argv[1], read_only=True)\n"
        "    print(*connection.execute('SELECT count(*) FROM articles').fetchone(), flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", reader, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:

        def ask_for(line):
            other.stdin.write(line)
            other.stdin.flush()
            return int(other.stdout.readline())

        assert ask_for("count\n") == PAGES
        publish_edition(path, 2)
        assert ask_for("count\n") == PAGES
        assert ask_for("again\n") == 2 * PAGES
        other.communicate()


def test_the_published_file_is_read_only_and_alone(tmp_path):
    path = tmp_path / "w.duckdb"
    publish_edition(path, 1)
    assert path.stat().st_mode & 0o777 == 0o444
    assert not (tmp_path / "w.duckdb.wal").exists()
    assert not list(tmp_path.glob("*.publishing*"))


def test_a_store_is_closed_once_it_is_published(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_store(path, clock()) as store, closing(store.connection):
        store.publish()
        assert store.is_published
        with pytest.raises(duckdb.ConnectionException, match="closed"):
            store.save_run(Run("late", "track", MORNING, "completed"))
