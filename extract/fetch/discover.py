"""What a site offers to follow: the core of `tallywire sources add`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from extract.errors import BadSource
from extract.fetch.addresses import Address, BadAddress, parse_address, public_text
from extract.fetch.ask import Asker
from extract.fetch.client import LISTING_TYPES, Client, FetchProblem
from extract.fetch.errand import Errand
from extract.fetch.feeds import Listed, parse_feed, parse_sitemap
from extract.fetch.guard import Guard
from extract.fetch.networks import parse_networks
from extract.fetch.reasons import explain
from extract.fetch.settings import Clock, FetchSettings
from extract.models import Source

# Where feeds and sitemaps stand on most sites; tried only where neither the page nor robots.txt names one.
USUAL_PLACES: Final = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/sitemap.xml",
    "/news-sitemap.xml",
)
MOST_CANDIDATES: Final = 20
LINK_TAG: Final = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
ATTRIBUTE: Final = re.compile(
    r"([a-z-]{1,30})\s*=\s*(?:\"([^\"]{0,1000})\"|'([^']{0,1000})'|([^\s\"'>]{1,1000}))", re.IGNORECASE
)
FEED_TYPES: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One feed or sitemap of a site.

    entries: that it names; sitemaps: further ones that it points to
    newest: the latest publication date among the entries, null where none is dated
    problem: why it cannot be used, by name; "" if it can
    """

    kind: str
    url: str
    entries: int = 0
    sitemaps: int = 0
    dated: int = 0
    newest: datetime | None = None
    problem: str = ""
    detail: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether a source can be made of it."""
        return not self.problem and bool(self.entries or self.sitemaps)


async def discover(
    url: str, *, settings: FetchSettings, now: Callable[[], datetime], every_seconds: float = 1.0
) -> list[Offer]:
    """The feeds and sitemaps of a site, best first: usable ones before others, feeds before sitemaps, newest first.

    url: its front page, any page of it, or a feed or sitemap itself
    every_seconds: between two requests
    Raises BadSource if it is no address or cannot be read.
    """
    try:
        address = parse_address(url)
    except BadAddress as error:
        raise BadSource(f"{public_text(url)}: {error}") from None
    clock = Clock(now)
    networks = parse_networks(settings.allowed_networks)
    guard = Guard(networks, connect_seconds=settings.connect_seconds, hosts=settings.hosts)
    async with Client(settings, guard) as client:
        asker = Asker(client, guard, settings, clock)
        return await _Scout(
            asker, Errand(Source("site", "urls", urls=(url,), every_seconds=every_seconds)), settings
        ).look(address)


class _Scout:
    """Looks around one site."""

    def __init__(self, asker: Asker, errand: Errand, settings: FetchSettings) -> None:
        self._asker, self._errand, self._settings = asker, errand, settings

    async def look(self, address: Address) -> list[Offer]:
        try:
            answer = await self._asker.ask(self._errand.wish(address, "*/*", self._settings.max_listing_bytes))
        except FetchProblem as problem:
            detail = f" ({public_text(problem.detail)})" if problem.detail else ""
            raise BadSource(f"{address.name}: {problem.reason}: {explain(problem.reason)}{detail}") from None
        itself = await asyncio.to_thread(_offer_of, address.name, answer.body, self._settings)
        if itself.is_usable:
            return [itself]
        named = _named_in(answer.body.decode("utf-8", "replace"), answer.address)
        named += [
            found for text in (await self._asker.robots.rules(address)).sitemaps if (found := _read(text, address))
        ]
        usual = [found for place in USUAL_PLACES if (found := _read(place, answer.address))]
        offers = await self._try(named) or []
        if not any(offer.is_usable for offer in offers):
            offers += [offer for offer in await self._try(usual) if offer.is_usable]
        return sorted(offers, key=_rank)

    async def _try(self, addresses: Sequence[Address]) -> list[Offer]:
        unique = list({address.name: address for address in addresses}.values())[:MOST_CANDIDATES]
        return list(await asyncio.gather(*(self._offer(address) for address in unique)))

    async def _offer(self, address: Address) -> Offer:
        try:
            wish = self._errand.wish(address, LISTING_TYPES, self._settings.max_listing_bytes)
            answer = await self._asker.ask(wish)
        except FetchProblem as problem:
            return Offer("feed", address.name, problem=problem.reason, detail=public_text(problem.detail))
        return await asyncio.to_thread(_offer_of, answer.address.name, answer.body, self._settings)


def _rank(offer: Offer) -> tuple[bool, bool, float, str]:
    newest = offer.newest.timestamp() if offer.newest else 0.0
    return (not offer.is_usable, offer.kind != "feed", -newest, offer.url)


def _read(text: str, base: Address) -> Address | None:
    try:
        return parse_address(text, base.target)
    except BadAddress:
        return None


def _named_in(html: str, base: Address) -> list[Address]:
    """The feeds that a page names in its head, in its order."""
    found = []
    for tag in LINK_TAG.finditer(html[:500_000]):
        given = {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(tag.group(1))}
        is_feed = "alternate" in given.get("rel", "").lower() and given.get("type", "").lower() in FEED_TYPES
        if is_feed and (address := _read(given.get("href", "").replace("&amp;", "&"), base)):
            found.append(address)
    return found


def _offer_of(url: str, body: bytes, settings: FetchSettings) -> Offer:
    """What a document is as a feed, or else as a sitemap."""
    feed = parse_feed(body, settings.max_listed)
    if feed.entries:
        return _as_offer("feed", url, feed)
    sitemap = parse_sitemap(body, settings.max_listed, settings.max_listing_bytes)
    if sitemap.entries or sitemap.sitemaps:
        return _as_offer("sitemap", url, sitemap)
    return Offer("feed", url, problem=feed.reason or "no_articles", detail=feed.detail)


def _as_offer(kind: str, url: str, listed: Listed) -> Offer:
    dated = [entry.published_at for entry in listed.entries if entry.published_at]
    return Offer(kind, url, listed.total, len(listed.sitemaps), len(dated), max(dated, default=None))


def as_entry(offer: Offer, name: str, *, outlet: str | None = None, language: str | None = None) -> str:
    """The `[[source]]` entry for SOURCES.toml, valid TOML whatever the site put into its address."""
    lines = ["[[source]]", f"name = {_quoted(name)}", f"kind = {_quoted(offer.kind)}", f"url = {_quoted(offer.url)}"]
    lines += [f"outlet = {_quoted(outlet)}"] if outlet else []
    lines += [f"language = {_quoted(language)}"] if language else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in escaped) + '"'
