"""The commands that show how tallywire reads: explain, sources."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from extract.errors import BadSource
from extract.fetch import FetchSettings, read_sources, sources_for
from extract.models import Article, Extracted, Figure, Page, Skip
from flows.console import Console
from flows.settings import Settings
from flows.wording import one_line

sources_app = typer.Typer(help="Find and test sources.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("explain", short_help="Show one article as tallywire reads it.")(explain)
    app.add_typer(sources_app, name="sources")


def explain(place: Annotated[str, typer.Argument(metavar="PATH_OR_URL", help="One article.")]) -> None:
    """Show one article as tallywire reads it: dropped lines with their reasons, figures with their rules."""
    console, settings = Console(), Settings.from_env()
    pages = asyncio.run(_read(place, settings))
    for page in pages:
        for line, style in _explained(page, settings):
            console.answer(line, style)


async def _read(place: str, settings: Settings) -> list[Page]:
    from flows.pipeline import utc_now

    fetch = FetchSettings(contact=settings.contact)
    found = [item async for item in read_sources(sources_for([place]), settings=fetch, known={}, now=utc_now)]
    pages = [item.page for item in found if item.page is not None]
    if not pages:
        ends = "; ".join(f"{item.record.url}: {item.record.reason} {item.record.detail}" for item in found)
        raise BadSource(f"{place}: nothing to read ({ends or 'it is empty'})")
    return pages


def _explained(page: Page, settings: Settings) -> Iterator[tuple[str, str | None]]:
    from extract.clean import clean_page
    from extract.figures import find_figures, load_model

    article = clean_page(page)
    yield page.url, "bold"
    if isinstance(article, Skip):
        yield f"skipped: {article.reason} {article.detail}", "red"
        return
    [figures] = find_figures([article], load_model(settings.model, settings.mode))
    yield from _article_lines(Extracted(page.url, article, figures))


def _article_lines(read: Extracted) -> Iterator[tuple[str, str | None]]:
    article = read.article
    assert isinstance(article, Article)
    published = (
        f"{article.published_at.isoformat()} from {article.published_from}" if article.published_at else "undated"
    )
    yield f"title: {article.title or '(none)'}", None
    yield f"outlet: {article.outlet or '(unknown)'}; {published}; language {article.language or 'unknown'}", None
    dropped = [block for block in article.blocks if not block.kept]
    yield f"{len(dropped)} of {len(article.blocks)} blocks of the page dropped", "bold"
    for block in dropped:
        yield f"- [{block.reason}: {block.rule}] {one_line(block.text)}", "dim"
    yield from _figure_lines(article, read.figures)


def _figure_lines(article: Article, figures: Sequence[Figure]) -> Iterator[tuple[str, str | None]]:
    """The kept text with every figure marked, then each figure's rule and record."""
    from extract.figures.explain import explain as explain_figures
    from extract.figures.explain import figure_lines

    explanation = explain_figures(article, figures)
    for name, text in explanation.marked:
        yield f"[{name}]", "bold"
        yield from ((line, None) for line in text.splitlines())
    yield f"{len(figures)} figures", "bold"
    for figure in explanation.figures:
        first, *others = figure_lines(figure)
        yield one_line(first), "cyan"
        yield from ((line, None) for line in others)


@sources_app.command("find")
def find(
    url: Annotated[str, typer.Argument(metavar="URL", help="A site's front page, or any page of it.")],
) -> None:
    """Find a site's feeds and sitemaps and print the best as an entry for SOURCES.toml."""
    from extract.fetch.discover import as_entry, discover
    from flows.pipeline import utc_now

    console = Console()
    offers = asyncio.run(discover(url, settings=FetchSettings(contact=Settings.from_env().contact), now=utc_now))
    for offer in offers:
        newest = f", newest {offer.newest:%Y-%m-%d}" if offer.newest else ""
        state = offer.problem or f"{offer.entries} entries{newest}"
        console.note(f"{offer.kind:8} {offer.url}: {state}")
    usable = next((offer for offer in offers if offer.is_usable), None)
    if usable is None:
        raise BadSource(f'{url}: no feed or sitemap that can be used; name articles with kind = "urls" instead')
    console.answer(as_entry(usable, urlsplit(usable.url).hostname or "source"))


@sources_app.command("test")
def try_all(
    path: Annotated[Path, typer.Argument(metavar="SOURCES.toml")] = Path("SOURCES.toml"),
    pages: Annotated[int, typer.Option("--pages", min=1, help="Pages to read of each.")] = 3,
) -> None:
    """Read the first pages of every web source, storing nothing, and say how each does."""
    from extract.fetch.discover import try_source
    from flows.jobs import job_of_sources
    from flows.pipeline import utc_now

    console, failed = Console(), 0
    job = job_of_sources(path, Settings.from_env())
    for source in job.sources:
        if source.kind in {"folder", "jsonl", "warc"}:
            console.answer(f"{source.name}: files in {source.path}")
            continue
        trial = asyncio.run(try_source(source, settings=job.fetch, now=utc_now, pages=pages))
        failed += not trial.is_reachable
        ends = ", ".join(f"{count} {end}" for end, count in sorted(trial.ends.items()))
        console.answer(f"{source.name}: {'ok' if trial.is_reachable else 'NOTHING READ'} ({ends})")
    if failed:
        raise typer.Exit(1)
