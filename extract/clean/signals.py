"""Is a piece of a page its article? A weighted sum of plain signals; the weights stand in signal_weights.toml."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from extract.clean.lines import ends_sentence
from extract.clean.markup import Piece
from extract.clean.shape import Shape
from extract.clean.structure import HEADING_TAGS

# By name, one value a piece: a measure, or whether it holds. One array a signal takes a tenth of the time of one list a
# piece.
Signals = dict[str, npt.NDArray[np.float64] | npt.NDArray[np.bool_]]
_TAG_SIGNALS = {
    **dict.fromkeys(HEADING_TAGS, "tag-heading"),
    **dict.fromkeys(("button", "label", "option", "input"), "tag-control"),
    "p": "tag-p",
    "li": "tag-li",
    "div": "tag-div",
    "tr": "tag-tr",
}
_FEW, _SOME = 4, 10
_HALF_LINKS, _ALL_LINKS = 0.5, 0.9  # shares of characters
_FRAMES_BELOW = 3
_FAR = 20
_DEEP = 10


@cache
def signal_weights() -> dict[str, float]:
    """Weight by signal; a piece whose sum is above zero is article."""
    table = tomllib.loads(files("extract.clean").joinpath("signal_weights.toml").read_text("utf-8"))
    return {str(name): float(weight) for name, weight in table["weights"].items()}


def word_signals(pieces: Sequence[Piece]) -> Signals:
    """What the pieces' own words say."""
    texts = [piece.text for piece in pieces]
    counts = [text.count(" ") + 1 for text in texts]
    words = np.array(counts)
    links = np.array([piece.link_chars / len(piece.text) for piece in pieces])
    return {
        "words-log": np.array([math.log1p(count) for count in counts]),
        "links": links,
        "words-few": words < _FEW,
        "words-some": words <= _SOME,
        "links-half": links > _HALF_LINKS,
        "links-all": links > _ALL_LINKS,
        "ends-sentence": np.array([ends_sentence(text) for text in texts]),
        "ends-colon": np.array([text.endswith(":") for text in texts]),
        "starts-lower": np.array([text[0].islower() for text in texts]),
        "all-capitals": np.array([text.isupper() for text in texts]),
        "starts-digit": np.array([text[0].isdigit() for text in texts]),
    }


def tag_signals(pieces: Sequence[Piece], signals: Signals) -> Signals:
    """What the tags say around the pieces, and what their words say in a list."""
    tags = [_TAG_SIGNALS.get(piece.tag) for piece in pieces]
    found: Signals = {name: np.array([tag == name for tag in tags]) for name in sorted(filter(None, set(tags)))}
    found["tag-h1"] = np.array([piece.tag == "h1" for piece in pieces])
    if "tag-li" in found:
        found["li-few"] = found["tag-li"] * signals["words-few"]
        found["li-links"] = found["tag-li"] * signals["links-half"]
    return found


def place_signals(pieces: Sequence[Piece], shape: Shape) -> Signals:
    """What the pieces' places say: before or after the running text, in its frame or beside it."""
    places = np.arange(len(pieces))
    frames = [piece.frame.number for piece in pieces]
    below = np.array([min(shape.below_main[frame], _DEEP) for frame in frames])
    prose = np.array(shape.prose)
    is_heading = np.array([piece.tag in HEADING_TAGS for piece in pieces])
    after, before = places > shape.last, places < shape.first
    return {
        "place": places / len(pieces),
        "prose-before": (np.cumsum(prose) - prose) / (sum(shape.prose) or 1),
        "below-main": below / _DEEP,
        "after-prose": after,
        "after-prose-far": after * np.minimum(1.0, (places - shape.last) / _FAR),
        "before-prose": before,
        "before-prose-far": before * np.minimum(1.0, (shape.first - places) / _FAR),
        "among-prose": ~(after | before),
        "before-heading": places < shape.heading,
        "in-main": np.array([shape.in_main[frame] for frame in frames]),
        "is-main": below == 0,
        "deep-below-main": below > _FRAMES_BELOW,
        "prose": prose > 0,
        "heads-prose": is_heading & (np.append(prose[1:], 0) > 0),
    }


@lru_cache(maxsize=4096)
def _frame_weights(evidence: frozenset[str], places: frozenset[str]) -> list[float]:
    """What the structure around a piece says; sorted, so that sums are the same in every run."""
    names = ["in-" + name for name in sorted(evidence)] + ["at-" + name for name in sorted(places)]
    return [signal_weights().get(name, 0.0) for name in names]


def score_pieces(pieces: Sequence[Piece], shape: Shape) -> list[float]:
    """How much speaks for each piece being article, in log odds."""
    weights = signal_weights()
    signals = word_signals(pieces)
    signals |= tag_signals(pieces, signals)
    signals |= place_signals(pieces, shape)
    total = np.zeros(len(pieces))
    for name, values in signals.items():
        total += weights.get(name, 0.0) * values
    scores: list[float] = []
    for piece, score in zip(pieces, total.tolist(), strict=True):
        frame = piece.frame.number
        around = _frame_weights(shape.evidence[frame], shape.places[frame])
        scores.append(weights["bias"] + sum(around, start=score))
    return scores
