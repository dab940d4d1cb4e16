"""The entries of RSS and Atom feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from extract.fetch.records import parse_moment
from extract.fetch.xml import Entries, XmlBroken, XmlEntry, XmlRefused, repaired_entries

ENTRY_NAMES: Final = frozenset({"item", "entry"})
DATE_NAMES: Final = ("pubdate", "published", "date", "issued", "updated")
FEED_ROOTS: Final = frozenset({"rss", "feed", "rdf"})


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


def parse_feed(body: bytes, limit: int) -> Listed:
    """The entries of a feed in its own order. Never raises.

    A broken feed (a stray "&", an HTML entity, a lost end) is repaired.
    """
    listed = Listed()
    document = Entries(body, ENTRY_NAMES)
    try:
        for element in document:
            _add(element, listed, limit)
    except XmlRefused:
        return Listed(reason="xml_entities")
    except XmlBroken as error:
        return _repaired(body, limit, listed, str(error))
    if document.root not in FEED_ROOTS:
        listed.reason, listed.detail = "bad_feed", "well-formed XML, but neither RSS nor Atom"
    return listed


def _repaired(body: bytes, limit: int, listed: Listed, detail: str) -> Listed:
    again = Listed()
    for element in repaired_entries(body, ENTRY_NAMES):
        _add(element, again, limit)
    listed = again if again.total > listed.total else listed
    if not listed.total:
        listed.reason = "bad_feed"
    listed.detail = detail
    return listed


def _add(element: XmlEntry, listed: Listed, limit: int) -> None:
    """Take the entry's address: <link>, Atom's link rel=alternate, else a guid that is a permanent link."""
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
