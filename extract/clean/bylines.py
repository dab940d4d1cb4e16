"""Bylines: "By Mara Lindqvist, Northgate" -> who wrote it."""

from __future__ import annotations

import re

from extract.clean.moments import cut_moment

_BY = re.compile(
    r"^(?:by|por|von|par|text|words|story|author|(?:written|reported|submitted|posted|published) by)\b ?:? ?",
    re.IGNORECASE,
)
# Small words that stand inside names and desks.
_SMALL_WORDS = (
    "de da do del della di van von der den la le el bin al and & for in of the at with staff our special"
    " political senior chief correspondent correspondents reporter reporters writer"
    " writers editor editors desk agencies | / , - – —"
)
_SMALL = frozenset(_SMALL_WORDS.split())
# "Reuters | 08.30.20"
_AFTER_NAME = re.compile(r"\s*[|,·-]\s*[\d./: -]{4,20}$")
_LONGEST = 12
_SPLIT = re.compile(r"\s+|(?<=[,|/])")


def is_byline(plain: str) -> bool:
    """The line names who wrote the text, perhaps with place and day, and says nothing else."""
    label = _BY.match(plain)
    if label is None or plain.endswith((".", "?", "!")):
        return False
    rest = cut_moment(plain[label.end() :])
    words = [word for word in _SPLIT.split(rest.strip(" |,-–—·")) if word]
    return 0 < len(words) <= _LONGEST and words[0][:1].isupper() and all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    bare = word.strip(",|/()·")
    return not bare or bare[:1].isupper() or bare.lower() in _SMALL


def read_byline(line: str | None) -> str | None:
    """The name out of a byline: "By Mara Lindqvist" -> "Mara Lindqvist"."""
    if line is None:
        return None
    name = _BY.sub("", cut_moment(line.strip())).strip(" |/,-–—·")
    return _AFTER_NAME.sub("", name).strip(" |/,-–—·") or None
