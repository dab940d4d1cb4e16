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

from warehouse.store import open_store

PAGES = 60
KILLS = 20
LONGEST_SECONDS = 1.5  # about two editions of the child below
# Forks a writer for each line it is given (seconds until it is killed), so that nobody imports DuckDB twenty times.
# The alarm has no handler: the kernel ends the process where it stands, as with kill -9.
KILLED_WRITERS = """
import os, signal, sys
from pathlib import Path
import pandas, pyarrow, test_publish_killed
from warehouse.store import open_store
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, float(line))
        for edition in range(1000):
            test_publish_killed.publish_edition(Path(sys.argv[1]), edition)
        os._exit(9)
    _, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}", flush=True)
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


@pytest.mark.timeout(300)
def test_killed_at_any_moment_the_next_run_ends_with_the_tables_of_an_undisturbed_one(tmp_path):
    path, undisturbed = tmp_path / "w.duckdb", tmp_path / "undisturbed.duckdb"
    moments = random.Random(20310504)
    most = 0
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_WRITERS, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as writers:
        for _ in range(KILLS):
            writers.stdin.write(f"{moments.uniform(0.02, LONGEST_SECONDS)}\n")
            writers.stdin.flush()
            assert writers.stdout.readline() == f"{signal.SIGALRM.value}\n"
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
    writer = (
        "import sys; from pathlib import Path\n"
        "from warehouse_articles import clock; from warehouse.store import open_store\n"
        "with open_store(Path(sys.argv[1]), clock()):\n"
        "    print('open', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", writer, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as other:
        assert other.stdout.readline() == "open\n"
        other.kill()
    publish_edition(path, 0)
    assert whole_editions(path) == 1
