"""The command that shows how tallywire reads: explain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from extract.errors import BadSource
from extract.fetch import FetchSettings, read_sources, sources_for
from extract.models import Article, Extracted, Figure, Page, Skip
from flows.console import Console
from flows.settings import Settings
from flows.wording import counted, one_line


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command("explain", short_help="Show one article as tallywire reads it.")(explain)


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
    yield counted(len(figures), "figure"), "bold"
    for figure in explanation.figures:
        first, *others = figure_lines(figure)
        yield one_line(first), "cyan"
        yield from ((line, None) for line in others)
