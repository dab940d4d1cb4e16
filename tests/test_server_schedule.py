"""`tallywire serve` for real: a server, a worker, and a schedule of seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread
from time import sleep

import httpx
import psutil
import pytest
from box import PATIENCE_SECONDS, Box, serving
from conftest import ARTICLES

from flows.settings import RUN_WAITS_SECONDS
from warehouse.reader import open_reader

pytestmark = [pytest.mark.server, pytest.mark.timeout(1800)]

EVERY_SECONDS = 5
LATE_EDITION = (
    "Ferry sinks off Split, 40 rescued\nMay 9, 2025\n\n"
    "The coast guard said 40 people were rescued when a ferry sank off Split on Friday.\n"
    "The ferry's owner said 61 people were rescued when the ferry sank off Split on Friday.\n"
)


class Messages(list[dict[str, str]]):
    """What a webhook received, in order."""

    url = ""

    def flagged(self) -> list[str]:
        """The contradictions among them, by id."""
        return [message["relation_id"] for message in self if "relation_id" in message]


@contextmanager
def receiving() -> Iterator[Messages]:
    """A webhook on the loopback interface."""
    messages = Messages()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        messages.url = f"http://127.0.0.1:{server.server_port}/alerts"
        Thread(target=server.serve_forever, daemon=True).start()
        yield messages
        server.shutdown()


@pytest.fixture(scope="module")
def messages() -> Iterator[Messages]:
    with receiving() as messages:
        yield messages


@pytest.fixture(scope="module")
def served(tmp_path_factory, messages) -> Iterator[Box]:
    """A box that has completed three scheduled runs over a small folder; stopped at the end of the module."""
    folder = tmp_path_factory.mktemp("box")
    with serving(
        folder,
        ARTICLES,
        schedule=f"every {EVERY_SECONDS} seconds",
        alert_webhook=messages.url,
        alert_severity="low",
        wait_seconds="",  # an empty line of a settings file
    ) as box:
        box.wait_until_ready()
        box.wait_for(lambda: len(box.runs("COMPLETED")) >= 3)
        yield box


def warehouse_of(box: Box):
    return open_reader(box.folder / "tallywire" / "warehouse.duckdb")


def standing(box: Box) -> set[str]:
    with warehouse_of(box) as connection:
        return {row[0] for row in connection.execute("SELECT relation_id FROM contradictions").fetchall()}


def test_scheduled_runs_complete_and_fill_the_warehouse(served):
    with warehouse_of(served) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        [(runs,)] = connection.execute(
            "SELECT count(*) FROM runs WHERE flow = 'track' AND state = 'completed'"
        ).fetchall()
    assert runs >= 3


def test_a_run_is_named_for_what_it_reads_and_leaves_its_summary(served):
    assert all(str(run["name"]).endswith(", 1 source") for run in served.runs("COMPLETED"))
    keys = {artifact["key"] for artifact in served.ask("artifacts/filter", {"limit": 100})}
    assert {"track-summary", "track-contradictions", "track-chart", "track-checks", "progress"} <= keys


def test_a_new_contradiction_is_one_message_over_three_runs(served, messages):
    stand = standing(served)
    assert len(stand) >= 1
    served.wait_for(lambda: len(messages.flagged()) >= len(stand))
    assert sorted(messages.flagged()) == sorted(stand)
    assert all(message["explanation"] in message["message"] for message in messages if "relation_id" in message)


def test_no_two_runs_overlap(served):
    runs = served.runs("COMPLETED")
    assert len(runs) >= 3
    for earlier, later in pairwise(runs):
        assert datetime.fromisoformat(str(earlier["end_time"])) <= datetime.fromisoformat(str(later["start_time"]))


def test_no_moment_of_the_schedule_is_lost(served):
    completed = served.runs("COMPLETED")
    due = served.wait_for(lambda: finished_of(served, *(str(completed[at]["expected_start_time"]) for at in (0, -1))))
    moments = sorted(datetime.fromisoformat(str(run["expected_start_time"])) for run in due)
    assert {later - earlier for earlier, later in pairwise(moments)} == {timedelta(seconds=5)}
    # A moment at which another run was under way is left out, and the server says so.
    assert {run["state_type"] for run in due} <= {"COMPLETED", "CANCELLED"}
    assert all(run["state"]["message"] for run in due if run["state_type"] == "CANCELLED")


def test_what_was_published_and_not_told_is_told_by_the_next_run(served, messages):
    (served.folder / "late.txt").write_text(LATE_EDITION, encoding="utf-8")
    command = [sys.executable, "-m", "flows", "ingest", "late.txt", "--quiet"]
    # Between two scheduled runs; a run of the command line tells nobody, like one that is killed once it has published.
    served.wait_for(
        lambda: subprocess.run(command, cwd=served.folder, capture_output=True, check=False).returncode == 0
    )
    stand = standing(served)
    served.wait_for(lambda: set(messages.flagged()) == stand)
    assert len(messages.flagged()) == len(stand)


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
        env=os.environ | {"TALLYWIRE_PORT": str(served.port)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "listens on 127.0.0.1" in done.stderr


def test_runs_of_the_worker_wait_for_another_writer(served):
    [worker] = [child for child in psutil.Process(served.process.pid).children() if "worker" in child.cmdline()]
    assert worker.environ()["TALLYWIRE_WAIT_SECONDS"] == f"{RUN_WAITS_SECONDS:g}"


def test_the_forms_offer_the_sources_by_name(served):
    [track] = [one for one in served.ask("deployments/filter", {}) if one["name"] == "track"]
    assert track["parameter_openapi_schema"]["properties"]["only"]["items"]["enum"] == ["desk"]


def test_a_run_killed_with_its_worker_is_said_to_have_crashed_and_the_next_one_completes(served, messages):
    [killed] = served.wait_for(lambda: served.runs("RUNNING"))
    [worker] = [child for child in psutil.Process(served.process.pid).children() if "worker" in child.cmdline()]
    for process in [worker, *worker.children(recursive=True)]:
        process.kill()
    [crashed] = served.wait_for(lambda: served.runs("CRASHED"))
    assert crashed["id"] == killed["id"]
    assert "nothing of it was published" in crashed["state"]["message"]
    served.wait_for(lambda: [run for run in served.runs("COMPLETED") if run["start_time"] > crashed["start_time"]])
    [told] = served.wait_for(lambda: [message for message in messages if message.get("state") == "Crashed"])
    assert told["run"] == killed["name"]
    assert "nothing of it was published" in told["message"]


def test_a_run_that_a_worker_had_taken_and_not_begun_is_done_by_the_next_one(served):
    [recheck] = [one for one in served.ask("deployments/filter", {}) if one["name"] == "recheck"]
    taken = served.ask(f"deployments/{recheck['id']}/create_flow_run", {"state": {"type": "PENDING"}})
    served.stop()
    served.start()
    served.wait_until_ready()
    ended = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
    [run] = served.wait_for(lambda: [run for run in served.runs(*ended) if run["id"] == taken["id"]])
    # The schedule goes on: where a run of it is writing just then, this one waits for it.
    assert run["state_type"] == "COMPLETED", run["state"]["message"]


def test_moments_missed_while_nobody_served_are_caught_up_by_one_run(served):
    switch_off(served, "tallywire: run late")
    served.stop()
    stopped_at = datetime.now(UTC).isoformat()
    sleep(2 * EVERY_SECONDS)  # two moments have to pass; an idle machine starts sooner than that
    served.start()
    served.wait_until_ready()
    ready_at = datetime.now(UTC).isoformat()
    missed = served.wait_for(lambda: finished_of(served, stopped_at, ready_at))
    assert len(missed) >= 2
    # One run does the work of all; it may be of a moment that came while the worker was starting, or one that the
    # worker that was stopped had taken ahead of its moment and not begun.
    states = [run["state_type"] for run in missed]
    assert states.count("COMPLETED") <= 1
    assert states.count("COMPLETED") + states.count("CANCELLED") == len(missed)
    served.wait_for(lambda: [run for run in served.runs("COMPLETED") if str(run["start_time"]) > stopped_at])


def test_a_second_start_adds_no_automation_and_leaves_one_switched_off_as_it_is(served):
    automations = {one["name"]: one for one in served.ask("automations/filter", {})}
    assert automations.keys() == {
        "tallywire: new contradiction",
        "tallywire: run failed",
        "tallywire: run late",
        "tallywire: silent run is crashed",
    }
    assert len(served.ask("automations/filter", {})) == 4
    assert [name for name, one in automations.items() if not one["enabled"]] == ["tallywire: run late"]


def test_a_serve_that_is_killed_leaves_no_server_and_no_worker_behind(served):
    children = psutil.Process(served.process.pid).children()
    served.process.kill()
    assert len(children) == 2
    assert psutil.wait_procs(children, timeout=PATIENCE_SECONDS)[1] == []


def finished_of(box: Box, first: str, last: str) -> list[dict[str, object]]:
    """The runs that were due between two moments, once none of them is still to come."""
    due = {"expected_start_time": {"after_": first, "before_": last}}
    runs = box.ask("flow_runs/filter", {"flow_runs": due, "limit": 200})
    open_states = {"SCHEDULED", "PENDING", "RUNNING"}
    return [] if any(run["state_type"] in open_states for run in runs) else runs


def switch_off(box: Box, name: str) -> None:
    [automation] = [one for one in box.ask("automations/filter", {}) if one["name"] == name]
    box.send("PATCH", f"automations/{automation['id']}", {"enabled": False})
