"""Which line of a plain text is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.clean.lines import Line, Verdict

_LONGEST = 32
_LONGEST_CHARACTERS = 400
_SHORTEST = 4
_SEARCHED = 25
_TITLE_TAIL = re.compile(r"\s[|–—-]\s[^|–—]{2,40}$")


def reads_like_headline(line: Line) -> bool:
    """Some words without a full stop, not a label, not the start of a list."""
    if not _SHORTEST <= line.words <= _LONGEST or line.bulleted or len(line.plain) > _LONGEST_CHARACTERS:
        return False
    if line.plain.endswith((".", ":", ";", ",", "…", "]")) and not line.plain.endswith(("U.S.", "U.K.", "U.N.")):
        return False
    first = line.plain.lstrip("\"'([")[:1]
    return first.isupper() or first.isdigit() or not first.isascii()


def find_headline(lines: Sequence[Line], verdicts: Sequence[Verdict | None], title: str | None = None) -> int | None:
    """The place of the headline; null where the text begins with its first sentence.

    title: where it is known, the line that repeats it is the headline, and no other.
    """
    if title is not None:
        return _find_known(lines, title)
    for place, line in enumerate(lines[:_SEARCHED]):
        if verdicts[place] is not None:
            continue
        if reads_like_headline(line):
            return place
        if line.ends_sentence or line.words > _LONGEST:
            return None
    return None


def _find_known(lines: Sequence[Line], title: str) -> int | None:
    wanted = {_bare(title), _bare(_TITLE_TAIL.sub("", title))} - {""}
    return next((place for place, line in enumerate(lines[: 4 * _SEARCHED]) if _bare(line.text) in wanted), None)


def _bare(text: str) -> str:
    """Letters and digits only: quotes and spaces differ between a page's title and its headline."""
    return "".join(filter(str.isalnum, text.casefold()))
