"""The commands for whoever keeps tallywire running: serve, alerts, doctor."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from flows.commands.options import JsonOption, WarehouseOption, settings_with
from flows.console import Console
from flows.settings import set_prefect_defaults
from flows.stopping import Stopped
from flows.wording import one_line

STYLES = {"ok": None, "note": "yellow", "bad": "bold red"}


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("serve", short_help="Run the server, its UI and the schedule on this machine.")(serve)
    app.command("alerts", short_help="Tell a Prefect server whom to send alerts to.")(alerts)
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


def alerts() -> None:
    """Tell the Prefect server of PREFECT_API_URL whom to send alerts to. `serve` does so by itself."""
    import asyncio

    settings = settings_with(None)
    set_prefect_defaults(settings)
    from flows.automations import register_automations, require_server

    require_server()
    console = Console()
    for name in asyncio.run(register_automations(settings)):
        console.answer(name)
    if not (settings.alert_webhook or settings.alert_block):
        console.note("nobody is told of contradictions yet: set TALLYWIRE_ALERT_WEBHOOK or TALLYWIRE_ALERT_BLOCK")


def doctor(warehouse: WarehouseOption = None, as_json: JsonOption = False) -> None:
    """Say what is wrong with this installation, and what to do about it."""
    from flows.doctor import examine
    from flows.pipeline import utc_now

    console, is_bad = Console(), False
    for finding in examine(settings_with(warehouse), utc_now()):
        is_bad |= finding.state == "bad"
        if as_json:
            console.answer(json.dumps(asdict(finding)))
            continue
        console.answer(f"{finding.state:4}  {finding.topic:10}{one_line(finding.found, 400)}", STYLES[finding.state])
        if finding.advice:
            console.answer(f"      {'':10}→ {finding.advice}")
    if is_bad:
        raise typer.Exit(1)
