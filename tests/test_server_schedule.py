"""`tallywire serve` for real: a server, a worker, and a schedule of seconds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from warehouse.reader import open_reader

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

PATIENCE_SECONDS = 240  # a machine that builds something else at the same time is slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], object], process: subprocess.Popen[str]) -> object:
    """What the function gives as soon as it gives something."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read()
        try:
            if found := what():
                return found
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"not within {PATIENCE_SECONDS} s")


class Box:
    """A running `tallywire serve`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        environ = os.environ | {
            "TALLYWIRE_HOME": str(folder / "home"),
            "TALLYWIRE_PORT": str(port),
            "TALLYWIRE_SCHEDULE": "every 5 seconds",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows", "serve"],
            cwd=folder,
            env=environ,
            text=True,
            stderr=subprocess.PIPE,
        )

    @property
    def login(self) -> tuple[str, str]:
        name, _, password = (self.folder / "home" / "login").read_text(encoding="utf-8").strip().partition(":")
        return name, password

    def runs(self, *states: str) -> list[dict[str, object]]:
        """Flow runs that are in one of the states, by start."""
        wanted = {"flow_runs": {"state": {"type": {"any_": list(states)}}}, "limit": 200}
        return sorted(self.ask("flow_runs/filter", wanted), key=lambda run: str(run["start_time"]))

    def ask(self, path: str, question: dict[str, object]) -> object:
        """The answer of one of the server's filters."""
        answer = httpx.post(f"{self.url}/api/{path}", json=question, auth=self.login, headers=self.token(), timeout=30)
        answer.raise_for_status()
        return answer.json()

    def token(self) -> dict[str, str]:
        """What the server wants beside the login before anything is changed or filtered."""
        answer = httpx.get(f"{self.url}/api/csrf-token", params={"client": "test"}, auth=self.login, timeout=30)
        answer.raise_for_status()
        return {"Prefect-Csrf-Token": answer.json()["token"], "Prefect-Csrf-Client": "test"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A box that has completed two scheduled runs over a small folder; stopped at the end of the module."""
    from conftest import ARTICLES

    folder = tmp_path_factory.mktemp("box")
    (folder / "desk").mkdir()
    for name, text in ARTICLES.items():
        (folder / "desk" / name).write_text(text, encoding="utf-8")
    (folder / "SOURCES.toml").write_text(
        '[[source]]\nname = "desk"\nkind = "folder"\npath = "desk"\n', encoding="utf-8"
    )
    box = Box(folder, free_port())
    try:
        wait_for(lambda: (folder / "home" / "login").exists() and len(box.runs("COMPLETED")) >= 2, box.process)
        yield box
    finally:
        box.process.send_signal(signal.SIGTERM)
        box.process.wait(90)
        box.process.stderr.close()


def test_scheduled_runs_complete_and_fill_the_warehouse(served):
    with open_reader(served.folder / "tallywire" / "warehouse.duckdb") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        [(runs,)] = connection.execute(
            "SELECT count(*) FROM runs WHERE flow = 'track' AND state = 'completed'"
        ).fetchall()
    assert runs >= 2


def test_a_run_is_named_for_what_it_reads_and_leaves_its_summary(served):
    assert all(str(run["name"]).endswith(", 1 source") for run in served.runs("COMPLETED"))
    keys = {artifact["key"] for artifact in served.ask("artifacts/filter", {"limit": 100})}
    assert {"track-summary", "track-contradictions"} <= keys


def test_a_new_contradiction_is_told_once_over_all_runs(served):
    with open_reader(served.folder / "tallywire" / "warehouse.duckdb") as connection:
        [(stand,)] = connection.execute("SELECT count(*) FROM contradictions").fetchall()
    wanted = {"filter": {"event": {"name": ["tallywire.contradiction.flagged"]}}, "limit": 50}
    events = served.ask("events/filter", wanted)["events"]
    assert stand >= 1
    assert len(events) == stand
    assert all(event["payload"]["explanation"] for event in events)


def test_no_two_runs_overlap(served):
    runs = served.runs("COMPLETED")
    assert len(runs) >= 2
    for earlier, later in pairwise(runs):
        assert datetime.fromisoformat(str(earlier["end_time"])) <= datetime.fromisoformat(str(later["start_time"]))


def test_nobody_gets_in_without_the_login(served):
    assert httpx.get(f"{served.url}/api/admin/settings", timeout=30).status_code == 401
    assert (served.folder / "home" / "login").stat().st_mode & 0o077 == 0


def test_a_foreign_page_may_not_read_the_answers(served):
    answer = httpx.get(
        f"{served.url}/api/health", auth=served.login, headers={"Origin": "http://evil.example"}, timeout=30
    )
    assert answer.headers.get("access-control-allow-origin") not in {"*", "http://evil.example"}


def test_a_second_start_says_who_is_there(served):
    done = subprocess.run(
        [sys.executable, "-m", "flows", "serve"],
        env=os.environ | {"TALLYWIRE_PORT": served.url.rpartition(":")[2]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "listens on 127.0.0.1" in done.stderr
