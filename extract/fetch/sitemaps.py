"""The addresses of sitemaps, news sitemaps and sitemap indexes, as XML or as a plain list."""

from __future__ import annotations

from typing import Final

from extract.fetch import media
from extract.fetch.decode import BadBody, unpack
from extract.fetch.feeds import Entry, Listed
from extract.fetch.records import parse_moment
from extract.fetch.xml import Entries, XmlBroken, XmlEntry, XmlRefused

ENTRY_NAMES: Final = frozenset({"url", "sitemap"})
ROOTS: Final = frozenset({"urlset", "sitemapindex"})
GZIP_START: Final = b"\x1f\x8b"
MOST_SITEMAPS: Final = 50_000  # https://www.sitemaps.org/protocol.html


def parse_sitemap(body: bytes, limit: int, size_limit: int) -> Listed:
    """The pages and further sitemaps that a sitemap names, in its own order. Never raises.

    body: as sent; a .xml.gz is unpacked up to size_limit bytes
    """
    if body.startswith(GZIP_START):
        try:
            body = unpack(body, "gzip", size_limit)
        except BadBody as problem:
            return Listed(reason=problem.reason, detail=problem.detail)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and not media.looks_binary(body):
        return _plain_list(body, limit)
    return _xml(body, limit)


def _plain_list(body: bytes, limit: int) -> Listed:
    listed = Listed()
    for line in body.decode("utf-8-sig", "replace").splitlines():
        if line.strip().lower().startswith(("http://", "https://")):
            listed.add(Entry(line.strip()), limit)
    if not listed.total:
        listed.reason, listed.detail = "bad_sitemap", "neither XML nor a list of addresses"
    return listed


def _xml(body: bytes, limit: int) -> Listed:
    listed = Listed()
    document = Entries(body, ENTRY_NAMES)
    try:
        for element in document:
            _take(element, listed, limit)
    except XmlRefused:
        return Listed(reason="xml_entities")
    except XmlBroken as error:
        listed.detail = str(error)
        listed.reason = "" if listed.total or listed.sitemaps else "bad_sitemap"
        return listed
    if document.root not in ROOTS:
        listed.reason, listed.detail = "bad_sitemap", "well-formed XML, but no sitemap"
    return listed


def _take(element: XmlEntry, listed: Listed, limit: int) -> None:
    """Add what one <url> or <sitemap> names; dated by the news extension, for lastmod says when a file changed."""
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
