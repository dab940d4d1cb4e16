"""The command that shows what tallywire does: demo."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import JsonOption
from flows.console import Console
from flows.settings import Settings
from flows.summary import RunSummary


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("demo", short_help="Run the bundled newsroom and print its contradictions.")(demo)


def demo(
    folder: Annotated[Path, typer.Option("--folder", metavar="PATH", help="Where its files go.")] = Path(
        "tallywire-demo"
    ),
    as_json: JsonOption = False,
) -> None:
    """Run the whole pipeline over the bundled newsroom and print the contradictions."""
    from flows.prefect_runs import run_flow

    console, settings = Console(), Settings.from_env()
    with console.watching() as watcher:
        editions = run_flow("demo", {"folder": str(folder)}, settings, watcher, own_server=True)
        watcher.begin("writing the report")
        first, second = map(RunSummary.from_dict, editions)
        report = _write_report(second.warehouse, folder / "report")
    if as_json:
        console.answer(second.to_json())
        return
    _show(console, first, second, report)


def _write_report(warehouse: Path, folder: Path) -> Path:
    from checks.report.site import build_report
    from warehouse.reader import open_reader

    with open_reader(warehouse) as connection:
        return build_report(connection, folder, datetime.now(UTC)).index


def _show(console: Console, first: RunSummary, second: RunSummary, report: Path) -> None:
    from flows.showing import contradiction_lines

    for line, style in contradiction_lines(second.warehouse):
        console.answer(line, style)
    console.answer("")
    for name, summary in (("first edition", first), ("second edition", second)):
        console.answer(f"{name}: {next(summary.lines())}")
    stand, new = second.contradictions_open, second.contradictions_new
    console.answer(f"{stand} contradictions stand, {new} of them since the second edition")
    console.answer(f"warehouse: {second.warehouse}")
    console.answer(f"report:    {report}")
    console.answer(f'to ask it: tallywire sql "FROM contradictions" --warehouse {second.warehouse}')
