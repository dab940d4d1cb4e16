"""Is a piece of a page its article? A weighted sum of plain signals; the weights stand in signal_weights.toml."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from extract.clean.markup import Piece
from extract.clean.shape import Shape
from extract.clean.structure import HEADING_TAGS

Signal = tuple[str, float]
_SENTENCE_END = re.compile(r"[.!?…][\"”')\]]{0,3}$")
_TAG_SIGNALS = {
    **dict.fromkeys(HEADING_TAGS, "tag-heading"),
    **dict.fromkeys(("button", "label", "option", "input"), "tag-control"),
    "p": "tag-p",
    "li": "tag-li",
    "div": "tag-div",
    "tr": "tag-tr",
}
_FEW, _SOME = 4, 10
_FAR = 20
_DEEP = 10


@cache
def signal_weights() -> dict[str, float]:
    """Weight by signal; a piece whose sum is above zero is article."""
    table = tomllib.loads(files("extract.clean").joinpath("signal_weights.toml").read_text("utf-8"))
    return {str(name): float(weight) for name, weight in table["weights"].items()}


def word_signals(piece: Piece) -> list[Signal]:
    """What a piece's own words say."""
    text, words = piece.text, piece.text.count(" ") + 1
    links = piece.link_chars / len(text)
    found = [("words-log", math.log1p(words)), ("links", links)]
    checks = (
        ("words-few", words < _FEW),
        ("words-some", words <= _SOME),
        ("links-half", links > 0.5),  # noqa: PLR2004  # share of characters
        ("links-all", links > 0.9),  # noqa: PLR2004  # share of characters
        ("ends-sentence", _SENTENCE_END.search(text[-6:]) is not None),
        ("ends-colon", text.endswith(":")),
        ("starts-lower", text[:1].islower()),
        ("all-capitals", text.isupper()),
        ("starts-digit", text[:1].isdigit()),
    )
    found += [(name, 1.0) for name, holds in checks if holds]
    tag = _TAG_SIGNALS.get(piece.tag)
    if tag is not None:
        found.append((tag, 1.0))
    if piece.tag == "h1":
        found.append(("tag-h1", 1.0))
    if tag == "tag-li":
        found += [(name, 1.0) for name, holds in (("li-few", words < _FEW), ("li-links", links > 0.5)) if holds]  # noqa: PLR2004
    return found


def place_signals(place: int, piece: Piece, pieces: Sequence[Piece], shape: Shape, read: float) -> list[Signal]:
    """What a piece's place says: before or after the running text, in its frame or beside it.

    read: the share of the page's running text that stands before the piece
    """
    frame = piece.frame.number
    below = min(shape.below_main[frame], _DEEP)
    found = [("place", place / len(pieces)), ("prose-before", read), ("below-main", below / _DEEP)]
    if place > shape.last:
        found += [("after-prose", 1.0), ("after-prose-far", min(1.0, (place - shape.last) / _FAR))]
    elif place < shape.first:
        found += [("before-prose", 1.0), ("before-prose-far", min(1.0, (shape.first - place) / _FAR))]
    else:
        found.append(("among-prose", 1.0))
    following = shape.prose[place + 1] if place + 1 < len(pieces) else 0
    checks = (
        ("before-heading", place < shape.heading),
        ("in-main", shape.in_main[frame]),
        ("is-main", below == 0),
        ("deep-below-main", below > 3),  # noqa: PLR2004  # frames
        ("prose", shape.prose[place] > 0),
        ("heads-prose", piece.tag in HEADING_TAGS and following > 0),
    )
    return found + [(name, 1.0) for name, holds in checks if holds]


@lru_cache(maxsize=4096)
def frame_signals(evidence: frozenset[str], places: frozenset[str]) -> list[Signal]:
    """What the structure around a piece says; sorted, so that sums are the same in every run."""
    return [("in-" + name, 1.0) for name in sorted(evidence)] + [("at-" + name, 1.0) for name in sorted(places)]


def piece_signals(pieces: Sequence[Piece], shape: Shape) -> list[list[Signal]]:
    """All signals of all pieces; those that are zero are left out."""
    total = sum(shape.prose) or 1
    read = 0
    signals: list[list[Signal]] = []
    for place, piece in enumerate(pieces):
        frame = piece.frame.number
        found = word_signals(piece) + place_signals(place, piece, pieces, shape, read / total)
        found += frame_signals(shape.evidence[frame], shape.places[frame])
        signals.append(found)
        read += shape.prose[place]
    return signals


def score_pieces(pieces: Sequence[Piece], shape: Shape) -> list[float]:
    """How much speaks for each piece being article, in log odds."""
    weights = signal_weights()
    bias = weights["bias"]
    return [
        bias + sum(weights.get(name, 0.0) * value for name, value in found) for found in piece_signals(pieces, shape)
    ]
