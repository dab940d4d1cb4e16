"""A writer that is killed, at any moment: the next one finds the last edition whole, and nothing else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

import pytest
from warehouse_articles import EXTRACTOR, a_figure, a_page, clock, read
from warehouse_tables import dump_tables, table_differences
from writers import writing_process

from warehouse.store import open_store

PAGES = 60
KILLS = 20
# Forks a writer for each line it is given, so that nobody imports DuckDB twenty times: the path, how many editions, and
# the processor seconds after which the kernel ends it where it stands, as with kill -9. Answers how it ended and what
# it used; processor time, so that a busy machine tests the same moments.
KILLED_WRITERS = """
import os, signal, sys
from pathlib import Path
import pandas, pyarrow, test_publish_killed
from warehouse.store import open_store
for line in sys.stdin:
    path, editions, seconds = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, float(seconds))
        for edition in range(int(editions)):
            test_publish_killed.publish_edition(Path(path), edition)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"
    print(ended, used.ru_utime + used.ru_stime, sep="\\t", flush=True)
"""


def edition_pages(edition):
    for number in range(PAGES):
        page = a_page(f"{edition}-{number}", f"Rescuers counted {number} dead in Velm.")
        yield read(page, a_figure(page, page.text[17:-9], number))


def publish_edition(path, edition):
    """Save one edition in three steps and publish it; an edition that is there already changes nothing."""
    pages = list(edition_pages(edition))
    with open_store(path, clock()) as store:
        for begin in range(0, PAGES, 20):
            store.save_extracted(pages[begin : begin + 20], extractor=EXTRACTOR)
        store.publish()


def whole_editions(path):
    """How many editions the published file holds; fails where one is not whole."""
    if not path.exists():
        return 0
    tables = dump_tables(path)
    editions, rest = divmod(len(tables["articles"]), PAGES)
    assert rest == 0
    assert len(tables["figures"]) == editions * PAGES
    assert len(tables["blocks"]) == editions * PAGES * 3
    return editions


@pytest.mark.timeout(900)
def test_killed_at_any_moment_the_next_run_ends_with_the_tables_of_an_undisturbed_one(tmp_path):
    path, undisturbed = tmp_path / "w.duckdb", tmp_path / "undisturbed.duckdb"
    moments = random.Random(20310504)
    most = 0
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_WRITERS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as writers:

        def write(to, editions, seconds):
            writers.stdin.write(f"{to}\t{editions}\t{seconds}\n")
            writers.stdin.flush()
            ended, used = writers.stdout.readline().split("\t")
            return ended, float(used)

        ended, one_edition = write(tmp_path / "measured.duckdb", 1, 1000)
        assert ended == "exit 0"
        for _ in range(KILLS):
            assert write(path, 1000, moments.uniform(0.01, 1.8 * one_edition))[0] == str(signal.SIGPROF.value)
            editions = whole_editions(path)
            assert editions >= most
            most = editions
        writers.communicate()
    assert most >= 1
    for edition in range(most + 1):
        publish_edition(path, edition)
        publish_edition(undisturbed, edition)
    assert table_differences(path, undisturbed) == []
    assert sorted(found.name for found in tmp_path.glob("w.*")) == ["w.duckdb", "w.lock", "w.work.duckdb"]


def test_a_killed_writer_does_not_keep_the_lock(tmp_path):
    path = tmp_path / "w.duckdb"
    with writing_process(path) as other:
        other.kill()
    publish_edition(path, 0)
    assert whole_editions(path) == 1
