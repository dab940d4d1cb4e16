"""Where a count stands in its sentence, so that what is said there may not be said of it."""

from __future__ import annotations

from extract.figures.mentions import Mention
from extract.figures.tables import word_set

_PARENTS = word_set("standing", "parents")
_WITHIN = word_set("standing", "within")
_RESULTS = word_set("standing", "results")
_OWNERS = word_set("standing", "owners")
MAX_OWNERS = 2


def is_offspring(mention: Mention) -> bool:
    """Read "a mother of |three| died": her children, of whom nothing more is said."""
    words, position = mention.sentence.words, mention.word
    return (
        mention.counted is None
        and position > 1
        and words[position - 1].low == "of"
        and words[position - 2].low in _PARENTS
    )


def behind_partitive(mention: Mention) -> int:
    """Index of the word that the number stands with: "12 |dead|", "two of the |dead|"."""
    words, behind = mention.sentence.words, mention.behind_number
    lows = [word.low for word in words[behind : behind + 2]]
    return behind + 2 if lows in (["of", "the"], ["of", "those"]) else behind


def is_within(mention: Mention) -> bool:
    """Read "people across |19 districts| were hurt": the count tells where, another word who."""
    words, position = mention.sentence.words, mention.word - 1
    while position > 0 and words[position].low in _OWNERS:
        position -= 1
    if mention.counted is None or position < 1 or words[position].low not in _WITHIN:
        return False
    return "person" not in mention.classes and words[position - 1].low not in _RESULTS


def is_whole_of_share(mention: Mention) -> bool:
    """Read "17 of its |240 staff| fell ill": what is said is said of the 17."""
    words, position = mention.sentence.words, mention.word - 1
    steps = 0
    while position > 0 and words[position].low in _OWNERS and steps < MAX_OWNERS:
        position, steps = position - 1, steps + 1
    return position > 0 and words[position].low == "of" and words[position - 1].number >= 0
