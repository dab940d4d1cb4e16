"""How many processes a run's pages are shared among."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psutil
import pytest
from conftest import ARTICLES

from flows.batches import BATCH_BYTES
from flows.jobs import job_of_places
from flows.pipeline import run_pipeline
from flows.settings import Settings
from warehouse.reader import open_reader


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


def test_each_worker_is_told_to_calculate_on_one_core(tmp_path):
    (tmp_path / "one.html").write_text(ARTICLES["page.html"], encoding="utf-8")
    command = [sys.executable, "-m", "flows", "ingest", "one.html", "--warehouse", "w.duckdb", "--quiet"]
    without = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    settings = set()
    with subprocess.Popen(command, cwd=tmp_path, env=without, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            settings |= {setting for worker in workers_of(run) if (setting := _threads_set(worker))}
            time.sleep(0.05)
    assert settings == {"1"}


def _threads_set(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("OMP_NUM_THREADS", "none")
    except psutil.Error:  # it ended meanwhile
        return None


def test_workers_weigh_the_words_of_what_they_read(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.grouping.story_terms", None)  # so that nobody can do it after them
    (tmp_path / "one.html").write_text(ARTICLES["page.html"], encoding="utf-8")
    settings = Settings(warehouse=tmp_path / "w.duckdb", workers=1, mode="fast", home=tmp_path / "home")
    run_pipeline(job_of_places([str(tmp_path / "one.html")], settings), settings)
    with open_reader(settings.warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM core.story_terms WHERE len(words) > 3").fetchone() == (1,)


def most_workers_of(run: subprocess.Popen[bytes]) -> int:
    """How many processes for pages there were at once, at most: children of a child of the run.

    One that lives for less than a second was started as the pool closed.
    """
    most = 0
    while run.poll() is None:
        time.sleep(0.05)
        most = max(most, len(workers_of(run)))
    return most


def workers_of(run: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes for pages that live for a second or more already."""
    try:
        family = psutil.Process(run.pid).children(recursive=True)
        return [one for one in family if one.ppid() != run.pid and time.time() - one.create_time() > 1]
    except psutil.NoSuchProcess:
        return []
