"""Numbers in a list, of which only one may say what it measures: "three Syrians and |one| Egyptian were hurt"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.figures.mentions import UNKNOWN, Mention
from extract.figures.tables import word_set

_LIST_WORDS = word_set("lists", "list_words")
_LOCATIVE = word_set("lists", "locative")
_PLACE_WORDS = _LIST_WORDS | _LOCATIVE
_PEOPLE = frozenset({"person", "force"})
LIST_GAP = 5  # words
LEAST_PLACE_GAP, PLACE_GAP = 3, 10  # words: a preposition, a place and "and" at least


def place_neighbour(mention: Mention, same: Sequence[Mention]) -> Mention | None:
    """The count before a bare one in a list by places: "15 in Lima and |13| in Cusco"."""
    if not same or not same[-1].measure or mention.counted or mention.number.is_one or mention.number.is_several:
        return None
    words, first, behind = mention.sentence.words, same[-1].after, mention.behind_number
    between = words[first : mention.word]
    is_by_place = (
        behind < len(words)
        and words[behind].low in _LOCATIVE
        and LEAST_PLACE_GAP <= len(between) <= PLACE_GAP
        and between[0].low in _LOCATIVE
        and between[-1].low in _LIST_WORDS
    )
    if not is_by_place:
        return None
    is_plain = all(word.number < 0 and (word.shown[:1].isupper() or word.low in _PLACE_WORDS) for word in between)
    return same[-1] if is_plain else None


def list_neighbour(mention: Mention, same: Sequence[Mention], later: Sequence[Mention]) -> Mention | None:
    """The mention of the same list that has a measure: "three Syrians and |one| Egyptian"."""
    if same and same[-1].measure and only_list_words(mention, same[-1]) and _alike(mention, same[-1]):
        return same[-1]
    first = mention
    if mention.word and mention.sentence.words[mention.word - 1].low == "by":
        return None  # "carried out by |200 rebels|, nine soldiers were killed"
    for other in later:
        if (
            other.sentence is not mention.sentence
            or other.number.unit
            or not only_list_words(other, first)
            or not _alike(mention, other)
        ):
            return None
        if other.measure:
            return other if not other.rule.startswith(("noun", "modifier", "object")) else None
        first = other
    return None


def _alike(mention: Mention, other: Mention) -> bool:
    """Whether two counts may stand in one list: both of persons, both of things, or one without a noun."""
    if UNKNOWN in (mention.classes, other.classes):
        return True
    return bool(_PEOPLE & mention.classes) == bool(_PEOPLE & other.classes)


def only_list_words(second: Mention, first: Mention) -> bool:
    """Whether only commas, "and" and the like stand between two mentions."""
    between = second.sentence.lows[first.after : second.word]
    return 0 < len(between) <= LIST_GAP and _LIST_WORDS.issuperset(between)
