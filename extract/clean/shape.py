"""Where on a page the running text stands, and what the structure around each piece says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.clean.lines import ends_sentence
from extract.clean.markup import Frame, Piece

# What marks the place of the article; everything else speaks of what is not.
PLACES = frozenset({"article", "main", "body"})
_NOTHING: frozenset[str] = frozenset()
_PROSE_WORDS = 10
_PROSE_LINKS = 0.4
# A frame with at least this share of the page's running text is the page itself, whatever its class names say.
_WHOLE_PAGE = 0.4
_MAIN = 0.5


@dataclass(frozen=True, slots=True)
class Shape:
    """A page's outline.

    prose: by piece, its characters if it reads like running text, else 0
    evidence, places: by frame, what the structure says inside it
    below_main: by frame, how many frames lie between it and one that holds most of the running text (0 = itself)
    in_main: by frame, whether it lies in the innermost frame that holds most of the running text
    first, last: the pieces with the first and last running text of that frame
    heading: the first piece that is a first-level heading; -1 = there is none
    """

    prose: list[int]
    evidence: list[frozenset[str]]
    places: list[frozenset[str]]
    below_main: list[int]
    in_main: list[bool]
    first: int
    last: int
    heading: int


def prose_of(piece: Piece) -> int:
    """How many characters of running text a piece has: all, or none."""
    if piece.text.count(" ") < _PROSE_WORDS - 1 or piece.link_chars >= _PROSE_LINKS * len(piece.text):
        return 0
    return len(piece.text) if ends_sentence(piece.text) else 0


def find_shape(pieces: Sequence[Piece], frames: Sequence[Frame]) -> Shape:
    """The outline of a page; frames come outermost first, as they were read."""
    prose = [prose_of(piece) for piece in pieces]
    inside = _prose_inside(pieces, frames, prose)
    total = inside[0] or 1
    evidence, places = _gather_evidence(frames, inside, total)
    below_main, in_main = _find_main(frames, inside, total)
    running = [i for i, piece in enumerate(pieces) if prose[i] and in_main[piece.frame.number]]
    heading = next((i for i, piece in enumerate(pieces) if piece.tag == "h1"), -1)
    first, last = (running[0], running[-1]) if running else (0, len(pieces))
    return Shape(prose, evidence, places, below_main, in_main, first, last, heading)


def _prose_inside(pieces: Sequence[Piece], frames: Sequence[Frame], prose: Sequence[int]) -> list[int]:
    """How much running text each frame holds."""
    inside = [0] * len(frames)
    for piece, length in zip(pieces, prose, strict=True):
        inside[piece.frame.number] += length
    for frame in reversed(frames):
        if frame.parent is not None:
            inside[frame.parent.number] += inside[frame.number]
    return inside


def _gather_evidence(
    frames: Sequence[Frame], inside: Sequence[int], total: int
) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """By frame, its own evidence and that of all frames around it; a frame around most of the page is not believed."""
    evidence, places = [_NOTHING] * len(frames), [_NOTHING] * len(frames)
    for frame in frames:
        number = frame.number
        if frame.parent is not None:
            evidence[number], places[number] = evidence[frame.parent.number], places[frame.parent.number]
        if not frame.evidence:
            continue
        speaking, placing = _part(frame.evidence)
        if speaking and inside[number] < _WHOLE_PAGE * total:
            evidence[number] = _join(evidence[number], speaking)
        if placing:
            places[number] = _join(places[number], placing)
    return evidence, places


@lru_cache(maxsize=4096)
def _part(evidence: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    return evidence - PLACES, evidence & PLACES


@lru_cache(maxsize=4096)
def _join(outer: frozenset[str], own: frozenset[str]) -> frozenset[str]:
    return outer | own


def _find_main(frames: Sequence[Frame], inside: Sequence[int], total: int) -> tuple[list[int], list[bool]]:
    """By frame, how far below a frame with most of the running text it lies, and whether in the innermost of them."""
    below, depth = [0] * len(frames), [0] * len(frames)
    main = 0
    for frame in frames[1:]:
        outer = frame.parent.number if frame.parent is not None else 0
        depth[frame.number] = depth[outer] + 1
        if inside[frame.number] >= _MAIN * total:
            main = frame.number if depth[frame.number] > depth[main] else main
        else:
            below[frame.number] = below[outer] + 1
    in_main = [False] * len(frames)
    for frame in frames:
        in_main[frame.number] = frame.number == main or (frame.parent is not None and in_main[frame.parent.number])
    return below, in_main
