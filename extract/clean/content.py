"""Which pieces of a page are the article: trafilatura's choice, the structure around each piece, then the line rules."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from extract.clean.context import judge_lines
from extract.clean.lines import Verdict, judge_words, read_line
from extract.clean.markup import Frame, Piece, read_pieces
from extract.clean.plain import TEXT, Judged

# The library's own warnings repeat what our skips say by name.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_WORDS = re.compile(r"\w+")
_SHINGLE = 3
_COVERED = 0.6
# Evidence names that take a block out of the article, the surest first; the reason is the same word but for these.
DROPPING = (
    "hidden", "cookie", "comments", "donation", "subscribe", "share", "advertisement", "read_also", "author_bio", "caption",
    "copyright", "navigation", "popup", "form", "button", "contact", "section", "footer", "sidebar", "teaser", "product", "cta",
    "author", "meta", "header",
)  # fmt: skip
REASON_OF_EVIDENCE = {
    "popup": "subscribe", "form": "form", "button": "navigation", "footer": "navigation", "sidebar": "sidebar", "product": "advertisement",
    "cta": "advertisement", "author": "byline", "meta": "date_line_dropped", "header": "navigation",
}  # fmt: skip


def all_evidence(frames: Sequence[Frame]) -> list[frozenset[str]]:
    """What the structure says inside each frame, by frame number: its own word and that of all around it."""
    inside: list[frozenset[str]] = []
    for frame in frames:
        outer = inside[frame.parent.number] if frame.parent is not None else frozenset()
        inside.append(outer | frame.evidence if frame.evidence else outer)
    return inside


def extract_main(tree: HtmlElement) -> str:
    """What trafilatura takes for the article; empty where it finds none."""
    options = Extractor(output_format="python", fast=True, recall=True, comments=False)
    try:
        document = bare_extraction(tree, options=options)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""
    return (document.text or "") if document is not None else ""


class Chosen:
    """Tells how much of a piece stands in the text that was chosen."""

    def __init__(self, text: str) -> None:
        self._lines = {" ".join(_WORDS.findall(line.lower())) for line in text.split("\n")}
        words = _WORDS.findall(text.lower())
        self._shingles = set(zip(words, words[1:], words[2:], strict=False))

    def holds(self, text: str) -> bool:
        """Most of these words stand there in this order."""
        words = _WORDS.findall(text.lower())
        if len(words) < _SHINGLE + 1:
            return " ".join(words) in self._lines
        shingles = list(zip(words, words[1:], words[2:], strict=False))
        return sum(shingle in self._shingles for shingle in shingles) >= _COVERED * len(shingles)


def judge_body(body: HtmlElement, tree: HtmlElement, title: str | None) -> list[Judged]:
    """Every block of the page's visible text, in page order, kept or dropped."""
    pieces, frames = read_pieces(body)
    chosen = Chosen(extract_main(tree))
    evidence = all_evidence(frames)
    inside = [chosen.holds(piece.text) for piece in pieces]
    lines = [read_line(piece.text) for piece, is_in in zip(pieces, inside, strict=True) if is_in]
    verdicts = iter(judge_lines(lines, title))
    judged: list[Judged] = []
    for piece, is_in in zip(pieces, inside, strict=True):
        verdict = next(verdicts) if is_in else judge_outside(piece, evidence[piece.frame.number])
        judged.append(Judged(piece.text, verdict or TEXT))
    return judged


def judge_outside(piece: Piece, evidence: Iterable[str]) -> Verdict:
    """The class of a block outside the article."""
    for name in DROPPING:
        if name in evidence:
            return Verdict(REASON_OF_EVIDENCE.get(name, name), f"structure-{name}")
    verdict = judge_words(read_line(piece.text))
    if verdict is not None:
        return verdict
    if piece.link_chars > len(piece.text) // 2:
        return Verdict("navigation", "mostly-links")
    return Verdict("outside", "outside-article")
