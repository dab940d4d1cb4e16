"""Prefect's server, the deployments and a worker on one box, as children of one process."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from extract.errors import CannotServe
from flows.settings import RUN_WAITS_SECONDS, Settings, set_prefect_defaults

HOST = "127.0.0.1"
START_SECONDS = 120.0
STOP_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.5
LEAST_LIFE_SECONDS = 20.0  # a worker that ends sooner would end again

Say = Callable[[str], None]


def serve(settings: Settings, say: Say, *, login: bool) -> None:
    """Run until the server dies or the process is told to stop; a worker that was killed is replaced.

    login: ask for a name and password, made at the first start
    Raises CannotServe where something already listens on the port, or a child does not come up.
    """
    settings = _absolute(settings)
    _require_free_port(settings.port)
    password = read_login(settings.home) if login else None
    _set_environment(settings, password)
    say("starting the server")
    with _child("server", "server", "start", "--host", HOST, "--port", str(settings.port)) as server:
        _wait_until_up(settings.port, password, server)
        from flows.deployments import deploy_all

        asyncio.run(deploy_all(settings, Path.cwd()))
        say(f"ready: http://{HOST}:{settings.port}  track runs {settings.schedule} ({settings.timezone})")
        if password:
            say(f"log in with what {settings.home / 'login'} holds")
        while True:
            _work(server)
            say("the worker was killed: its runs are marked as crashed, another one starts")


def _work(server: subprocess.Popen[bytes]) -> None:
    """Keep a worker until it ends by itself. Raises CannotServe where it cannot live, or the server ended."""
    from flows.deployments import POOL, end_orphans

    asyncio.run(end_orphans())
    began = time.monotonic()
    try:
        with _child("worker", "worker", "start", "--pool", POOL, "--type", "process", "--name", "one-box") as worker:
            while worker.poll() is None:
                _require_alive("server", server)
                time.sleep(LOOK_EVERY_SECONDS)
            if time.monotonic() - began < LEAST_LIFE_SECONDS:
                _require_alive("worker", worker)
    finally:
        asyncio.run(end_orphans())


def read_login(home: Path) -> str:
    """What to log in with, "name:password", made and kept at the first start; only the owner may read it."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = home / "login"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"tallywire:{secrets.token_urlsafe(18)}\n")
    return path.read_text(encoding="utf-8").strip()


def _absolute(settings: Settings) -> Settings:
    """The same for a child that starts in another folder."""
    return replace(
        settings,
        warehouse=settings.warehouse.expanduser().absolute(),
        sources=settings.sources.expanduser().absolute(),
        home=settings.home.expanduser().absolute(),
        checks=settings.checks.expanduser().absolute() if settings.checks else None,
    )


def _set_environment(settings: Settings, password: str | None) -> None:
    """What server, worker and runs read. A foreign page must reach none of it: a login, CSRF tokens, one origin."""
    set_prefect_defaults(settings)
    os.environ |= {
        "TALLYWIRE_WAREHOUSE": str(settings.warehouse),
        "TALLYWIRE_SOURCES": str(settings.sources),
        "TALLYWIRE_HOME": str(settings.home),
        "TALLYWIRE_CHECKS": str(settings.checks or ""),
        "PREFECT_API_URL": f"http://{HOST}:{settings.port}/api",
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(settings.port),  # without it the UI calls port 4200
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://{HOST}:{settings.port}",
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # what counts as silent is in flows.automations
    }
    if not os.environ.get("TALLYWIRE_WAIT_SECONDS", "").strip():  # 0 is an answer, an empty line of a file is none
        os.environ["TALLYWIRE_WAIT_SECONDS"] = f"{RUN_WAITS_SECONDS:g}"
    if password:
        os.environ |= {"PREFECT_SERVER_API_AUTH_STRING": password, "PREFECT_API_AUTH_STRING": password}


@contextmanager
def _child(name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Prefect's that is told to stop, and waited for, when the block ends."""
    log = Path(os.environ["PREFECT_HOME"]) / f"{name}.log"
    with log.open("ab") as output:
        # A session of its own, so that Ctrl-C reaches this process alone and the children end in order.
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and Prefect's command line
            [sys.executable, "-m", "flows.child", *arguments], stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a child with all that it started; a run in flight gets the time to tell the server."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait_until_up(port: int, password: str | None, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        if _answers(port, password):
            return
        time.sleep(LOOK_EVERY_SECONDS)
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    raise CannotServe(f"Prefect's server did not come up on port {port}: {log} says why")


def _answers(port: int, password: str | None) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    token = base64.b64encode((password or "").encode()).decode()
    try:
        connection.request("GET", "/api/health", headers={"Authorization": f"Basic {token}"} if password else {})
        return connection.getresponse().status == 200  # noqa: PLR2004  # OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _require_free_port(port: int) -> None:
    import socket

    with socket.socket() as probe:
        probe.settimeout(2)
        if probe.connect_ex((HOST, port)) == 0:
            raise CannotServe(
                f"something listens on {HOST}:{port} already: if it is tallywire, open http://{HOST}:{port};"
                " else set TALLYWIRE_PORT to another one"
            )


def _require_alive(name: str, process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        log = Path(os.environ["PREFECT_HOME"]) / f"{name}.log"
        raise CannotServe(f"the {name} ended by itself with status {process.returncode}: {log} says why")
