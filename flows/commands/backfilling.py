"""The command that reads archives: backfill."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Annotated

import typer

from flows.commands.options import JsonOption, PrefectOption, QuietOption, WarehouseOption, finish, settings_with
from flows.console import Console
from flows.progress import Silence
from flows.summary import RunSummary


def add_to(app: typer.Typer) -> None:
    """Put the command of this module on the command line."""
    app.command("backfill", short_help="Read whole archives in many processes.")(backfill)


def backfill(  # noqa: PLR0917  # typer gives them by name
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="SHARDS...",
            help="WARC, JSONL or Parquet files, folders or patterns of them; here, or as s3:// and gs:// addresses.",
        ),
    ],
    warehouse: WarehouseOption = None,
    folder: Annotated[
        str | None,
        typer.Option(
            "--shards",
            metavar="FOLDER",
            help="Where finished shards are kept, a path or an s3:// address. [default: beside the warehouse]",
            show_default=False,
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help='Read the shards on a Dask cluster: its scheduler\'s address, or "local". Runs as a Prefect flow.',
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    prefect: PrefectOption = False,
) -> None:
    """Read archives in many processes; a shard that was read before is not read again."""
    from flows.backfilling import backfill_of, run_backfill

    settings = settings_with(warehouse)
    settings = replace(settings, dask=dask or settings.dask)
    work = backfill_of(places, folder, settings)
    console = Console()
    with console.watching() if not quiet else nullcontext(Silence()) as watcher:
        if prefect or settings.dask:
            from flows.prefect_runs import run_flow

            parameters = {
                "shards": places,
                "folder": work.folder,
                "warehouse": str(settings.warehouse),
                "dask": settings.dask or "",
            }
            summary = RunSummary.from_dict(run_flow("backfill", parameters, settings, watcher, own_server=False))
        else:
            summary = run_backfill(work, settings, watcher=watcher)
    finish(console, summary, as_json=as_json)
