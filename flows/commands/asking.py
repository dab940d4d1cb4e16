"""The commands that read the published warehouse: sql, report, export, review."""

from __future__ import annotations

import getpass
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from flows.commands.options import JsonOption, WarehouseOption, settings_with
from flows.console import Console
from flows.wording import disarm, one_line

CELL_WIDTH = 60


class Format(StrEnum):
    """What `export` writes."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONLD = "jsonld"


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("sql", short_help="Ask the published warehouse, read-only.")(sql)
    app.command("report", short_help="Write the pages that people read.")(report)
    app.command("export", short_help="Write Parquet, CSV or JSON-LD.")(export)


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='One query, such as "FROM contradictions".')],
    warehouse: WarehouseOption = None,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Print at most so many rows.")] = 100,
    as_json: JsonOption = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print the answer as CSV, in which no cell runs as a formula.")
    ] = False,
) -> None:
    """Ask the published warehouse, read-only and without a way to files or the net."""
    from warehouse.reader import ask, open_reader

    if as_json and as_csv:
        raise typer.BadParameter("an answer is either JSON or CSV: leave out --json or --csv")

    console = Console()
    with closing(open_reader(settings_with(warehouse).warehouse)) as connection:
        answer = ask(connection, query, most_rows=rows)
    if as_json:
        for row in answer.rows:
            console.answer(json.dumps(dict(zip(answer.columns, row, strict=True)), default=_as_json))
    elif as_csv:
        console.answer(_csv(answer.columns, answer.rows))
    elif console.out.is_terminal:
        console.out.print(_table(answer.columns, answer.rows))
    else:
        for line in _tab_separated(answer.columns, answer.rows):
            console.answer(line)
    if answer.is_cut:
        console.note(f"only the first {rows} rows are shown: --rows for more")


def report(
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="PATH", help="Where the pages go. [default: beside the warehouse]"),
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Write the pages that people read: contradictions, stories with their time lines, articles, voices."""
    from checks.report.site import build_report
    from checks.report.wording import count
    from warehouse.reader import open_reader

    published = settings_with(warehouse).warehouse
    with closing(open_reader(published)) as connection:
        made = build_report(connection, folder or published.with_name("report"), datetime.now(UTC))
    console = Console()
    made_of = ((made.stories, "story"), (made.articles, "article"), (made.contradictions, "contradiction"))
    console.answer(", ".join(count(number_of, noun) for number_of, noun in made_of))
    console.answer(str(made.index))


def export(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A folder; for jsonld a file.")],
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.PARQUET,
    views: Annotated[list[str] | None, typer.Option("--view", help="Only this view; may be given again.")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Write the public views as Parquet or CSV, or the figures and verdicts as JSON-LD."""
    from warehouse.export import export_csv, export_jsonld, export_parquet

    published, console = settings_with(warehouse).warehouse, Console()
    if form is Format.JSONLD:
        console.answer(f"{export_jsonld(published, target):,} claims and reviews: {target}")
        return
    write = export_parquet if form is Format.PARQUET else export_csv
    for path in write(published, target, views or None):
        console.answer(str(path))


def reviewer() -> str:
    """Who judges, where nobody is named: the account's name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "unknown"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    table = Table(show_lines=False)
    for column in columns:
        table.add_column(Text(disarm(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(_as_text(cell), CELL_WIDTH)) for cell in row))
    return table


def _tab_separated(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    yield "\t".join(one_line(column) for column in columns)
    for row in rows:
        yield "\t".join(" ".join(disarm(_as_text(cell)).split()) for cell in row)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    from warehouse.export import write_csv

    text = io.StringIO(newline="")
    write_csv(text, columns, rows)
    return text.getvalue().replace("\r\n", "\n").rstrip("\n")


def _as_text(cell: object) -> str:
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return "" if cell is None else str(cell)


def _as_json(cell: object) -> object:
    """What JSON has no word for: numbers keep all their digits as text."""
    if isinstance(cell, Decimal):
        return _as_text(cell)
    return cell.isoformat() if isinstance(cell, datetime | date) else str(cell)
