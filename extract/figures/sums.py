"""Lists of people that add up to a number before them: "13 bodies; eight guerrillas, four soldiers, a civilian"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.figures.lexicon import lexicon
from extract.figures.mentions import Mention

REACH = 4  # counts before the list among which its whole may stand


def find_sums(mentions: Sequence[Mention]) -> None:
    """Give the members of a list without a measure that of the number they add up to, as its parts."""
    for first, last in _lists(mentions):
        total = sum((mention.number.bounds.value or Decimal(0) for mention in mentions[first:last]), Decimal(0))
        for whole in reversed(mentions[max(0, first - REACH) : first]):
            if whole.measure in lexicon().tracked and whole.number.bounds.value == total:
                for part in mentions[first:last]:
                    part.measure, part.rule = whole.measure, f"sum:{whole.rule}"
                    part.parent, part.is_part = whole, True
                break


def _lists(mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Runs of two or more counts of people in one sentence of which nothing is said."""
    first = 0
    while first < len(mentions):
        last = first
        if mentions[first].measure is None:  # most say what they measure
            while (
                last < len(mentions)
                and _is_bare_person(mentions[last])
                and mentions[last].sentence is mentions[first].sentence
            ):
                last += 1
            if last - first > 1:
                yield first, last
        first = max(last, first + 1)


def _is_bare_person(mention: Mention) -> bool:
    return mention.measure is None and "person" in mention.classes and mention.number.bounds.value is not None
