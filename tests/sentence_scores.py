"""Labelled sentences and how well the figures of each were read."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from extract.figures.engine import find_figures
from extract.figures.model import load_model
from extract.models import Article, Figure

FOLDER = Path(__file__).parent / "corpus" / "sentences"
FETCHED = datetime(2024, 6, 1, tzinfo=UTC)
EMPTY_WORDS = {"the", "a", "an", "its", "their", "his", "her", "all"}


@dataclass
class Score:
    """One sentence read: what is wrong, in words, and per labelled field whether it is right."""

    faults: list[str] = field(default_factory=list)
    fields: Counter = field(default_factory=Counter)


def cases(split):
    """The sentences of one file: dev to build on, held_out to measure with, bugs once fixed, known_misses."""
    lines = (FOLDER / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def score(case):
    """Hold one sentence's figures against its labels; what a careful reader could doubt is not labelled."""
    result, free = Score(), list(figures_of(case["text"], case["published"]))
    for label in case["figures"]:
        start = case["text"].index(label["quote"], label.get("from", 0))
        figure = _nearest(free, start, start + len(label["quote"]), label)
        result.fields["figure", figure is not None] += 1
        if figure is None:
            result.faults.append(f"missed {label['quote']!r}")
            continue
        free.remove(figure)
        for name, is_right in _judged(label, figure):
            result.fields[name, is_right] += 1
            if not is_right:
                found = getattr(figure, name)
                result.faults.append(f"{label['quote']!r}: {name} is {found!r}, not {label.get(name)!r}")
    result.fields["spurious", True] += len(free)
    result.faults += [f"no figure: {figure.quote!r}" for figure in free]
    return result


def share(fields, name):
    """How many of the labelled values of a field are right."""
    return fields[name, True] / max(1, fields[name, True] + fields[name, False])


@cache
def figures_of(text, published):
    """The figures of one sentence, read once a session."""
    article = Article(
        "p", "https://sentence.example/", "sentences", None, None, text, FETCHED,
        published_at=datetime.fromisoformat(published).replace(tzinfo=UTC),
    )  # fmt: skip
    return find_figures([article], _model())[0]


@cache
def _model():
    return load_model()


def _nearest(figures, start, end, label):
    """The figure that overlaps the labelled words; of several the one with the labelled number, then the nearest."""
    over = [figure for figure in figures if figure.char_start < end and figure.char_end > start]
    return min(
        over,
        key=lambda f: (not _is_number(f.low, label["low"]), abs(f.char_start - start) + abs(f.char_end - end)),
        default=None,
    )


def _judged(label, figure: Figure) -> Iterator[tuple[str, bool]]:
    """Each labelled field and whether the figure has it right."""
    yield "quote", figure.quote in label["quote"] or label["quote"] in figure.quote
    for name in ("low", "high"):
        yield name, _is_number(getattr(figure, name), label[name])
    for name in ("qualifier", "measure", "aspect", "trackable", "negated", "modality", "speech"):
        if name in label:
            yield name, getattr(figure, name) == label[name]
    for name in ("counted", "place", "claimant"):
        if name in label:
            yield name, _is_same_name(getattr(figure, name), label[name], is_noun=name == "counted")
    if "as_of" in label:
        yield "as_of", str(figure.as_of) == label["as_of"]
    if "part_of" in label:
        yield "part_of", figure.part_of is not None


def _is_number(found: Decimal | None, wanted):
    if found is None or wanted is None:
        return found is wanted
    return abs(float(found) - wanted) <= abs(wanted) / 1000


def _is_same_name(found, wanted, *, is_noun):
    """Equal but for articles; a noun by its head, so that "new cases of measles" is "new cases"."""
    if found is None or wanted is None:
        return found is wanted
    one, other = (_words(name, is_noun=is_noun) for name in (found, wanted))
    return one == other or (one[-1:] == other[-1:] and (set(one) <= set(other) or set(other) <= set(one)))


def _words(name, *, is_noun):
    words = name.lower().replace("\u2019", "'").split()
    if is_noun and "of" in words[1:]:
        words = words[: words.index("of", 1)]
    return [word for word in words if word not in EMPTY_WORDS]
