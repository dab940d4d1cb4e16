"""`tallywire forget`: one page out of everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from extract.errors import BadSource
from extract.fetch.addresses import BadAddress, parse_address, public_text
from flows.commands.options import JsonOption, QuietOption, WarehouseOption, patience_of, settings_with
from flows.commands.running import run_job
from flows.console import Console
from flows.settings import RUN_WAITS_SECONDS, Settings
from flows.wording import counted


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command("forget", short_help="Remove a page and all that came from it, for good.")(forget)


def forget(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The page's address, as the column url of articles has it.")
    ],
    reason: Annotated[str | None, typer.Option("--reason", help="Why; kept with the hash of the address.")] = None,
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Remove a page with all its versions, figures and bytes, from the warehouse and the archive, for good.

    Only a hash of its address is kept, by which later runs know not to read it again. What rests on other pages
    (stories, time lines, relations) is made anew without it.
    """
    from flows.jobs import job_of_stored
    from flows.lakes import forget_in_lake

    settings = settings_with(warehouse)
    console = Console()
    (console.note if as_json else console.answer)(_forget(_name_of(url), reason, settings, quiet=quiet))
    # The page is gone for readers: what is left to do no longer gives way to a run that came in between.
    settings = replace(settings, wait_seconds=max(settings.wait_seconds, RUN_WAITS_SECONDS))
    run_job(job_of_stored(settings), settings, as_json=as_json, quiet=quiet)
    forget_in_lake(settings)


def _name_of(url: str) -> str:
    """The address as it is stored; a file's as it stands."""
    if url.startswith("file:"):
        return url
    try:
        return parse_address(url).name
    except BadAddress as error:
        raise BadSource(f"{public_text(url)}: {error}; give the page's address as `articles` has it") from None


def _forget(url: str, reason: str | None, settings: Settings, *, quiet: bool) -> str:
    """Take the page out, the archive first: what is interrupted can be asked for again."""
    from extract.fetch import Archive
    from flows.pipeline import utc_now
    from flows.run import archive_of
    from warehouse.reader import open_reader
    from warehouse.store import open_store

    open_reader(settings.warehouse).close()  # raises where there is none; the writer would make one
    folder = archive_of(settings.warehouse)
    articles = figures = kept = 0
    with open_store(settings.warehouse, utc_now, patience=patience_of(settings, quiet=quiet)) as store:
        for page_url in store.pages_of(url):
            kept += Archive(folder, utc_now).forget(page_url) if folder.is_dir() else 0
            gone = store.forget(page_url, reason)
            articles, figures = articles + gone.articles, figures + gone.figures
        store.publish()
    if not articles and not kept:
        return "no page of that address was stored; from now on it will not be read either"
    of_tables = f"{counted(articles, 'version')} with {counted(figures, 'figure')}"
    return f"forgotten: {of_tables}, and {counted(kept, 'kept page')} of the archive"
