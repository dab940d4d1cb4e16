"""`tallywire review`: a person's word on contradictions and figures."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from flows.commands.asking import reviewer
from flows.commands.options import WarehouseOption, patience_of, settings_with
from flows.console import Console
from flows.settings import Settings
from flows.wording import one_line

app = typer.Typer(help="List contradictions, confirm or dismiss them, correct figures.", no_args_is_help=True)

RelationArgument = Annotated[
    str, typer.Argument(metavar="RELATION", help="The id, or the first six characters of it or more.")
]
NoteOption = Annotated[str | None, typer.Option("--note", help="Why.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who judges. [default: the account's name]")]


def add_to(commands: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    commands.add_typer(app, name="review")


@app.command("list")
def list_open(
    status: Annotated[str, typer.Option("--status", help="open, confirmed, dismissed or closed.")] = "open",
    story: Annotated[str | None, typer.Option("--story", help="Only this story, by id or name.")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """List contradictions, gravest first."""
    from checks.review import list_cases
    from warehouse.reader import open_reader

    console = Console()
    with closing(open_reader(settings_with(warehouse).warehouse)) as connection:
        cases = list_cases(connection, status=status, story=story)
    for case in cases:
        console.answer(
            f"{case.relation_id[:10]}  {case.severity or '-':6}  {case.kind:20}  {one_line(case.explanation)}"
        )
    console.note(f"{len(cases)} {status}")


@app.command("show")
def show(relation: RelationArgument, warehouse: WarehouseOption = None) -> None:
    """Show the sentences behind one contradiction."""
    from checks.report.wording import bounds
    from checks.review import read_case, show_evidence
    from warehouse.reader import open_reader

    console = Console()
    with closing(open_reader(settings_with(warehouse).warehouse)) as connection:
        case, evidence = read_case(connection, relation), show_evidence(connection, relation)
    console.answer(f"{case.relation_id}  {case.severity or '-'}  {case.kind}  {case.status}")
    console.answer(one_line(case.explanation, 400))
    if case.note:
        console.answer(f"note: {one_line(case.note, 400)}")
    for figure in evidence:
        when = f"{figure.published_at:%Y-%m-%d}" if figure.published_at else "undated"
        console.answer(f"{figure.side}  {figure.outlet or figure.url}, {when}: “{one_line(figure.sentence, 400)}”")
        speaker = f", said by {one_line(figure.claimant)}" if figure.claimant else ""
        number = bounds(figure.low, figure.high)
        console.answer(f"   {one_line(figure.quote)}: {figure.measure} {number}{speaker}; {figure.figure_id}")
        console.answer(f"   {one_line(figure.url, 400)}")


@app.command("confirm")
def confirm(
    relation: RelationArgument, note: NoteOption = None, by: ByOption = None, warehouse: WarehouseOption = None
) -> None:
    """Say that it is a contradiction."""
    _judge(relation, "confirmed", note, by, settings_with(warehouse))


@app.command("dismiss")
def dismiss(
    relation: RelationArgument, note: NoteOption = None, by: ByOption = None, warehouse: WarehouseOption = None
) -> None:
    """Say that it is none, and why (--note)."""
    _judge(relation, "dismissed", note, by, settings_with(warehouse))


@app.command("reopen")
def reopen(
    relation: RelationArgument, note: NoteOption = None, by: ByOption = None, warehouse: WarehouseOption = None
) -> None:
    """Take an earlier verdict back."""
    _judge(relation, "open", note, by, settings_with(warehouse))


@app.command("correct")
def correct(
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help="The figure's id.")],
    changes: Annotated[
        list[str], typer.Argument(metavar="COLUMN=VALUE...", help="Such as value=103 place=Almaty is_figure=false.")
    ],
    note: NoteOption = None,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Correct what was read of a figure; relations are made anew with it."""
    from checks.relate import relate
    from checks.review import correct_figure
    from flows.pipeline import utc_now
    from warehouse.store import open_store

    wanted = {name: value or None for name, _, value in (change.partition("=") for change in changes)}
    settings = settings_with(warehouse)
    with open_store(settings.warehouse, utc_now, patience=patience_of(settings)) as store:
        correct_figure(store.connection, figure, wanted, now=utc_now(), reviewed_by=by or reviewer(), note=note)
        relate(store.connection, utc_now())
        store.publish()
    Console().answer(f"corrected {figure}: {', '.join(f'{name} is {value}' for name, value in wanted.items())}")


def _judge(relation: str, verdict: str, note: str | None, by: str | None, settings: Settings) -> None:
    from checks.review import give_verdict
    from flows.pipeline import utc_now
    from warehouse.store import open_store

    with open_store(settings.warehouse, utc_now, patience=patience_of(settings)) as store:
        found = give_verdict(
            store.connection,
            relation,
            verdict,  # type: ignore[arg-type]  # the three callers give the three verdicts
            now=utc_now(),
            reviewed_by=by or reviewer(),
            note=note,
        )
        store.publish()
    Console().answer(f"{verdict}: {found}")
