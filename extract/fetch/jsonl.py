"""Articles from JSONL: one record a line. A broken line is one named skip with its number, the others land."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import BinaryIO, Final

from extract.fetch.addresses import BadAddress, parse_address
from extract.fetch.records import Versions, new_page, parse_moment, skipped
from extract.fetch.settings import FetchSettings, Known
from extract.models import Fetch, Fetched, Page, Source

TEXT_KEYS: Final = ("title", "author", "outlet", "language")
LATEST_SECONDS: Final = 253_402_300_799  # 9999-12-31, the last moment that Python and SQL can hold
WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class BadRecord(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """One line that is no article; the reason by name and a detail for a reader."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def read_jsonl(
    stream: BinaryIO,
    *,
    name: str,
    source: Source,
    settings: FetchSettings,
    known: Mapping[str, Known],
    now: Callable[[], datetime],
) -> Iterator[Fetched]:
    """One Fetched for each line that is not blank.

    stream: plain or gzip-compressed bytes, told apart by the first two
    name: the file's path inside its source
    A record's address is its identity: again with the same content it is a duplicate, with other content a version.
    """
    place = f"file:{source.name}/{name}"
    reader = _RecordReader(source, known, now, Versions(known))
    any_line = False
    try:
        for number, line in _numbered_lines(stream, settings.max_bytes):
            any_line = True
            try:
                yield reader.read(line, settings.max_bytes)
            except BadRecord as error:
                yield skipped(f"{place}#L{number}", source.name, now(), error.reason, f"line {number}: {error.detail}")
    except (OSError, EOFError, zlib.error) as error:
        yield skipped(place, source.name, now(), "bad_gzip", f"the lines before were read: {error}"[:200])
        return
    if not any_line:
        yield skipped(place, source.name, now(), "empty")


def _numbered_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Line numbers from 1 with their bytes, null for one beyond the limit; blank lines are left out."""
    buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
    start = buffered.read(2)
    buffered.seek(0)
    lines: BinaryIO = gzip.GzipFile(fileobj=buffered) if start == b"\x1f\x8b" else buffered  # type: ignore[assignment] # a GzipFile reads like one
    number = 0
    while line := lines.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := lines.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


@dataclass(slots=True)
class _RecordReader:
    """Turns lines into pages."""

    source: Source
    known: Mapping[str, Known]
    now: Callable[[], datetime]
    versions: Versions

    def read(self, line: bytes | None, limit: int) -> Fetched:
        """The page of one line, null for one beyond the limit. Raises BadRecord."""
        if line is None:
            raise BadRecord("too_large", f"longer than {limit:,} bytes")
        record = _parse_record(line)
        page = self._page(record)
        digest = sha256(line.strip().removeprefix(codecs.BOM_UTF8)).hexdigest()
        reason = self.versions.reason_against(page.url, digest)
        if reason == "duplicate_address":
            raise BadRecord(reason, f"the same record of {page.url} stands before")
        if reason is not None:
            return skipped(page.url, self.source.name, page.fetched_at, reason)
        return new_page(
            page, self.known, digest=digest, record=Fetch(page.url, self.source.name, page.fetched_at, "page")
        )

    def _page(self, record: dict[str, object]) -> Page:
        body, media_type = _body(record)
        given = {key: _text(record, key) for key in TEXT_KEYS}
        published = _moment(record, "published")
        return Page(
            url=_url(record),
            source=self.source.name,
            body=body,
            media_type=media_type,
            fetched_at=_moment(record, "fetched") or self.now(),
            charset="utf-8",
            outlet=given["outlet"] or self.source.outlet,
            title=given["title"],
            author=given["author"],
            published_at=published,
            published_from="source" if published else None,
            language=given["language"] or self.source.language,
        )


def _parse_record(line: bytes) -> dict[str, object]:
    if line.startswith(WIDE_MARKS) or b"\x00" in line[:64]:
        raise BadRecord("bad_encoding", "UTF-16 or binary: save the file as UTF-8")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadRecord("bad_encoding", f"byte {error.start} is not UTF-8: save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadRecord("bad_json", f"{error.msg} at character {error.pos}") from None
    except (ValueError, RecursionError) as error:
        raise BadRecord("bad_json", f"cannot be read: {type(error).__name__}") from None
    if not isinstance(record, dict):
        raise BadRecord("bad_json", f"a {type(record).__name__} instead of an object")
    return record


def _url(record: dict[str, object]) -> str:
    given = _text(record, "url")
    if given is None:
        raise BadRecord("bad_record", "no `url`")
    try:
        return parse_address(given).name
    except BadAddress as error:
        raise BadRecord("bad_address", f"`url` is {error}") from None


def _body(record: dict[str, object]) -> tuple[bytes, str]:
    for key, media_type in (("html", "text/html"), ("text", "text/plain")):
        text = _text(record, key)
        if text is not None:
            return text.encode("utf-8", "replace"), media_type
    if "html" in record or "text" in record:
        raise BadRecord("empty", "`text` or `html` is there, but nothing is in it")
    raise BadRecord("bad_record", "neither `text` nor `html`")


def _text(record: dict[str, object], key: str) -> str | None:
    """The value where it is a text with something in it, else null. Raises BadRecord for another kind."""
    value = record.get(key)
    if key == "author" and isinstance(value, list) and all(isinstance(name, str) for name in value):
        value = ", ".join(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadRecord("bad_record", f"`{key}` is a {type(value).__name__} instead of a text")
    value = value.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate would break whoever stores it
    return value if value.strip() else None


def _moment(record: dict[str, object], key: str) -> datetime | None:
    """A moment as text, or as seconds since 1970. Raises BadRecord for anything else: a guess would be worse."""
    value = record.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= LATEST_SECONDS:
        return datetime.fromtimestamp(value, UTC)
    text = _text(record, key) if not isinstance(value, (int, float)) else str(value)
    if text is None:
        return None
    moment = parse_moment(text)
    if moment is None:
        raise BadRecord("bad_record", f"`{key}` is {text[:40]!r} instead of a time such as 2024-05-31T08:00:00Z")
    return moment
