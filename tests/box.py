"""A `tallywire serve` of a test's own: a folder, a port, a schedule, and questions to its server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import httpx

PATIENCE_SECONDS = 400  # a machine that builds something else at the same time is slow
T = TypeVar("T")


def free_port() -> int:
    """A port of the loopback interface that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], T], process: subprocess.Popen[str] | None = None) -> T:
    """What the function gives as soon as it gives something; fails at once when the process ends."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process is None or process.poll() is None, process.stderr.read()
        try:
            if found := what():
                return found
        except httpx.HTTPError:  # not up yet, or too busy to say more than that
            pass
        time.sleep(0.5)
    raise AssertionError(f"not within {PATIENCE_SECONDS} s: {what()!r}")


class Prefect:
    """Questions to a Prefect server behind a login."""

    def __init__(self, url: str, login: Callable[[], tuple[str, str]]) -> None:
        self.url, self._login = url, login
        self._client = uuid4().hex
        self._token = ""

    def ask(self, path: str, question: Mapping[str, object]) -> object:
        """The answer of one of the server's filters."""
        return self.send("POST", path, question).json()

    def send(self, method: str, path: str, body: Mapping[str, object]) -> httpx.Response:
        """What the server says to a request that changes or filters something."""
        answer = self._answer(method, path, body)
        if answer.status_code == httpx.codes.FORBIDDEN:  # the token has expired, or another server is there now
            self._token = ""
            answer = self._answer(method, path, body)
        until = time.monotonic() + PATIENCE_SECONDS
        # Prefect says so of a database that another of its requests is writing to; its own client asks again too.
        while answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and time.monotonic() < until:
            time.sleep(0.5)
            answer = self._answer(method, path, body)
        return answer.raise_for_status()

    def _answer(self, method: str, path: str, body: Mapping[str, object]) -> httpx.Response:
        address = f"{self.url}/api/{path}"
        asked = {"json": body, "auth": self._login(), "headers": self.token()}
        return httpx.request(method, address, **asked, timeout=PATIENCE_SECONDS)

    def token(self) -> dict[str, str]:
        """What the server wants beside the login before anything is changed or filtered."""
        if not self._token:
            asked = {"client": self._client}
            answer = httpx.get(f"{self.url}/api/csrf-token", params=asked, auth=self._login(), timeout=60)
            self._token = str(answer.raise_for_status().json()["token"])
        return {"Prefect-Csrf-Token": self._token, "Prefect-Csrf-Client": self._client}

    def runs(self, *states: str) -> list[dict[str, object]]:
        """Flow runs that are in one of the states, by start."""
        wanted = {"flow_runs": {"state": {"type": {"any_": list(states)}}}, "limit": 200}
        return sorted(self.ask("flow_runs/filter", wanted), key=lambda run: str(run["start_time"]))


class Box(Prefect):
    """A folder with a desk of articles, and a `tallywire serve` over it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.settings = settings
        self.process: subprocess.Popen[str] | None = None
        super().__init__(f"http://127.0.0.1:{self.port}", lambda: self.login)

    @property
    def login(self) -> tuple[str, str]:
        """Name and password."""
        name, _, password = (self.folder / "home" / "login").read_text(encoding="utf-8").strip().partition(":")
        return name, password

    def start(self) -> None:
        """Start to serve."""
        environ = os.environ | {"TALLYWIRE_HOME": str(self.folder / "home"), "TALLYWIRE_PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows", "serve"],
            cwd=self.folder,
            env=environ | {f"TALLYWIRE_{name.upper()}": value for name, value in self.settings.items()},
            text=True,
            stderr=subprocess.PIPE,
        )

    def wait_for(self, what: Callable[[], T]) -> T:
        """What the function gives as soon as it gives something, while serving goes on."""
        return wait_for(what, self.process)

    def wait_until_ready(self) -> None:
        """Wait until it says that it serves."""
        assert self.process is not None
        for line in self.process.stderr:
            if line.startswith("ready"):
                return
        raise AssertionError(f"it ended with status {self.process.wait()}")

    def stop(self) -> None:
        """Tell it to end, and wait for it."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(120)
        self.process.stderr.close()


@contextmanager
def serving(folder: Path, articles: Mapping[str, str], **settings: str) -> Iterator[Box]:
    """A box that serves these articles until the block ends."""
    (folder / "desk").mkdir()
    for name, text in articles.items():
        (folder / "desk" / name).write_text(text, encoding="utf-8")
    (folder / "SOURCES.toml").write_text(
        '[[source]]\nname = "desk"\nkind = "folder"\npath = "desk"\n', encoding="utf-8"
    )
    box = Box(folder, **settings)
    box.start()
    try:
        yield box
    finally:
        box.stop()
