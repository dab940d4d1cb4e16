"""The commands that fill the warehouse: track, ingest, recheck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import JsonOption, PrefectOption, QuietOption, WarehouseOption, finish, settings_with
from flows.console import Console
from flows.progress import Silence, Watcher
from flows.run import Job
from flows.settings import Settings
from flows.summary import RunSummary


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("track")(track)
    app.command("ingest")(ingest)
    app.command("recheck")(recheck)


def track(
    sources: Annotated[
        Path | None, typer.Argument(metavar="[SOURCES.toml]", help="Where to read.", show_default=False)
    ] = None,
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    prefect: PrefectOption = False,
) -> None:
    """Read all sources once: fetch, clean, extract, load, check, publish."""
    from flows.jobs import job_of_sources

    settings = settings_with(warehouse)
    _run(job_of_sources(sources or settings.sources, settings), settings, as_json=as_json, quiet=quiet, prefect=prefect)


def ingest(
    places: Annotated[
        list[str],
        typer.Argument(metavar="PATH_OR_URL...", help="Files (.html, .txt, .jsonl, .warc.gz), folders and addresses."),
    ],
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    prefect: PrefectOption = False,
) -> None:
    """Read the given files, folders and addresses."""
    from flows.jobs import job_of_places

    settings = settings_with(warehouse)
    _run(job_of_places(places, settings), settings, as_json=as_json, quiet=quiet, prefect=prefect)


def recheck(
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    prefect: PrefectOption = False,
) -> None:
    """Group, relate and check anew what is stored, without fetching."""
    settings = settings_with(warehouse)
    _run(Job("recheck"), settings, as_json=as_json, quiet=quiet, prefect=prefect)


def _run(job: Job, settings: Settings, *, as_json: bool, quiet: bool, prefect: bool) -> None:
    console = Console()
    with console.watching() as watcher:
        summary = _run_job(job, settings, Silence() if quiet else watcher, prefect=prefect)
    finish(console, summary, as_json=as_json)


def _run_job(job: Job, settings: Settings, watcher: Watcher, *, prefect: bool) -> RunSummary:
    if prefect:
        from flows.prefect_runs import run_as_flow

        return run_as_flow(job, settings, watcher)
    from flows.pipeline import run_pipeline

    return run_pipeline(job, settings, watcher=watcher)
