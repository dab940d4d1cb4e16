"""One page as a WARC record and back, to the byte: what the archive keeps as proof."""

from __future__ import annotations

import gzip
import io
import json
import re
import uuid
import zlib
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from extract.errors import UnreadablePage
from extract.fetch.warc_records import BadWarc, WarcRecord, parse_http, read_records
from extract.models import Fetch, Fetched, Page

# Codings that are undone in what is kept, and what belongs to a reader rather than to the page.
UNKEPT_HEADERS: Final = frozenset(
    {"content-encoding", "transfer-encoding", "content-length", "set-cookie", "set-cookie2", "connection", "keep-alive"}
)
PAGE_FIELDS: Final = ("source", "media_type", "charset", "outlet", "title", "author", "published_from", "language")
NAMESPACE: Final = uuid.UUID("6f1a3c52-5d0a-5c1b-9c46-7a8f4f0d5a11")
GZIP_LEVEL: Final = 4  # two thirds of the time of the usual 6, for a twentieth more bytes
MOST_BYTES: Final = 1_000_000_000  # what we wrote ourselves is not limited again
LINE_BREAKS = re.compile(r"[\r\n\x00]+")


def info_record(day: str, software: str) -> bytes:
    """The first record of a file: who wrote it."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _packed(
        {
            "WARC-Type": "warcinfo",
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(NAMESPACE, day)}>",
            "WARC-Date": f"{day}T00:00:00Z",
            "Content-Type": "application/warc-fields",
        },
        block,
    )


def forgotten_record(length: int) -> bytes:
    """A record that says nothing, in exactly so many bytes, to stand where a page was taken out; other places stay."""
    packed = _packed({"WARC-Type": "metadata", "WARC-Record-ID": f"<urn:uuid:{NAMESPACE}>"}, b"")
    # RFC 1952: a comment, ended by zero, stands between the header of ten bytes and the rest where flag 16 is set
    return packed[:3] + b"\x10" + packed[4:10] + b"." * (length - len(packed) - 1) + b"\0" + packed[10:]


def page_record(fetched: Fetched, headers: Mapping[str, str]) -> bytes:
    """The record of one page, compressed.

    headers: of its answer; empty for a file
    """
    page, record = fetched.page, fetched.record
    assert page is not None
    digest = sha256(page.body).hexdigest()
    moment = page.fetched_at.isoformat()
    is_answer = record.status is not None
    head = {
        "WARC-Type": "response" if is_answer else "resource",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(NAMESPACE, f'{page.url} {digest} {moment}')}>",
        "WARC-Date": moment.replace("+00:00", "Z"),
        "WARC-Target-URI": page.url,
        "WARC-Payload-Digest": f"sha256:{digest}",
        "Content-Type": "application/http;msgtype=response" if is_answer else page.media_type,
        "Tallywire-Page": _json(
            {name: getattr(page, name) for name in PAGE_FIELDS} | {"published_at": page.published_at}
        ),
        "Tallywire-Fetch": record_to_json(record),
    }
    return _packed(head, _http_head(record, page, headers) + page.body if is_answer else page.body)


def _http_head(record: Fetch, page: Page, headers: Mapping[str, str]) -> bytes:
    kept = {name: value for name, value in headers.items() if name.lower() not in UNKEPT_HEADERS}
    lines = [f"HTTP/1.1 {record.status} -", *(f"{name}: {LINE_BREAKS.sub(' ', value)}" for name, value in kept.items())]
    lines.append(f"Content-Length: {len(page.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _packed(head: Mapping[str, str], block: bytes) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    whole = f"WARC/1.1\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    return gzip.compress(whole, GZIP_LEVEL, mtime=0)


def read_page_record(packed: bytes) -> Fetched:
    """The attempt and page of one record. Raises UnreadablePage if it is damaged or not as it was written."""
    try:
        record = next(read_records(io.BytesIO(packed), MOST_BYTES))
        body = parse_http(record.block).body if record.kind == "response" else record.block
        page = _page(record, body)
        fetch = record_from_json(record.headers["tallywire-fetch"])
    except (BadWarc, OSError, EOFError, zlib.error, KeyError, ValueError, TypeError, StopIteration) as error:
        raise UnreadablePage(f"a record of the archive is damaged: {type(error).__name__}: {error}") from error
    if f"sha256:{sha256(body).hexdigest()}" != record.headers.get("warc-payload-digest"):
        raise UnreadablePage(f"{page.url}: the archive's bytes are not those that were written")
    return Fetched(fetch, page)


def _page(record: WarcRecord, body: bytes) -> Page:
    fields: dict[str, Any] = json.loads(record.headers["tallywire-page"])
    published = fields.pop("published_at")
    return Page(
        url=record.headers["warc-target-uri"],
        body=body,
        fetched_at=datetime.fromisoformat(record.headers["warc-date"]),
        published_at=datetime.fromisoformat(published) if published else None,
        **fields,
    )


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"), default=lambda moment: moment.isoformat())


def record_fields(record: Fetch) -> dict[str, Any]:
    """Its fields by name, as JSON can hold them."""
    return dict(zip(record.__slots__, record.values(), strict=True)) | {"fetched_at": record.fetched_at.isoformat()}


def record_to_json(record: Fetch) -> str:
    """One line of JSON."""
    return _json(record_fields(record))


def record_from_json(text: str) -> Fetch:
    """The record of `record_to_json`. Raises ValueError, TypeError or KeyError for another text."""
    fields = json.loads(text)
    return Fetch(**fields | {"fetched_at": datetime.fromisoformat(fields["fetched_at"])})
