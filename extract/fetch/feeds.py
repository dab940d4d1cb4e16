"""The addresses that feeds (RSS, Atom) and sitemaps (news sitemaps, indexes, plain lists) name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from extract.fetch import media
from extract.fetch.decode import BadBody, unpack
from extract.fetch.records import parse_moment
from extract.fetch.xml import Entries, XmlBroken, XmlEntry, XmlRefused, repaired_entries

DATE_NAMES: Final = ("pubdate", "published", "date", "issued", "updated")
GZIP_START: Final = b"\x1f\x8b"
MOST_SITEMAPS: Final = 50_000  # https://www.sitemaps.org/protocol.html


@dataclass(frozen=True, slots=True)
class Entry:
    """One address that a feed or sitemap names. published_at: as it says there, null if it doesn't."""

    link: str
    published_at: datetime | None = None


@dataclass(slots=True)
class Listed:
    """What a feed or sitemap names.

    total: entries met, those beyond the limit included; sitemaps: further sitemaps that it points to
    reason, detail: what is wrong with it, "" if nothing; the entries before the fault stand
    """

    entries: list[Entry] = field(default_factory=list)
    total: int = 0
    sitemaps: list[Entry] = field(default_factory=list)
    reason: str = ""
    detail: str = ""

    def add(self, entry: Entry, limit: int) -> None:
        """Take one entry, or count it where there are enough."""
        self.total += 1
        if len(self.entries) < limit:
            self.entries.append(entry)

    @property
    def met(self) -> int:
        """All that it names."""
        return self.total + len(self.sitemaps)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of document says what it names.

    names: of the elements that name something; roots: of the outermost element; take: adds what an element names
    reason, is_none: what to say of a document of another kind
    """

    names: frozenset[str]
    roots: frozenset[str]
    take: Callable[[XmlEntry, Listed, int], None]
    reason: str
    is_none: str


def parse_feed(body: bytes, limit: int) -> Listed:
    """The entries of a feed in its own order. Never raises.

    A broken feed (a stray "&", an HTML entity, a lost end) is repaired.
    """
    return _read_xml(body, FEED, limit)


def parse_sitemap(body: bytes, limit: int, size_limit: int) -> Listed:
    """The pages and further sitemaps that a sitemap names, in its own order; a broken one is repaired. Never raises.

    body: as sent; a .xml.gz is unpacked up to size_limit bytes
    """
    if body.startswith(GZIP_START):
        try:
            body = unpack(body, "gzip", size_limit)
        except BadBody as problem:
            return Listed(reason=problem.reason, detail=problem.detail)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and not media.looks_binary(body):
        return _read_plain_list(body, limit)
    return _read_xml(body, SITEMAP, limit)


def _read_plain_list(body: bytes, limit: int) -> Listed:
    listed = Listed()
    for line in body.decode("utf-8-sig", "replace").splitlines():
        if line.strip().lower().startswith(("http://", "https://")):
            listed.add(Entry(line.strip()), limit)
    if not listed.total:
        listed.reason, listed.detail = "bad_sitemap", "neither XML nor a list of addresses"
    return listed


def _read_xml(body: bytes, dialect: Dialect, limit: int) -> Listed:
    listed = Listed()
    document = Entries(body, dialect.names)
    try:
        for element in document:
            dialect.take(element, listed, limit)
    except XmlRefused:
        return Listed(reason="xml_entities")
    except XmlBroken as error:
        return _repaired(body, dialect, limit, listed, str(error))
    if document.root not in dialect.roots:
        listed.reason, listed.detail = dialect.reason, f"well-formed XML, but {dialect.is_none}"
    return listed


def _repaired(body: bytes, dialect: Dialect, limit: int, listed: Listed, detail: str) -> Listed:
    """The more of what stood before the fault and what can be read of the mended document."""
    again = Listed()
    for element in repaired_entries(body, dialect.names):
        dialect.take(element, again, limit)
    listed = again if again.met > listed.met else listed
    listed.reason, listed.detail = "" if listed.met else dialect.reason, detail
    return listed


def _take_item(element: XmlEntry, listed: Listed, limit: int) -> None:
    """Take a feed entry's address: <link>, Atom's link rel=alternate, else a guid that is a permanent link."""
    link = guid = ""
    moments: dict[str, datetime | None] = {}
    for part in element.parts:
        if part.depth > 1:
            continue
        if part.name == "link" and not link and part.attributes.get("rel", "alternate") == "alternate":
            link = (part.attributes.get("href") or part.text).strip()
        elif part.name in {"guid", "id"} and part.attributes.get("ispermalink", "true") != "false":
            guid = part.text.strip()
        elif part.name in DATE_NAMES:
            moments[part.name] = parse_moment(part.text)
    if not link and guid.lower().startswith(("http://", "https://")):
        link = guid
    if link:
        published = next((moments[name] for name in DATE_NAMES if moments.get(name)), None)
        listed.add(Entry(link, published), limit)


def _take_location(element: XmlEntry, listed: Listed, limit: int) -> None:
    """Take what one <url> or <sitemap> names; dated by the news extension, for lastmod says when a file changed."""
    link, published, changed = "", None, None
    for part in element.parts:
        match part.name:
            case "loc" if part.depth == 1 and not link:
                link = part.text.strip()
            case "publication_date":
                published = parse_moment(part.text)
            case "lastmod" if part.depth == 1:
                changed = parse_moment(part.text)
    if link and element.name == "url":
        listed.add(Entry(link, published), limit)
    elif link and len(listed.sitemaps) < MOST_SITEMAPS:
        listed.sitemaps.append(Entry(link, changed))


FEED: Final = Dialect(
    names=frozenset({"item", "entry"}),
    roots=frozenset({"rss", "feed", "rdf"}),
    take=_take_item,
    reason="bad_feed",
    is_none="neither RSS nor Atom",
)
SITEMAP: Final = Dialect(
    names=frozenset({"url", "sitemap"}),
    roots=frozenset({"urlset", "sitemapindex"}),
    take=_take_location,
    reason="bad_sitemap",
    is_none="no sitemap",
)
