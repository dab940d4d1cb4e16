"""How many processes a run's pages are shared among."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest
from conftest import ARTICLES

from flows.batches import BATCH_BYTES


@pytest.mark.parametrize(
    ("padding", "workers"), [("", 1), (" " * (BATCH_BYTES // 2), 2)], ids=["one batch", "several batches"]
)
def test_one_batch_of_pages_takes_one_worker_and_pages_of_the_weight_of_several_take_all(
    padding, workers, tmp_path, monkeypatch
):
    monkeypatch.setenv("TALLYWIRE_WORKERS", "2")
    monkeypatch.setenv("TALLYWIRE_MODE", "fast")
    (tmp_path / "desk").mkdir()
    for number in range(6):
        page = ARTICLES["page.html"].replace("30 people", f"{30 + number} people")
        (tmp_path / "desk" / f"{number}.html").write_text(f"{page}<!--{padding}-->", encoding="utf-8")
    command = [sys.executable, "-m", "flows", "ingest", "desk", "--warehouse", "w.duckdb", "--quiet"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as run:
        assert most_workers_of(run) == workers
    assert run.returncode == 0


def most_workers_of(run: subprocess.Popen[bytes]) -> int:
    """How many processes for pages there were at once, at most: children of a child of the run.

    One that lives for less than a second was started as the pool closed.
    """
    most = 0
    while run.poll() is None:
        time.sleep(0.05)
        try:
            family = psutil.Process(run.pid).children(recursive=True)
            grown = [one for one in family if one.ppid() != run.pid and time.time() - one.create_time() > 1]
        except psutil.NoSuchProcess:
            continue
        most = max(most, len(grown))
    return most
