"""The words for what a number counts, also where they do not stand right behind it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.figures.lexicon import lexicon
from extract.figures.mentions import PART_PRONOUNS, Mention, counted_classes
from extract.figures.nouns import Counted, find_counted
from extract.figures.tables import load_table, word_set

_SUMS = frozenset(load_table("nouns")["sums"]["words"])
_STATE_NOUNS = word_set("counted_nouns", "state_nouns")
_FALLBACK_NOUNS = word_set("counted_nouns", "fallback_nouns")
_PLAIN_STATES = _STATE_NOUNS - _FALLBACK_NOUNS
_BE = word_set("counted_nouns", "be")
_COUNTERS = word_set("totals", "counters")
LOOK_FOR_SUM = LOOK_FOR_COUNTER = 14  # words


def counted_words(mention: Mention) -> str | None:
    """What is counted as the sentence writes it near the number; None where only other figures can tell."""
    sentence = mention.sentence
    if mention.number.unit_measure == "money":
        return _sum_noun(mention)
    if mention.counted and mention.number.unit_measure != "age":
        return _text(mention, mention.counted)
    if mention.number.is_attributive and (counted := find_counted(sentence, mention.word)):
        return _text(mention, counted)
    behind = sentence.lows[mention.behind_number : mention.behind_number + 2]
    if behind[:1] == ["of"]:
        return _noun_behind_of(mention, behind)
    return behind[0] if behind and behind[0] in _PLAIN_STATES else None


def _noun_behind_of(mention: Mention, behind: list[str]) -> str | None:
    """Read "40 tonnes of |grain|" and "45 of them were |children|"."""
    position = mention.behind_number
    if mention.number.unit:
        counted = find_counted(mention.sentence, position + (behind[-1] in ("the", "its", "a")))
        return _text(mention, counted) if counted else None
    return predicate_noun(mention, position + 2) if behind[-1] in PART_PRONOUNS else None


def fallback_words(mention: Mention, earlier: Sequence[Mention]) -> str | None:
    """The noun of the count before ("27 children were killed and |10| injured"), else the state itself."""
    words, behind = mention.sentence.words, mention.behind_number
    if mention.number.unit or mention.rule.startswith(("total", "near", "echo")):
        return _counter_noun(mention) or _total_noun(mention)
    same = [other for other in earlier if other.sentence is mention.sentence and other.noun and not other.number.unit]
    if same and "person" in same[-1].classes and not _says_measure(same[-1], mention):
        return same[-1].noun
    if behind < len(words) and words[behind].low in _FALLBACK_NOUNS:
        return words[behind].low
    return None


def _says_measure(other: Mention, mention: Mention) -> bool:
    """Read "78 bodies and 290 injured": a noun of the dead is not handed on to the living."""
    return other.measure != mention.measure and "killed" in lexicon().nouns.get(other.head_low, ())


def _text(mention: Mention, counted: Counted) -> str:
    sentence = mention.sentence
    words = sentence.words[counted.first : counted.last]
    return sentence.text[words[0].start - sentence.start : words[-1].end - sentence.start]


def predicate_noun(mention: Mention, position: int) -> str | None:
    """What the predicate at this word calls them: "45 of them were |children|"."""
    words = mention.sentence.words
    if position >= len(words) or words[position].low not in _BE:
        return None
    counted = find_counted(mention.sentence, position)
    return _text(mention, counted) if counted and counted.first == position + 1 else None


def _sum_noun(mention: Mention) -> str | None:
    """What a sum of money is: "|damage| of $3 million", "the |losses| are put at …", "$3 million in |damage|"."""
    lows, behind = mention.sentence.lows, mention.behind_number
    ahead = [low for low in lows[behind : behind + 4] if low in _SUMS]
    if ahead and lows[behind] not in (",", ".", ";", ")"):
        return ahead[0]
    before = [low for low in lows[max(0, mention.word - LOOK_FOR_SUM) : mention.word] if low in _SUMS]
    return before[-1] if before else None


def _counter_noun(mention: Mention) -> str | None:
    """Read "the death total of |civilians| at 26 and that of |officers| at 16": whom the total counts."""
    words = mention.sentence.words
    if not mention.rule.startswith("total:") or not mention.rule.endswith(" of"):
        return None
    for position in range(mention.word - 2, max(-1, mention.word - LOOK_FOR_COUNTER), -1):
        if words[position].number >= 0:
            return None
        if words[position].low in _COUNTERS and words[position + 1].low == "of":
            counted = find_counted(mention.sentence, position + 1)
            is_people = counted is not None and "person" in counted_classes(mention.sentence, counted)
            return _text(mention, counted) if counted and is_people else None
    return None


def _total_noun(mention: Mention) -> str | None:
    """Read "|layoffs| total 27,000", "|arrests| rose to 40": the total's own noun, but not "toll"."""
    _, _, key = mention.rule.partition(":")
    return (
        key
        if mention.rule.startswith("total:")
        and key in lexicon().nouns
        and key not in ("dead", "deaths", "killed", "fatalities")
        else None
    )
