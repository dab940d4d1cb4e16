"""Pages from WARC archives, of our own or of anybody's crawler."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO, Final

from extract.fetch import media
from extract.fetch.addresses import BadAddress, parse_address
from extract.fetch.answers import reason_of_status
from extract.fetch.decode import BadBody, unpack
from extract.fetch.records import new_page, parse_moment, skipped
from extract.fetch.settings import FetchSettings, Known
from extract.models import Fetch, Fetched, Page, Source

PAGE_RECORDS: Final = frozenset({"response", "resource", "conversion"})


def read_warc(
    stream: BinaryIO,
    *,
    name: str,
    source: Source,
    settings: FetchSettings,
    known: Mapping[str, Known],
    now: Callable[[], datetime],
) -> Iterator[Fetched]:
    """One Fetched for each record that holds an answer, fetched when the archive says.

    name: the file's path inside its source
    Where the archive is damaged, what stood before is read and the rest is one `bad_warc`.
    """
    from warcio.archiveiterator import ArchiveIterator  # takes half a second to import
    from warcio.exceptions import ArchiveLoadFailed

    place = f"file:{source.name}/{name}"
    reader = WarcReader(source, settings, known, now)
    count = 0
    try:
        for record in ArchiveIterator(stream, no_record_parse=False, arc2warc=True):
            if record.rec_type in PAGE_RECORDS:
                count += 1
                yield reader.read(record, f"{place}#{count}")
    except (
        ArchiveLoadFailed,
        OSError,
        EOFError,
        zlib.error,
        ValueError,
        AttributeError,
        TypeError,
        KeyError,
        IndexError,
    ) as error:
        # warcio raises whatever a damaged header leads it to
        yield skipped(
            place, source.name, now(), "bad_warc", f"after {count} pages: {type(error).__name__}: {error}"[:200]
        )
        return
    if not count:
        yield skipped(place, source.name, now(), "no_articles", "no record of a page in it")


@dataclass(slots=True)
class WarcReader:
    """Turns records into pages and remembers which versions it has met."""

    source: Source
    settings: FetchSettings
    known: Mapping[str, Known]
    now: Callable[[], datetime]
    met: set[tuple[str, str]] = field(default_factory=set)

    def read(self, record: Any, place: str) -> Fetched:  # noqa: ANN401 - warcio has no types
        """The page of one record, or why there is none."""
        at = parse_moment(record.rec_headers.get_header("WARC-Date") or "") or self.now()
        try:
            url = parse_address((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")).name
        except BadAddress as error:
            return skipped(place, self.source.name, at, "bad_address", str(error))
        status = _status(record)
        reason = reason_of_status(status) if status is not None else None
        if reason:
            return skipped(url, self.source.name, at, reason, status=status)
        try:
            body = self._body(record)
        except BadBody as error:
            return skipped(url, self.source.name, at, error.reason, error.detail, status)
        return self._page(record, url, at, body, status)

    def _page(self, record: Any, url: str, at: datetime, body: bytes, status: int | None) -> Fetched:  # noqa: ANN401 - warcio has no types
        headers = record.http_headers or record.rec_headers
        declared, charset = media.parse_content_type(headers.get_header("Content-Type"))
        if not body.strip():
            return skipped(url, self.source.name, at, "empty", status=status)
        if media.looks_binary(body):
            return skipped(url, self.source.name, at, "binary", declared, status)
        kind = media.article_type(body, declared)
        if kind is None:
            return skipped(url, self.source.name, at, "not_an_article_type", declared, status)
        digest = sha256(body).hexdigest()
        if (url, digest) in self.met:
            return skipped(
                url, self.source.name, at, "duplicate_address", "the same bytes stand before in this archive", status
            )
        self.met.add((url, digest))
        stored = self.known.get(url)
        if stored is not None and digest != stored.sha256 and digest in stored.seen:
            return skipped(url, self.source.name, at, "older_version", status=status)
        page = Page(url, self.source.name, body, kind, at, charset, self.source.outlet, language=self.source.language)
        return new_page(page, self.known, digest=digest, record=Fetch(url, self.source.name, at, "page", status=status))

    def _body(self, record: Any) -> bytes:  # noqa: ANN401 - warcio has no types
        """The body without its transfer and content coding, within the limit. Raises BadBody."""
        from warcio.bufferedreaders import ChunkedDataReader

        stream, encoding = record.raw_stream, ""
        if record.http_headers is not None:
            encoding = record.http_headers.get_header("Content-Encoding") or ""
            if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
                stream = ChunkedDataReader(stream, decomp_type=None)
        raw = stream.read(self.settings.max_bytes + 1)
        if len(raw) > self.settings.max_bytes:
            raise BadBody("too_large", f"more than {self.settings.max_bytes:,} bytes")
        return unpack(raw, encoding, self.settings.max_bytes)


def _status(record: Any) -> int | None:  # noqa: ANN401 - warcio has no types
    if record.http_headers is None:
        return None
    code = record.http_headers.get_statuscode() or ""
    return int(code) if code.isascii() and code.isdigit() and len(code) == 3 else 0  # noqa: PLR2004 - HTTP's own length
