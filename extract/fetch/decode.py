"""Unpacking of compressed answers, never further than the limit: a bomb costs no more than an article."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final, Protocol

import brotli  # type: ignore[import-untyped] # no types are published

STEP_BYTES: Final = 65_536
GZIP, DEFLATE, RAW_DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
ASKED_FOR: Final = "gzip, deflate, br"


class BadBody(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """A body that cannot be read whole: the reason by name and a detail for a reader."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class Unpacker(Protocol):
    """Unpacks pieces as they come."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The unpacked bytes of a piece, at most STEP_BYTES at a time. Raises BadBody."""
        ...

    def close(self) -> None:
        """Raise BadBody if the packed bytes ended early."""
        ...


class PlainUnpacker:
    """For bytes that are not packed."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The piece itself."""
        yield piece

    def close(self) -> None:
        """Nothing can be missing."""


class ZlibUnpacker:
    """For gzip (several members in a row too) and deflate, with or without its zlib header, as servers mix them up."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._unpack = zlib.decompressobj(window)
        self._fed = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """See Unpacker."""
        if not self._fed and piece and self._window == DEFLATE and not _has_zlib_header(piece):
            self._unpack = zlib.decompressobj(RAW_DEFLATE)
        self._fed = self._fed or bool(piece)
        rest = piece
        while rest:
            if self._unpack.eof:
                if self._window != GZIP or not rest.startswith(b"\x1f"):
                    return  # padding behind the last member, as gzip itself ignores it
                self._unpack = zlib.decompressobj(GZIP)
            try:
                yield self._unpack.decompress(rest, STEP_BYTES)
            except zlib.error as error:
                raise BadBody("bad_gzip", str(error)) from None
            rest = self._unpack.unused_data if self._unpack.eof else self._unpack.unconsumed_tail

    def close(self) -> None:
        """See Unpacker."""
        if self._fed and not self._unpack.eof:
            raise BadBody("bad_gzip", "the compressed bytes end early")


class BrotliUnpacker:
    """For br."""

    def __init__(self) -> None:
        self._unpack = brotli.Decompressor()
        self._fed = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """See Unpacker."""
        self._fed = self._fed or bool(piece)
        try:
            yield self._unpack.process(piece, output_buffer_limit=STEP_BYTES)
            while not self._unpack.can_accept_more_data():
                yield self._unpack.process(b"", output_buffer_limit=STEP_BYTES)
        except brotli.error as error:
            raise BadBody("bad_brotli", str(error)) from None

    def close(self) -> None:
        """See Unpacker."""
        if self._fed and not self._unpack.is_finished():
            raise BadBody("bad_brotli", "the compressed bytes end early")


def _has_zlib_header(piece: bytes) -> bool:
    """RFC 1950 §2.2: method 8, and the first two bytes a multiple of 31."""
    return piece[0] & 15 == 8 and (len(piece) < 2 or int.from_bytes(piece[:2], "big") % 31 == 0)  # noqa: PLR2004 - from the RFC


def unpacker(encoding: str) -> Unpacker:
    """The unpacker for a Content-Encoding header. Raises BadBody for what was not asked for, or several in a row."""
    name = re.sub(r"\bidentity\b|[\s,]", "", encoding.lower())
    match name:
        case "" | "none" | "utf-8":
            return PlainUnpacker()
        case "gzip" | "x-gzip":
            return ZlibUnpacker(GZIP)
        case "deflate":
            return ZlibUnpacker(DEFLATE)
        case "br":
            return BrotliUnpacker()
    raise BadBody("unknown_encoding", encoding[:80])


class Body:
    """Collects a body within its limits. Raises BadBody as soon as one is passed."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._unpacker = unpacker(encoding)
        self._limit = limit
        self._packed = 0
        self._pieces = bytearray()

    def __len__(self) -> int:
        return len(self._pieces)

    def add(self, piece: bytes) -> None:
        """Take one piece as it came from the wire."""
        self._packed += len(piece)
        if self._packed > self._limit:
            raise BadBody("too_large", f"more than {self._limit:,} bytes")
        for unpacked in self._unpacker.feed(piece):
            self._pieces += unpacked
            if len(self._pieces) > self._limit:
                if isinstance(self._unpacker, PlainUnpacker):
                    raise BadBody("too_large", f"more than {self._limit:,} bytes")
                raise BadBody("unpacks_too_large", f"{self._packed:,} bytes unpack to more than {self._limit:,}")

    def start(self, size: int) -> bytes:
        """The first bytes so far."""
        return bytes(self._pieces[:size])

    def whole(self) -> bytes:
        """All of it. Raises BadBody if packed bytes are missing."""
        self._unpacker.close()
        return bytes(self._pieces)


def unpack(packed: bytes, encoding: str, limit: int) -> bytes:
    """The bytes without their content coding, at most `limit`. Raises BadBody."""
    body = Body(encoding, limit)
    body.add(packed)
    return body.whole()
