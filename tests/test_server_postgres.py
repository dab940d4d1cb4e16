"""Production as deploy/ sets it up: a server on PostgreSQL, a work pool, a worker, deployments from prefect.yaml."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

import pytest
from box import Prefect, free_port, wait_for
from conftest import ARTICLES
from test_deploy_files import DEPLOY, environment_of

from warehouse.reader import open_reader

pytestmark = [pytest.mark.debian, pytest.mark.timeout(600)]

STOP_SECONDS = 60
LOGIN = ("tallywire", secrets.token_urlsafe(12))


class Postgres:
    """A cluster of its own, on a port of its own, gone when the block ends."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.password = folder, free_port(), secrets.token_urlsafe(12)
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
        self.as_user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}

    @property
    def url(self) -> str:
        """What Prefect connects to."""
        return f"postgresql+asyncpg://prefect:{self.password}@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> str:
        """The answer of one of PostgreSQL's programs."""
        environ = {"PATH": "/usr/bin:/bin", "PGPASSWORD": self.password, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [self.bin / program, *arguments],
            cwd=self.folder,
            env=environ,
            check=True,
            text=True,
            stdout=subprocess.PIPE,
            **self.as_user,
        ).stdout

    def __enter__(self) -> Self:
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="utf-8")
        secret.chmod(0o644)  # its folder is the cluster's alone
        here = str(self.folder / "cluster")
        self.run("initdb", "--no-sync", "-D", here, "-U", "prefect", "--auth=scram-sha-256", f"--pwfile={secret}")
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.run("pg_ctl", "-D", here, "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        return self

    def __exit__(self, *_error: object) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "cluster"), "-m", "immediate", "stop")

    def ask(self, query: str) -> list[str]:
        """The first column of a query."""
        words = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "prefect", "-d", "postgres", "-At", "-c", query]
        return self.run("psql", *words).split()


@contextmanager
def prefect(environ: dict[str, str], folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Prefect's, ended with the block. What it says goes to a file, for a full pipe would stop it."""
    command = [sys.executable, "-m", "prefect", *arguments]
    with (folder / f"{arguments[0]}.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            # Prefect 3.8.8 loses the signal at times, where a run is just ending; systemd and docker kill it then.
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            process.kill()
            process.wait()


def environ_of(unit: str, folder: Path, **more: str) -> dict[str, str]:
    """What a unit of deploy/systemd sets, with its state folder put elsewhere."""
    told = environment_of(DEPLOY / "systemd" / unit)
    moved = {name: value.replace("/var/lib", str(folder)) for name, value in told.items()}
    return {**os.environ, **moved, **more}


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """Where the units would keep their state: articles and their SOURCES.toml."""
    folder = tmp_path_factory.mktemp("var")
    home = folder / "tallywire"
    (home / "desk").mkdir(parents=True)
    (folder / "tallywire-server").mkdir()
    for name, text in ARTICLES.items():
        (home / "desk" / name).write_text(text, encoding="utf-8")
    source = f'[[source]]\nname = "desk"\nkind = "folder"\npath = "{home / "desk"}"\n'
    (home / "SOURCES.toml").write_text(source, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def production(desk) -> Iterator[tuple[Prefect, Postgres]]:
    """PostgreSQL, server, worker and the deployments of deploy/prefect.yaml."""
    port = free_port()
    api = Prefect(f"http://127.0.0.1:{port}", lambda: LOGIN)
    client = {"PREFECT_API_URL": f"{api.url}/api", "PREFECT_API_AUTH_STRING": ":".join(LOGIN)}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tallywire-postgres-")))
        postgres = stack.enter_context(Postgres(folder))
        secrets_of_server = {
            "PREFECT_API_DATABASE_CONNECTION_URL": postgres.url,
            "PREFECT_SERVER_API_AUTH_STRING": ":".join(LOGIN),
            "PREFECT_SERVER_API_PORT": str(port),
        }
        environ = environ_of("tallywire-server.service", desk, **secrets_of_server)
        server = stack.enter_context(prefect(environ, desk, "server", "start"))
        wait_for(api.token, server)
        environ = environ_of("tallywire-worker.service", desk, **client)
        deploy(environ)
        stack.enter_context(prefect(environ, desk, "worker", "start", "--pool", "tallywire", "--type", "process"))
        yield api, postgres


def deploy(environ: dict[str, str]) -> None:
    """What deploy/README.md says to do once."""
    for words in (
        ["work-pool", "create", "tallywire", "--type", "process"],
        ["--no-prompt", "deploy", "--all", "--prefect-file", "deploy/prefect.yaml"],
    ):
        command = [sys.executable, "-m", "prefect", *words]
        done = subprocess.run(command, cwd=DEPLOY.parent, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_deployed_run_completes_on_a_worker_and_postgresql_keeps_its_history(production, desk):
    api, postgres = production
    deployments = {one["name"]: one for one in api.ask("deployments/filter", {})}
    assert {"track", "ingest", "recheck"} <= deployments.keys()
    started = api.ask(f"deployments/{deployments['track']['id']}/create_flow_run", {"parameters": {}})
    wait_for(lambda: [run for run in api.runs("COMPLETED", "FAILED", "CRASHED") if run["id"] == started["id"]])
    assert postgres.ask(f"SELECT state_type FROM flow_run WHERE id = '{started['id']}'") == ["COMPLETED"]
    with open_reader(desk / "tallywire" / "warehouse" / "warehouse.duckdb") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        assert connection.execute("SELECT count(*) > 0 FROM contradictions").fetchone() == (True,)


def test_the_schedule_of_the_file_is_on_and_no_two_runs_may_overlap(production):
    api, _ = production
    [track] = [one for one in api.ask("deployments/filter", {}) if one["name"] == "track"]
    assert [(one["schedule"]["cron"], one["active"]) for one in track["schedules"]] == [("0 * * * *", True)]
    assert track["global_concurrency_limit"]["limit"] == 1
    assert track["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
