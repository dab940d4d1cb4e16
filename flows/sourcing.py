"""Sources found, added and tried: what `tallywire sources` does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from extract.errors import BadSource
from extract.fetch import FetchSettings, parse_sources
from extract.fetch.discover import Offer, as_entry
from extract.fetch.read import FILE_KINDS
from extract.fetch.reasons import REASONS
from extract.fetch.trial import Trial, try_source
from extract.models import Article, Skip, Source
from flows.pipeline import utc_now
from flows.settings import Settings
from flows.wording import one_line

if TYPE_CHECKING:  # it takes seconds to import, and what is not reached needs none of it
    from extract.figures import LanguageModel


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[source]]` for SOURCES.toml. text: valid TOML"""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one source did.

    articles, dated, with_figures: of the pages that were read
    no_articles: pages that were read and are none
    """

    trial: Trial
    articles: int
    dated: int
    with_figures: int
    no_articles: tuple[Skip, ...]

    @property
    def is_good(self) -> bool:
        """Whether the source gives articles."""
        return self.articles > 0

    def lines(self) -> Iterator[str]:
        """The verdict for a reader, and below it what became no article."""
        trial, source = self.trial, self.trial.source
        listed = "" if trial.listed is None else f", {trial.listed:,} listed"
        came_to = (
            f"{listed}; {_many(len(trial.pages), 'page')} read: {_many(self.articles, 'article')},"
            f" {self.dated} with a date, {self.with_figures} with figures"
        )
        yield f"{source.name} ({source.kind}): {self._state()}{came_to if trial.pages else ''}"
        for record in trial.examples:
            count = f"{trial.ends[record.reason]} × " if trial.ends[record.reason] > 1 else ""
            yield f"    {count}{record.reason}: {_meaning(record.reason, record.detail)}: {one_line(record.url, 200)}"
        for skip in self.no_articles:
            yield f"    {skip.reason}: {_meaning(skip.reason, skip.detail)}: {one_line(skip.url, 200)}"

    def _state(self) -> str:
        if self.trial.source.kind in FILE_KINDS:
            return "readable" if self.trial.pages else "NOTHING TO READ"
        if self.trial.is_reachable:
            return "reachable, allowed by robots.txt"
        return "FORBIDDEN by robots.txt" if self.trial.ends["robots"] else "NOT REACHED"


def _meaning(reason: str, detail: str) -> str:
    """What a reason says, and what was found."""
    known = [REASONS[reason]] if reason in REASONS else ["read, but no article"]
    return one_line("; ".join([*known, detail]) if detail else known[0], 200)


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def sources_in(path: Path) -> tuple[Source, ...]:
    """The sources of a file, none where there is none yet. Raises BadSource for one that cannot be read."""
    if not path.exists() or not re.search(r"^\s*\[\[\s*source\b", path.read_text("utf-8", "replace"), re.MULTILINE):
        return ()
    return parse_sources(path).sources


def offer_line(offer: Offer) -> str:
    """One feed or sitemap for a reader."""
    if offer.problem:
        return f"{offer.kind:8} {offer.url}: {offer.problem}: {REASONS.get(offer.problem, offer.detail)}"
    parts = [f"{offer.entries:,} entries"] if offer.entries or not offer.sitemaps else []
    parts += [f"{offer.sitemaps:,} further sitemaps"] if offer.sitemaps else []
    parts += [f"{offer.dated:,} with a date"] if offer.entries else []
    parts += [f"newest {offer.newest:%Y-%m-%d}"] if offer.newest else []
    return f"{offer.kind:8} {offer.url}: {', '.join(parts)}"


def entry_for(
    offer: Offer,
    *,
    taken: Collection[str],
    name: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
) -> Entry:
    """The entry for an offer, under a name that no other source has. Raises BadSource where the wished one is taken."""
    if name is not None and name in taken:
        raise BadSource(f"a source called {name!r} is there already; give another --name")
    host = (urlsplit(offer.url).hostname or "source").removeprefix("www.")
    free = name or next(wish for wish in _wishes(host) if wish not in taken)
    return Entry(free, as_entry(offer, free, outlet=outlet, language=language))


def _wishes(host: str) -> Iterator[str]:
    yield host
    number = 2
    while True:
        yield f"{host}-{number}"
        number += 1


def add_entry(path: Path, entry: str) -> None:
    """Write the entry at the end of the file, which is made where it is missing; whole or not at all.

    Raises BadSource where the file could then not be read, and leaves it as it was.
    """
    old = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(f"{old.rstrip()}\n\n{entry}".lstrip(), encoding="utf-8")
        parse_sources(beside)
        beside.replace(path)
    except BadSource as error:
        raise BadSource(str(error).replace(str(beside), f"{path} with the new entry")) from None
    except OSError as error:
        raise BadSource(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)


def try_sources(sources: Sequence[Source], fetch: FetchSettings, settings: Settings, pages: int) -> Iterator[Verdict]:
    """How each source does, by its first pages; nothing is stored."""
    from extract.figures import load_model

    model: LanguageModel | None = None
    for source in sources:
        trial = asyncio.run(try_source(source, settings=fetch, now=utc_now, pages=pages))
        if trial.pages and model is None:
            model = load_model(settings.model, settings.mode)
        yield _judge(trial, model)


def _judge(trial: Trial, model: LanguageModel | None) -> Verdict:
    """What became of the pages of a trial."""
    from extract.clean import clean_page
    from extract.figures import find_figures

    cleaned = [clean_page(fetched.page) for fetched in trial.pages if fetched.page is not None]
    articles = [one for one in cleaned if isinstance(one, Article)]
    figures = find_figures(articles, model) if model is not None else []
    return Verdict(
        trial,
        articles=len(articles),
        dated=sum(article.published_at is not None for article in articles),
        with_figures=sum(bool(found) for found in figures),
        no_articles=tuple(one for one in cleaned if isinstance(one, Skip)),
    )
