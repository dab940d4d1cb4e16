"""One page as a WARC record and back, to the byte: what the archive keeps as proof."""

from __future__ import annotations

import gzip
import io
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from extract.errors import UnreadablePage
from extract.models import Fetch, Fetched, Page

# Codings that are undone in what is kept, and what belongs to a reader rather than to the page.
UNKEPT_HEADERS: Final = frozenset(
    {"content-encoding", "transfer-encoding", "content-length", "set-cookie", "set-cookie2", "connection", "keep-alive"}
)
PAGE_FIELDS: Final = ("source", "media_type", "charset", "outlet", "title", "author", "published_from", "language")
NAMESPACE: Final = uuid.UUID("6f1a3c52-5d0a-5c1b-9c46-7a8f4f0d5a11")
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
    return gzip.compress(whole, 6, mtime=0)


def read_page_record(packed: bytes) -> Fetched:
    """The attempt and page of one record. Raises UnreadablePage if it is damaged or not as it was written."""
    from warcio.archiveiterator import ArchiveIterator  # takes half a second to import

    try:
        record = next(iter(ArchiveIterator(io.BytesIO(packed))))
        head = record.rec_headers
        body: bytes = record.content_stream().read()
        page = _page(head.get_header("WARC-Target-URI"), body, json.loads(head.get_header("Tallywire-Page")), head)
        fetch = record_from_json(head.get_header("Tallywire-Fetch"))
    except Exception as error:  # damaged bytes raise whatever they lead warcio, zlib and json to
        raise UnreadablePage(f"a record of the archive is damaged: {type(error).__name__}") from error
    if f"sha256:{sha256(body).hexdigest()}" != head.get_header("WARC-Payload-Digest"):
        raise UnreadablePage(f"{page.url}: the archive's bytes are not those that were written")
    return Fetched(fetch, page)


def _page(url: str, body: bytes, fields: dict[str, Any], head: Any) -> Page:  # noqa: ANN401 - warcio has no types
    published = fields.pop("published_at")
    return Page(
        url=url,
        body=body,
        fetched_at=datetime.fromisoformat(head.get_header("WARC-Date")),
        published_at=datetime.fromisoformat(published) if published else None,
        **fields,
    )


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"), default=lambda moment: moment.isoformat())


def record_to_json(record: Fetch) -> str:
    """One line of JSON."""
    return _json(asdict(record))


def record_from_json(text: str) -> Fetch:
    """The record of `record_to_json`. Raises ValueError, TypeError or KeyError for another text."""
    fields = json.loads(text)
    return Fetch(**fields | {"fetched_at": datetime.fromisoformat(fields["fetched_at"])})
