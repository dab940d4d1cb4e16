"""From manuscripts to what a web server sends: pages, feeds, sitemaps and robots.txt of one edition, as bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from flows.newsroom.manuscripts import FOLDER, Edition, Manuscript, Outlet, manuscripts, outlets

HTML: Final = "text/html; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"
XML: Final = "application/rss+xml; charset=utf-8"
SITEMAP: Final = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Printed:
    """One address as the server sends it."""

    body: bytes
    content_type: str
    saved_at: datetime

    @property
    def etag(self) -> str:
        """Changes with the bytes and with nothing else."""
        return f'"{sha256(self.body).hexdigest()[:16]}"'

    @property
    def last_modified(self) -> str:
        """The moment of saving, as HTTP writes it."""
        return http_date(self.saved_at)


@cache
def printed_pages(edition: Edition) -> Mapping[str, Printed]:
    """Everything an edition serves, by address."""
    pages: dict[str, Printed] = {}
    for outlet in outlets().values():
        pages |= _outlet_pages(outlet, [each for each in manuscripts(edition).values() if each.outlet == outlet])
    return pages


def _outlet_pages(outlet: Outlet, articles: list[Manuscript]) -> dict[str, Printed]:
    newest = max(each.saved_at for each in articles)
    listed = sorted((each for each in articles if not each.plain), key=lambda each: each.published_at, reverse=True)
    listing = _render(f"{outlet.source}.xml", outlet=outlet, articles=listed, built_at=newest)
    pages = {each.address: _page(each) for each in articles}
    pages[outlet.feed] = Printed(listing, XML if outlet.source == "feed" else SITEMAP, newest)
    pages[f"{outlet.home}robots.txt"] = Printed(_robots(outlet), TEXT, newest)
    for entry in outlet.unlisted:
        if entry["path"].startswith("/video/"):
            address = outlet.home.rstrip("/") + entry["path"]
            body = _render("video.html", outlet=outlet, title=entry["title"], address=address)
            pages[address] = Printed(body, HTML, newest)
    return pages


def _page(article: Manuscript) -> Printed:
    ending, content_type = ("txt", TEXT) if article.plain else ("html", HTML)
    body = _render(f"{article.outlet.key}.{ending}", outlet=article.outlet, article=article)
    return Printed(body, content_type, article.saved_at)


def _robots(outlet: Outlet) -> bytes:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in outlet.disallow)]
    if outlet.source == "sitemap":
        lines += ["", f"Sitemap: {outlet.feed}"]
    return ("\n".join(lines) + "\n").encode()


def _render(template: str, **words: object) -> bytes:
    return _environment().get_template(template).render(**words).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "http_date": http_date,
        "lower_meridiem": lambda text: re.sub(r"[AP]M\b", lambda found: found[0].lower(), text),
        "slug": lambda name: re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"),
        "strftime": datetime.strftime,
        "thousands": lambda number: f"{number:,}",
        "utc": lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "utc_clock": lambda moment, pattern: moment.astimezone(UTC).strftime(pattern),
    }
    return environment


def http_date(moment: datetime) -> str:
    """An aware moment as HTTP and RSS write it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
