"""The records of a WARC file, read strictly: ISO 28500, compressed record by record, as a whole, or not at all.

In place of warcio, which reads damaged files as if they were older archives, and prints about them.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

FIRST_LINE = re.compile(rb"WARC/[01]\.\d{1,2}\s*")
LONGEST_LINE: Final = 16_384
LONGEST_HEAD: Final = 131_072
STEP_BYTES: Final = 65_536
STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


class BadWarc(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """An archive that cannot be read on; the records before stand."""


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record.

    headers: lower-case names; block: its first bytes, up to the reader's limit; length: of the whole block
    """

    headers: Mapping[str, str]
    block: bytes
    length: int

    @property
    def kind(self) -> str:
        """The record's type: response, resource, warcinfo …"""
        return self.headers.get("warc-type", "").lower()


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """What a response record holds. status: 0 where it cannot be read; headers: lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_records(stream: BinaryIO, limit: int) -> Iterator[WarcRecord]:
    """Every record in order, at most `limit` bytes of each block. Raises BadWarc, OSError, EOFError or zlib.error."""
    start = stream.read(2)
    stream.seek(0)
    lines = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if start == b"\x1f\x8b" else stream
    while first := _first_line(lines):
        if not FIRST_LINE.fullmatch(first):
            raise BadWarc(f"{first[:30]!r} where a record should begin")
        headers = parse_headers(_head(lines))
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 15:  # noqa: PLR2004 - a petabyte
            raise BadWarc(f"a record of length {length[:30]!r}")
        yield WarcRecord(headers, _block(lines, int(length), limit), int(length))


def _first_line(lines: BinaryIO) -> bytes:
    """The next line that is not blank, empty at the end of the file."""
    while line := lines.readline(LONGEST_LINE):
        if line.strip():
            return line
    return b""


def _head(lines: BinaryIO) -> bytes:
    head = bytearray()
    while line := lines.readline(LONGEST_LINE):
        if not line.strip():
            return bytes(head)
        head += line
        if len(head) > LONGEST_HEAD:
            raise BadWarc("a record's head without an end")
    raise BadWarc("the file ends within a record's head")


def _block(lines: BinaryIO, length: int, limit: int) -> bytes:
    block = lines.read(min(length, limit))
    left = length - len(block)
    if len(block) < min(length, limit):
        raise BadWarc("the file ends within a record")
    while left > 0:
        skipped = len(lines.read(min(left, STEP_BYTES)))
        if not skipped:
            raise BadWarc("the file ends within a record")
        left -= skipped
    return block


def parse_headers(head: bytes) -> dict[str, str]:
    """Header lines by lower-case name; the first of several counts, folded lines are joined, others passed over."""
    headers: dict[str, str] = {}
    last = ""
    for line in head.decode("utf-8", "replace").split("\n"):
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and last:
            headers[last] += " " + line.strip()
        elif colon and name.strip():
            last = name.strip().lower()
            headers.setdefault(last, value.strip())
    return headers


def parse_http(block: bytes) -> HttpMessage:
    """The answer in the block of a response record, its chunks joined."""
    end = END_OF_HEAD.search(block, 0, LONGEST_HEAD)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    status = STATUS_LINE.match(head)
    headers = parse_headers(head.partition(b"\n")[2])
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    return HttpMessage(int(status.group(1)) if status else 0, headers, body)


def _joined(body: bytes) -> bytes:
    """The chunks without their lengths; a body that is not in chunks, whatever its header says, as it is."""
    joined, at = bytearray(), 0
    while (end := body.find(b"\n", at, at + 100)) >= 0:
        size = body[at:end].partition(b";")[0].strip()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return bytes(joined) if joined else body
        length = int(size, 16)
        if length == 0:
            return bytes(joined)
        joined += body[end + 1 : end + 1 + length]
        at = end + 1 + length + (2 if body[end + 1 + length : end + 3 + length] == b"\r\n" else 1)
    return bytes(joined) if joined else body
