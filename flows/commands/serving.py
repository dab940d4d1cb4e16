"""The commands for whoever keeps tallywire running: serve, doctor."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.options import WarehouseOption, settings_with
from flows.console import Console
from flows.stopping import Stopped
from flows.wording import one_line

STYLES = {"ok": None, "note": "yellow", "bad": "bold red"}


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("serve", short_help="Run the server, its UI and the schedule on this machine.")(serve)
    app.command("doctor", short_help="Say what is wrong with this installation and what to do.")(doctor)


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


def doctor(warehouse: WarehouseOption = None) -> None:
    """Say what is wrong with this installation, and what to do about it."""
    from flows.doctor import examine
    from flows.pipeline import utc_now

    console, is_bad = Console(), False
    for finding in examine(settings_with(warehouse), utc_now()):
        is_bad |= finding.state == "bad"
        console.answer(f"{finding.state:4}  {finding.topic:10}{one_line(finding.found, 400)}", STYLES[finding.state])
        if finding.advice:
            console.answer(f"      {'':10}→ {finding.advice}")
    if is_bad:
        raise typer.Exit(1)
