"""What bytes are, by their first kilobytes; a server's or file name's word counts where they don't contradict it."""

from __future__ import annotations

import codecs
import re
from typing import Final, Literal

MediaType = Literal["text/html", "text/plain"]
SNIFFED_BYTES: Final = 4096

# First bytes of kinds that are no text; https://mimesniff.spec.whatwg.org and the formats' own papers.
BINARY_STARTS: Final[tuple[bytes, ...]] = (
    b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"\x7fELF", b"MZ\x90", b"OggS", b"ID3", b"\x00\x00\x01\x00",
    b"\xd0\xcf\x11\xe0", b"wOFF", b"wOF2", b"SQLite format", b"Rar!", b"\x00asm", b"\xca\xfe\xba\xbe", b"PAR1",
)  # fmt: skip
CONTROLS: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})  # all of C0 but white space and escape
UNICODE_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "application/xhtml", "text/xhtml"})
TEXT_TYPES: Final = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
VAGUE_TYPES: Final = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "*/*", "application/unknown"}
)
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}<(?:!doctype\s+html|html|head|body|title|article)\b",
    re.IGNORECASE | re.DOTALL,
)
SOME_MARKUP = re.compile(rb"<(?:p|div|h1|h2|a|span|meta|table|section|main|br)\b[^>]{0,500}>", re.IGNORECASE)
FEED_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_binary(body: bytes) -> bool:
    """Whether the bytes cannot be text in any encoding that the web uses."""
    start = body[:SNIFFED_BYTES]
    if start.startswith(BINARY_STARTS):
        return True
    if start.startswith(UNICODE_MARKS):
        return False
    if b"\x00" in start:
        return not _is_wide_text(start)
    controls = len(start) - len(start.translate(None, CONTROLS))
    return controls * 20 > len(start)


def _is_wide_text(start: bytes) -> bool:
    """UTF-16 without a mark: about every second byte is zero, always on the same side."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return max(even, odd) * 10 > len(start) * 3 and min(even, odd) * 20 < len(start)


def looks_like_html(body: bytes) -> bool:
    """Whether the bytes begin as an HTML page does, whatever anybody calls them."""
    start = body[:SNIFFED_BYTES]
    if start.startswith(UNICODE_MARKS[1:]) or (b"\x00" in start and _is_wide_text(start)):
        start = start.replace(b"\x00", b"")
    return bool(HTML_START.match(start.removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe")))


def looks_like_listing(body: bytes) -> bool:
    """Whether the bytes begin as a feed or sitemap does."""
    return bool(FEED_START.match(body[:SNIFFED_BYTES].removeprefix(codecs.BOM_UTF8)))


def parse_content_type(header: str | None) -> tuple[str, str | None]:
    """Media type (lower case, "" if there is none) and charset that Python knows, else null."""
    kind, _, parameters = (header or "").partition(";")
    found = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", parameters, re.IGNORECASE)
    charset = found.group(1).lower() if found else None
    try:
        known = charset if charset and codecs.lookup(charset) else None
    except LookupError:
        known = None
    return kind.strip().lower()[:100], known


def article_type(body: bytes, declared: str) -> MediaType | None:
    """HTML or plain text, or null if it is neither; the bytes decide where they are beyond doubt.

    declared: the media type that the server names, "" if none. Only for bytes that don't look binary.
    """
    if looks_like_html(body):
        return "text/html"
    if looks_like_listing(body):
        return None
    if declared in HTML_TYPES:
        return "text/html"
    if declared in TEXT_TYPES:
        return "text/plain"
    if declared in VAGUE_TYPES:
        return "text/html" if SOME_MARKUP.search(body[:SNIFFED_BYTES]) else "text/plain"
    return None


def could_be_article(start: bytes, declared: str) -> bool:
    """Whether it is worth reading on after the first piece of a body."""
    return article_type(start, declared) is not None and not looks_binary(start)
