"""Bytes to text: byte order mark, declared charset, the page's own word, and only then a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from extract.errors import UnreadablePage

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{1,40})""", re.IGNORECASE
)
_META_REACH = 4096
_GUESS_REACH = 65_536
# Control characters that no printed page holds; tab, newline and return stay.
_CONTROL_BYTES = bytes({*range(9), 11, *range(14, 32), 127})
_LINE_ENDS = ("\r\n", "\r", "\x0c", "\x85", "\u2028", "\u2029")
_FEW_CONTROLS = 20
_LEAST_LETTERS = 0.4
_BINARY_STARTS = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
    b"Rar!",
    b"BZh",
    b"7z\xbc\xaf",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00",
)
# More of the page than this in control characters, and it is no text.
_BINARY_SHARE = 0.02
# What browsers read under these names (WHATWG encoding standard).
_BROWSER_NAMES = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "iso-8859-9": "cp1254",
}


def decode_page(body: bytes, charset: str | None = None) -> str:
    """The text of a page's bytes, without NUL and control characters.

    charset: as declared outside the body; believed where the bytes bear it out.
    Raises UnreadablePage for bytes that are no text.
    """
    if body.startswith(_BINARY_STARTS) and not body.startswith((codecs.BOM_UTF32_BE,)):
        raise UnreadablePage(f"the first bytes are those of a binary file: {body[:4]!r}")
    text = _decode(body, charset)
    clear, controls = _drop_controls(text)
    unreadable = clear.count("\ufffd")
    # NULs between the letters of a text are a fault of whoever wrote the file, not a sign of a picture.
    if controls - text.count("\x00") + unreadable > max(_FEW_CONTROLS, _BINARY_SHARE * len(text)) or len(
        clear
    ) < _LEAST_LETTERS * len(text):
        raise UnreadablePage(f"{controls + unreadable} of {len(text)} characters are control characters or unreadable")
    return _even_line_ends(clear)


def _drop_controls(text: str) -> tuple[str, int]:
    """The text without control characters, and how many there were; by bytes, which is fifty times as fast."""
    packed = text.encode("utf-8", "replace")
    clear = packed.translate(None, _CONTROL_BYTES)
    return clear.decode("utf-8").replace("\ufeff", "").replace("\ufffe", ""), len(packed) - len(clear)


def _even_line_ends(text: str) -> str:
    """Every kind of line end as a newline."""
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text


def _decode(body: bytes, charset: str | None) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for name in _declared(body, charset):
        text = _try(body, name)
        if text is not None:
            return text
    guess = _guess(body)
    return body.decode(guess, "replace")


def _declared(body: bytes, charset: str | None) -> Iterator[str]:
    """UTF-8 first: bytes that happen to be valid UTF-8 with letters beyond ASCII are nothing else."""
    wide = _wide(body)
    if wide:
        yield wide
    yield "utf-8"
    if charset:
        yield charset
    found = _META.search(body[:_META_REACH])
    if found:
        yield found[1].decode("ascii")


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark shows by its zeros: every other byte of Latin mark-up."""
    start = body[:200]
    if len(start) < 8:  # noqa: PLR2004  # bytes
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.7 * half and even < 0.1 * half:  # share of zeros
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:  # share of zeros
        return "utf-16-be"
    return None


def _try(body: bytes, name: str) -> str | None:
    """The text if every byte is right in this charset and the outcome reads like text."""
    name = _BROWSER_NAMES.get(name.strip().lower(), name)
    try:
        text = body.decode(name)
    except (UnicodeError, LookupError):
        return None
    return text if name.startswith("utf") or _plausible(text) else None


def _plausible(text: str) -> bool:
    """Letters beyond ASCII are mostly letters of words, not signs: "Ð¿Ñ€" is Russian read in a wrong charset."""
    beyond = [c for c in text[:_GUESS_REACH] if c > "\x7f"]
    if len(beyond) < 8:  # noqa: PLR2004  # too few to tell
        return True
    odd = sum(not c.isalpha() and c not in "’‘“”–—…•·«»„©®€£°\xa0№§´" for c in beyond)
    return odd < 0.25 * len(beyond)  # share of signs


def _guess(body: bytes) -> str:
    best = from_bytes(body[:_GUESS_REACH], steps=5, chunk_size=512).best()
    return best.encoding if best is not None else "cp1252"
