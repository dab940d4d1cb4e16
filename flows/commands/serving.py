"""The command that keeps tallywire running: serve."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.options import WarehouseOption, settings_with
from flows.console import Console
from flows.stopping import Stopped


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("serve")(serve)


def serve(
    no_login: Annotated[bool, typer.Option("--no-login", help="Let everybody on this machine in.")] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Run Prefect's server, its UI and the schedule on this machine until stopped."""
    from flows.serving import serve as serve_until_stopped

    console = Console()
    try:
        serve_until_stopped(settings_with(warehouse), console.note, login=not no_login)
    except Stopped:
        console.note("stopped")
