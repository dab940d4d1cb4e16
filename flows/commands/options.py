"""What several commands take, and how a command ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.console import Console
from flows.settings import Settings
from flows.summary import RunSummary

if TYPE_CHECKING:
    from warehouse.lock import Patience

WarehouseOption = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        metavar="PATH",
        help="The published warehouse. [default: tallywire/warehouse.duckdb, or TALLYWIRE_WAREHOUSE]",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, for machines.")]
PrefectOption = Annotated[
    bool,
    typer.Option("--prefect", help="Run as a Prefect flow: on the server of the settings, else on one of its own."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Say nothing but the answer.")]


def settings_with(warehouse: Path | None) -> Settings:
    """The settings of the environment, with the warehouse that the command line names."""
    return Settings.from_env().with_warehouse(warehouse)


def patience_of(settings: Settings, *, quiet: bool = False) -> Patience:
    """How long a command waits for another writer; it says so on standard error, unless it is to be quiet."""
    from warehouse.lock import Patience

    return Patience(settings.wait_seconds, None if quiet else Console().note)


def finish(console: Console, summary: RunSummary, *, as_json: bool) -> None:
    """Print what the run came to and leave with its exit status."""
    if as_json:
        console.answer(summary.to_json())
    else:
        for line in summary.lines():
            console.answer(line)
    if summary.exit_code:
        raise typer.Exit(summary.exit_code)
