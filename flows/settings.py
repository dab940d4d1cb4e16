"""What a person can set, read from the environment once: the only place that looks there."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast

from extract.errors import BadSetting

Mode = Literal["normal", "fast"]
Severity = Literal["low", "medium", "high"]

DEFAULT_WAREHOUSE = Path("tallywire/warehouse.duckdb")
RUN_WAITS_SECONDS = 600.0  # where nobody is there to start again what met another run

# Without each of these something was seen to fail in silence, or to talk to a server that is not ours.
PREFECT_DEFAULTS: Mapping[str, str] = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # 20 s was too short on a busy machine
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # the run's page keeps all lines; the terminal shows ours
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",  # else task runs beyond ten are lost
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",  # a part of a second is cut to 0, which spins
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # else runs are kept for ever
    "PREFECT_WORKER_QUERY_SECONDS": "3",  # whoever starts a run from its form waits for the next look, else up to 10 s
    # Leases in memory die with the server, and a deployment with a limit then never runs again.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two installations.

    warehouse: the published file that readers open
    wait_seconds: how long a command or run waits for another one that writes, before it says so and ends
    home: logins, Prefect's own files
    workers: processes that clean and extract
    page_timeout_seconds: how long one page may keep a worker before it is skipped by name
    batch_pages: pages handed to a worker at once
    model, mode: the language model and whether the parser is used sparingly
    contact: an address for site owners, sent with each request
    archive: whether pages are kept as they were read, beside the warehouse
    keep_days: for how long; 0 = for ever
    checks: a folder of .sql checks of one's own; null = none
    folders: where a path typed into the UI may lie
    shards: where a backfill keeps what it made of its shards, a path or an address of a store; null = by the warehouse
    dask: address of the Dask scheduler that a backfill gives its shards to, "local" for one of its own; null = none
    lake: catalog of the DuckLake that holds what was published, "postgres:dbname=lake" or a file; null = none
    lake_files: the folder of its Parquet files; null = beside the warehouse
    alert_severity: from which severity on a new contradiction is told of
    alert_webhook: who is told of it, as an address; alert_block: the same as a block of Prefect's, "slack-webhook/desk"
    """

    warehouse: Path = DEFAULT_WAREHOUSE
    sources: Path = Path("SOURCES.toml")
    wait_seconds: float = 0.0
    home: Path = Path("~/.local/state/tallywire")
    workers: int = 1
    page_timeout_seconds: float = 30.0
    batch_pages: int = 25
    model: str | None = None
    mode: Mode = "normal"
    contact: str | None = None
    archive: bool = True
    keep_days: int = 0
    checks: Path | None = None
    folders: tuple[Path, ...] = ()
    port: int = 4200
    schedule: str = "every 1 hour"
    timezone: str = "UTC"
    shards: str | None = None
    dask: str | None = None
    lake: str | None = field(default=None, repr=False)  # such addresses may hold a password
    lake_files: str | None = None
    alert_severity: Severity = "medium"
    alert_webhook: str | None = field(default=None, repr=False)  # such addresses are secrets
    alert_block: str | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings as TALLYWIRE_* variables give them; BadSetting names the variable that cannot be read."""
        read = _Reader(os.environ if environ is None else environ)
        return cls(
            warehouse=Path(read.text("WAREHOUSE", str(DEFAULT_WAREHOUSE))),
            sources=Path(read.text("SOURCES", "SOURCES.toml")),
            wait_seconds=read.number("WAIT_SECONDS", 0.0, least=0),
            home=Path(read.text("HOME", str(_state_folder(read.environ)))).expanduser(),
            workers=read.whole("WORKERS", len(os.sched_getaffinity(0)), least=1),
            page_timeout_seconds=read.number("PAGE_TIMEOUT_SECONDS", 30.0, least=0.1),
            batch_pages=read.whole("BATCH_PAGES", 25, least=1),
            model=read.text("MODEL", "") or None,
            mode=cast("Mode", read.choice("MODE", ("normal", "fast"))),
            contact=read.text("CONTACT", "") or None,
            archive=read.choice("ARCHIVE", ("yes", "no")) == "yes",
            keep_days=read.whole("KEEP_DAYS", 0, least=0),
            checks=Path(checks) if (checks := read.text("CHECKS", "")) else None,
            folders=tuple(Path(part) for part in read.text("FOLDERS", "").split(os.pathsep) if part),
            port=read.whole("PORT", 4200, least=1),
            schedule=read.text("SCHEDULE", "every 1 hour"),
            timezone=read.text("TIMEZONE", "UTC"),
            shards=read.text("SHARDS", "") or None,
            dask=read.text("DASK", "") or None,
            lake=read.text("LAKE", "") or None,
            lake_files=read.text("LAKE_FILES", "") or None,
            alert_severity=cast("Severity", read.choice("ALERT_SEVERITY", ("medium", "low", "high"))),
            alert_webhook=read.text("ALERT_WEBHOOK", "") or None,
            alert_block=read.text("ALERT_BLOCK", "") or None,
        )

    def with_warehouse(self, warehouse: Path | str | None) -> Settings:
        """The same with another warehouse; None or an empty text leaves it."""
        return replace(self, warehouse=Path(warehouse)) if warehouse else self


def set_prefect_defaults(settings: Settings, environ: MutableMapping[str, str] | None = None) -> None:
    """Give Prefect what it needs, before it is first imported; what the environment already says stands."""
    environ = os.environ if environ is None else environ
    home = settings.home.expanduser().absolute() / "prefect"
    for name, value in {**PREFECT_DEFAULTS, "PREFECT_HOME": str(home)}.items():
        environ.setdefault(name, value)
    Path(environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True, mode=0o700)  # Prefect's server wants it there


@dataclass(frozen=True, slots=True)
class _Reader:
    environ: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.environ.get(f"TALLYWIRE_{name}", "").strip() or default

    def number(self, name: str, default: float, *, least: float) -> float:
        raw = self.text(name, str(default))
        try:
            value = float(raw)
        except ValueError:
            value = float("nan")
        if not least <= value < float("inf"):
            raise BadSetting(
                f"TALLYWIRE_{name}={raw!r} is no number of at least {least:g}; set one, or unset it for {default:g}."
            )
        return value

    def whole(self, name: str, default: int, *, least: int) -> int:
        value = self.number(name, default, least=least)
        if value != int(value):
            raise BadSetting(f"TALLYWIRE_{name}={value:g} is no whole number; set one, or unset it for {default}.")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, choices[0])
        if value not in choices:
            raise BadSetting(
                f"TALLYWIRE_{name}={value!r} is none of {', '.join(choices)}; set one of them, or unset it."
            )
        return value


def _state_folder(environ: Mapping[str, str]) -> Path:
    """Where the XDG rules keep a program's state."""
    return Path(environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser() / "tallywire"
