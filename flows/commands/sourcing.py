"""`tallywire sources`: find what a site offers, add it, and try what is there."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.errors import BadSource
from extract.fetch import FetchSettings
from flows.console import Console
from flows.settings import Settings

if TYPE_CHECKING:  # it brings in httpx, which takes a second to import
    from extract.fetch.discover import Offer

app = typer.Typer(help="Find a site's feeds, add them to SOURCES.toml, test them.", no_args_is_help=True)

UrlArgument = Annotated[str, typer.Argument(metavar="URL", help="A site's front page, any page of it, or a feed.")]


def add_to(commands: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    commands.add_typer(app, name="sources")


@app.command("find")
def find(url: UrlArgument) -> None:
    """Show a site's feeds and sitemaps, and the best as an entry for SOURCES.toml; nothing is written."""
    from flows.sourcing import entry_for

    console = Console()
    console.answer(entry_for(_best(console, url), taken=frozenset()).text)


@app.command("add")
def add(  # noqa: PLR0917  # options have no order; typer sees to it
    url: UrlArgument,
    path: Annotated[
        Path | None, typer.Option("--sources", metavar="PATH", help="The file. [default: SOURCES.toml]")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Of the source. [default: the site's host]")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Who publishes it, as a reader would say.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Code of its language, such as en.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before the file is written.")] = False,
) -> None:
    """Show a site's feeds and sitemaps, and add the best to SOURCES.toml.

    Another one is added by its own address. On a terminal you are asked first.
    """
    from flows.sourcing import add_entry, entry_for, sources_in

    console = Console()
    path = path or Settings.from_env().sources
    there = sources_in(path)
    best = _best(console, url)
    same = next((source.name for source in there if best.url in {source.url, *source.urls}), None)
    if same is not None:
        console.answer(f"{best.url} is in {path} already, as {same!r}; nothing was written.")
        return
    taken = frozenset(source.name for source in there)
    entry = entry_for(best, taken=taken, name=name, outlet=outlet, language=language)
    console.answer(entry.text)
    if not yes and sys.stdin.isatty() and not typer.confirm(f"Add this to {path}?", default=True):
        console.note("nothing was written")
        return
    add_entry(path, entry.text)
    console.answer(f"added {entry.name!r} to {path}")
    console.note(f"`tallywire sources test {path}` tries it, `tallywire track {path}` reads it")


def _best(console: Console, url: str) -> Offer:
    """The offer to take, after all were shown. Raises BadSource where none can be used."""
    from extract.fetch.discover import discover
    from flows.pipeline import utc_now
    from flows.sourcing import offer_line

    url = url if "://" in url else f"https://{url}"
    settings = FetchSettings(contact=Settings.from_env().contact)
    offers = asyncio.run(discover(url, settings=settings, now=utc_now))
    _show(console, [offer_line(offer) for offer in offers])
    usable = [offer for offer in offers if offer.is_usable]
    if not usable:
        found = (
            "nothing it offers can be used"
            if offers
            else "it names no feed or sitemap, and none is in the usual places"
        )
        raise BadSource(f'{url}: {found}; list its articles in a source of kind "urls" instead')
    return usable[0]


def _show(console: Console, lines: Sequence[str]) -> None:
    for line in lines:
        console.note(line)


@app.command("test")
def try_all(
    path: Annotated[Path | None, typer.Argument(metavar="[SOURCES.toml]", show_default=False)] = None,
    pages: Annotated[int, typer.Option("--pages", min=1, help="Pages to read of each.")] = 3,
    only: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Only this source.")] = None,
) -> None:
    """Read the first pages of each source, storing nothing, and say how it does.

    For each source: whether it can be reached and robots.txt allows it, how many addresses it lists, and of the pages
    that were read how many are articles, how many of those have a date and how many hold figures. Whatever became no
    article is named with its reason. The exit status is 1 if a source gives no article.
    """
    from flows.jobs import job_of_sources
    from flows.sourcing import try_sources

    console, settings = Console(), Settings.from_env()
    path = path or settings.sources
    job = job_of_sources(path, settings)
    named = [source for source in job.sources if only in {None, source.name}]
    if not named:
        raise BadSource(
            f"{path}: no source is called {only!r}; there are {', '.join(each.name for each in job.sources)}"
        )
    failed = 0
    for verdict in try_sources(named, job.fetch, settings, pages):
        for line in verdict.lines():
            console.answer(line, None if verdict.is_good or line.startswith(" ") else "red")
        failed += not verdict.is_good
    if failed:
        raise typer.Exit(1)
