"""Words made fit to print: those that came from outside, and counts of things."""

from __future__ import annotations

import unicodedata

_KEPT = "\n\t"
_MARKDOWN = frozenset("\\`*_{}[]()#+-!|~")
_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def disarm(text: str) -> str:
    r"""The text with everything that a terminal could take as a command spelled out: "\x1b[2J" prints as "\\x1b[2J".

    Control characters, line and paragraph separators and the marks that turn the direction of writing are spelled out;
    a line break or tab stays.
    """
    return "".join(char if _is_harmless(char) else char.encode("unicode_escape").decode("ascii") for char in text)


def one_line(text: str, width: int = 200) -> str:
    """The disarmed text with its white space folded, cut to a width."""
    flat = disarm(" ".join(text.split()))
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def escape_markdown(text: str) -> str:
    """The text with every sign that Markdown or HTML would read as its own made plain."""
    return "".join(f"\\{char}" if char in _MARKDOWN else _HTML.get(char, char) for char in text)


def counted(count: int, noun: str) -> str:
    """The count with its noun: "1 page", "1,200 pages"."""
    return f"{count:,} {noun}{'s' if count != 1 else ''}"


def _is_harmless(char: str) -> bool:
    # Cf holds the bidi overrides, but also the joiners that Persian and many emoji need.
    return char in _KEPT or char in "\u200c\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
