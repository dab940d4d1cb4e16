"""The commands that fill the warehouse: track, ingest, recheck."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.commands.options import JsonOption, PrefectOption, QuietOption, WarehouseOption, finish, settings_with
from flows.console import Console
from flows.progress import Silence
from flows.run import Job
from flows.settings import Settings
from flows.summary import RunSummary


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("track", short_help="Read all sources of SOURCES.toml once.")(track)
    app.command("ingest")(ingest)
    app.command("recheck")(recheck)
    app.command("replay", short_help="Build the warehouse again from the pages that were kept.")(replay)


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
    parameters = {"sources": str(sources or settings.sources), "warehouse": str(settings.warehouse)}
    job = job_of_sources(sources or settings.sources, settings)
    run_job(job, settings, parameters if prefect else None, as_json=as_json, quiet=quiet)


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
    parameters = {"places": places, "warehouse": str(settings.warehouse)}
    run_job(job_of_places(places, settings), settings, parameters if prefect else None, as_json=as_json, quiet=quiet)


def recheck(
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    prefect: PrefectOption = False,
) -> None:
    """Group, relate and check anew what is stored, without fetching."""
    from flows.jobs import job_of_stored

    settings = settings_with(warehouse)
    parameters = {"warehouse": str(settings.warehouse)}
    run_job(job_of_stored(settings), settings, parameters if prefect else None, as_json=as_json, quiet=quiet)


def replay(
    archive: Annotated[
        Path | None,
        typer.Argument(metavar="[ARCHIVE]", help="The folder. [default: the warehouse's own]", show_default=False),
    ] = None,
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Build the warehouse again from the pages that were kept, without fetching."""
    from flows.jobs import job_of_archive

    settings = settings_with(warehouse)
    run_job(job_of_archive(archive, settings), settings, as_json=as_json, quiet=quiet)


def run_job(
    job: Job, settings: Settings, parameters: dict[str, Any] | None = None, *, as_json: bool, quiet: bool
) -> None:
    """Do the job at once, or as the flow of its name where parameters for it are given."""
    console = Console()
    with console.watching() if not quiet else nullcontext(Silence()) as watcher:
        if parameters is None:
            from flows.pipeline import run_pipeline

            summary = run_pipeline(job, settings, watcher=watcher)
        else:
            from flows.prefect_runs import run_flow

            summary = RunSummary.from_dict(run_flow(job.flow, parameters, settings, watcher, own_server=False))
    finish(console, summary, as_json=as_json)
