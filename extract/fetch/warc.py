"""Pages from WARC archives, of our own or of anybody's crawler."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, Final

from extract.fetch import media
from extract.fetch.addresses import BadAddress, parse_address
from extract.fetch.answers import reason_of_status
from extract.fetch.decode import BadBody, unpack
from extract.fetch.records import Versions, new_page, parse_moment, skipped
from extract.fetch.settings import FetchSettings, Known
from extract.fetch.warc_records import LONGEST_HEAD, BadWarc, HttpMessage, WarcRecord, parse_http, read_records
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
    place = f"file:{source.name}/{name}"
    reader = _PageReader(source, settings, known, now, Versions(known))
    count = 0
    try:
        for record in read_records(stream, settings.max_bytes + LONGEST_HEAD):
            if record.kind in PAGE_RECORDS:
                count += 1
                yield reader.read(record, f"{place}#{count}")
    except (BadWarc, OSError, EOFError, zlib.error) as error:
        yield skipped(place, source.name, now(), "bad_warc", f"after {count} pages: {error}"[:200])
        return
    if not count:
        yield skipped(place, source.name, now(), "no_articles", "no record of a page in it")


@dataclass(slots=True)
class _PageReader:
    """Turns records into pages."""

    source: Source
    settings: FetchSettings
    known: Mapping[str, Known]
    now: Callable[[], datetime]
    versions: Versions

    def read(self, record: WarcRecord, place: str) -> Fetched:
        """The page of one record, or why there is none."""
        at = parse_moment(record.headers.get("warc-date", "")) or self.now()
        try:
            url = parse_address(record.headers.get("warc-target-uri", "").strip("<>")).name
        except BadAddress as error:
            return skipped(place, self.source.name, at, "bad_address", str(error))
        is_answer = record.kind == "response"
        message = parse_http(record.block) if is_answer else HttpMessage(200, record.headers, record.block)
        attempt = Fetch(url, self.source.name, at, "page", status=message.status if is_answer else None)
        try:
            return self._page(attempt, message, self._body(record, message))
        except BadBody as problem:
            return skipped(url, self.source.name, at, problem.reason, problem.detail, attempt.status)

    def _body(self, record: WarcRecord, message: HttpMessage) -> bytes:
        """The body without its coding. Raises BadBody for one that is none, or no article's."""
        reason = reason_of_status(message.status)
        if reason:
            raise BadBody(reason, f"status {message.status}")
        if record.length > len(record.block):
            raise BadBody("too_large", f"{record.length:,} bytes")
        return unpack(message.body, message.headers.get("content-encoding", ""), self.settings.max_bytes)

    def _page(self, attempt: Fetch, message: HttpMessage, body: bytes) -> Fetched:
        declared, charset = media.parse_content_type(message.headers.get("content-type"))
        kind = _article_type(body, declared)
        digest = sha256(body).hexdigest()
        if reason := self.versions.reason_against(attempt.url, digest):
            raise BadBody(
                reason, "the same bytes stand before in this archive" if reason == "duplicate_address" else ""
            )
        page = Page(
            url=attempt.url,
            source=self.source.name,
            body=body,
            media_type=kind,
            fetched_at=attempt.fetched_at,
            charset=charset,
            outlet=self.source.outlet,
            language=self.source.language,
        )
        return new_page(page, self.known, digest=digest, record=attempt)


def _article_type(body: bytes, declared: str) -> media.MediaType:
    """The media type of an article's body. Raises BadBody for what is none."""
    if not body.strip():
        raise BadBody("empty")
    if media.looks_binary(body):
        raise BadBody("binary", declared)
    kind = media.article_type(body, declared)
    if kind is None:
        raise BadBody("not_an_article_type", declared)
    return kind
