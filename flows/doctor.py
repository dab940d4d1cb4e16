"""What is wrong with an installation, and what to do about it."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from extract.errors import FactError, WarehouseMissing
from extract.fetch import parse_sources
from flows.settings import Settings
from flows.showing import query
from flows.wording import counted
from warehouse.lock import lock_holder
from warehouse.neighbours import Neighbours
from warehouse.reader import ask, open_reader

State = Literal["ok", "note", "bad"]

LEAST_FREE = 2 * 1024**3  # bytes; a run copies the warehouse twice
SILENT_AFTER = timedelta(days=3)
PARTS = ("prefect", "duckdb", "great-expectations", "spacy", "lxml", "httpx")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. advice: what to do, empty where all is well."""

    topic: str
    state: State
    found: str
    advice: str = ""


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at everything that can be wrong; nothing is changed, nothing raised."""
    yield Finding(
        "versions",
        "ok",
        ", ".join([f"Python {platform.python_version()}", *(f"{part} {version(part)}" for part in PARTS)]),
    )
    yield _model(settings)
    yield _sources_file(settings.sources)
    yield _schedule(settings)
    yield _disk(settings.warehouse)
    yield _writer(settings.warehouse)
    yield from _warehouse(settings.warehouse, now)
    yield _server(settings.port)
    yield _login(settings.home.expanduser() / "login")
    yield _alerts(settings)


def _model(settings: Settings) -> Finding:
    from extract.figures import extractor_version

    try:
        return Finding("extractor", "ok", extractor_version(settings.model, settings.mode))
    except FactError as error:
        return Finding("extractor", "bad", str(error), "run `make setup`, or set TALLYWIRE_MODE=fast")


def _sources_file(path: Path) -> Finding:
    if not path.is_file():
        advice = "write one (see README), or let TALLYWIRE_SOURCES name it; `ingest` needs none"
        return Finding("sources", "note", f"there is no {path}, so nothing is tracked", advice)
    try:
        read = parse_sources(path)
    except FactError as error:
        return Finding("sources", "bad", str(error), "mend that line; until then every run of `track` fails")
    return Finding(
        "sources", "ok", f"{path}: {counted(len(read.sources), 'source')}, {counted(len(read.trackers), 'tracker')}"
    )


def _schedule(settings: Settings) -> Finding:
    from flows.schedules import parse_schedule

    words = f"track runs {settings.schedule} ({settings.timezone}) while `tallywire serve` runs"
    try:
        parse_schedule(settings.schedule, settings.timezone)
    except FactError as error:
        return Finding("schedule", "bad", str(error), "mend the setting; until then `tallywire serve` does not start")
    return Finding("schedule", "ok", words)


def _disk(warehouse: Path) -> Finding:
    folder = next(folder for folder in warehouse.absolute().parents if folder.is_dir())
    free = shutil.disk_usage(folder).free
    words = f"{free / 1024**3:.1f} GiB free in {folder}"
    if free < LEAST_FREE:
        return Finding("disk", "bad", words, "make room: a run needs about three times the published file")
    return Finding("disk", "ok", words)


def _writer(warehouse: Path) -> Finding:
    beside = Neighbours(warehouse.absolute())
    writer = lock_holder(beside) if beside.lock.exists() else None
    if writer is None:
        return Finding("writer", "ok", "nobody writes")
    return Finding(
        "writer",
        "note",
        f"process {writer.pid} on {writer.host} writes since {writer.since:%Y-%m-%d %H:%M} UTC",
        "wait until it ends; killing it costs its run and nothing else",
    )


def _warehouse(warehouse: Path, now: datetime) -> Iterator[Finding]:
    try:
        with closing(open_reader(warehouse)) as connection:
            runs = ask(connection, query("last_runs")).rows
            sources = ask(connection, query("freshness")).rows
    except WarehouseMissing as error:
        yield Finding(
            "warehouse", "note", str(error), "run `tallywire track` or `tallywire ingest`: the first run makes it"
        )
        return
    except FactError as error:
        yield Finding(
            "warehouse",
            "bad",
            str(error),
            "restore it from a backup, rebuild it with `tallywire replay`, or name another with --warehouse",
        )
        return
    yield Finding("warehouse", "ok", f"{warehouse} opens and its tables are of this version")
    for run_id, flow, started_at, state, fetched, stored, unchanged, skipped in runs:
        sums = f"{fetched} fetched = {stored} stored + {unchanged} unchanged + {skipped} skipped"
        yield Finding(
            "run",
            "ok" if state == "completed" else "note",
            f"{run_id} {flow} {state}: {sums} ({started_at:%Y-%m-%d %H:%M})",
            "" if state == "completed" else "its page in the UI, or the log of whoever ran it, says why",
        )
    for source, read_at, changed_at, skips in sources:
        yield _source(str(source), read_at, changed_at, skips, now)


def _source(source: str, read_at: object, changed_at: object, skips: object, now: datetime) -> Finding:
    words = f"{source}: read {_ago(read_at, now)}, last page {_ago(changed_at, now)}, {skips} skipped in all"
    if not isinstance(changed_at, datetime) or now - changed_at.astimezone(UTC) > SILENT_AFTER:
        return Finding("source", "note", words, "`tallywire sources test` says how it does")
    return Finding("source", "ok", words)


def _ago(moment: object, now: datetime) -> str:
    if not isinstance(moment, datetime):
        return "never"
    hours = (now - moment.astimezone(UTC)).total_seconds() / 3600
    return f"{hours:.0f} h ago" if hours < 48 else f"{hours / 24:.0f} days ago"  # noqa: PLR2004  # two days


def _server(port: int) -> Finding:
    connection = HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/api/health")
        status = connection.getresponse().status
    except (OSError, HTTPException):
        return Finding(
            "server",
            "note",
            f"nothing answers on 127.0.0.1:{port}",
            "`tallywire serve` starts it; without it nothing is scheduled",
        )
    finally:
        connection.close()
    return Finding("server", "ok", f"a server answers on 127.0.0.1:{port} (status {status})")


def _login(path: Path) -> Finding:
    if not path.is_file():
        return Finding("login", "note", f"there is no {path}", "the first `tallywire serve` makes it")
    if path.stat().st_mode & 0o077:
        return Finding("login", "bad", f"others on this machine may read {path}", f"chmod 600 {path}")
    return Finding("login", "ok", f"{path} holds it; only its owner may read it")


def _alerts(settings: Settings) -> Finding:
    targets = [
        *(["a webhook"] if settings.alert_webhook else []),
        *([settings.alert_block] if settings.alert_block else []),
    ]
    if not targets:
        advice = "set TALLYWIRE_ALERT_WEBHOOK or TALLYWIRE_ALERT_BLOCK (see deploy/README.md)"
        return Finding("alerts", "note", "nobody is told of new contradictions and failed runs", advice)
    words = f"{' and '.join(targets)} told of new contradictions of severity {settings.alert_severity} and graver"
    return Finding("alerts", "ok", words)
