"""Numbers put to a total: "the death toll rose to 12", "the number of hurt is 12", "that of officers at 16"."""

from __future__ import annotations

from extract.figures.lexicon import lexicon
from extract.figures.mentions import UNKNOWN, Mention, first_fitting
from extract.figures.tables import word_set
from extract.figures.words import Sentence

_LINKS = word_set("totals", "links")
_COUNTERS = word_set("totals", "counters")
_VAGUE_NOUNS = word_set("totals", "vague_nouns")
_INCLUDING = word_set("totals", "including")
_HEDGES = word_set("totals", "hedges")
_HELD_NOUNS = word_set("frames", "held_nouns")
_BE = frozenset({"is", "are", "was", "were"})
_LINKING = _INCLUDING | _BE
_NAMING = frozenset({"the", "those", "its"})
_HOLDING = frozenset({"are", "were", "include", "included"})
LOOK_LEFT = 30  # words
MAX_HEDGES = 3
MIN_GROUP = 3  # words: "The", a state, "were"


def measure_by_total(mention: Mention) -> tuple[str, str] | None:
    """The measure of the total that the number is put to."""
    if mention.counted and not _counts_nobody_special(mention):
        return None
    words = mention.sentence.words
    if frame := _total_behind(mention):
        return frame
    if mention.word == 0 or not _is_linked(mention):
        return None
    for position in range(mention.word - 1, max(-1, mention.word - LOOK_LEFT), -1):
        if words[position].low == ";":
            return None
        if frame := _total_at(mention, position):
            return frame
    return None


def _total_behind(mention: Mention) -> tuple[str, str] | None:
    """Read "brings to |12| the number of people killed": the total stands behind its number."""
    words, behind = mention.sentence.words, mention.behind_number
    before = words[mention.word - 1].low if mention.word else ""
    if before not in ("to", "at") or behind + 3 >= len(words) or words[behind].low != "the":
        return None
    if words[behind + 1].low not in _COUNTERS or words[behind + 2].low != "of":
        return None
    measure = _measure_of_counter(mention.sentence, behind + 1, len(words))
    return (measure, f"total:{words[behind + 1].low} behind") if measure else None


def measure_by_group(mention: Mention) -> tuple[str, str] | None:
    """Read "the dead include |four firemen|", "among the injured were |two nurses|": members of such a group."""
    words, position = mention.sentence.words, mention.word - 1
    if frame := _in_list_of_group(mention):
        return frame
    while position > 0 and words[position].low in _HEDGES and mention.word - position <= MAX_HEDGES:
        position -= 1
    if position < 1 or words[position].low not in _LINKING:
        return None
    first = max(0, position - 4)
    lows = mention.sentence.lows[first:position]
    state = lexicon().states.get(lows[-1], ())
    is_named = not _NAMING.isdisjoint(lows)
    is_group = is_named and not any(word.number >= 0 for word in words[first:position])
    if not is_group or (words[position].low in _BE and "among" not in lows):
        return None
    measure = first_fitting(state, mention.classes)
    return (measure, f"group:{lows[-1]}") if measure else None


def _in_list_of_group(mention: Mention) -> tuple[str, str] | None:
    """Read "|The injured| were two teachers, a driver and |three villagers|": the list behind such a subject."""
    words = mention.sentence.words
    if mention.word < MIN_GROUP or words[0].low != "the" or words[2].low not in _HOLDING:
        return None
    if any(word.tag[:2] == "VB" or word.low == ";" for word in words[MIN_GROUP : mention.word]):
        return None
    measure = first_fitting(lexicon().states.get(words[1].low, ()), mention.classes)
    return (measure, f"group:{words[1].low}") if measure in ("killed", "injured") else None


def _counts_nobody_special(mention: Mention) -> bool:
    return mention.head_low in _VAGUE_NOUNS


def _is_linked(mention: Mention) -> bool:
    """Whether the words right before the number put it to something."""
    before = mention.sentence.lows[max(0, mention.word - 3) : mention.word]
    return bool(before) and (
        before[-1] in _LINKS
        or (
            before[-1] in ("a", "the", "just", "only", ",", "least", "already", "currently")
            and any(word in _LINKS for word in before)
        )
    )


def _total_at(mention: Mention, position: int) -> tuple[str, str] | None:
    words, table = mention.sentence.words, lexicon()
    word = words[position].low
    if word in _COUNTERS and word not in ("that", "those", "numbers", "counts"):
        measure = _measure_of_counter(mention.sentence, position, mention.word)
        return (measure, f"total:{word} of") if measure else None
    pair = f"{words[position - 1].low} {word}" if position else ""
    for key in (pair, word):
        if key in table.totals and (key != word or _is_total_here(mention.sentence, position)):
            measure = first_fitting(table.totals[key], UNKNOWN)
            return (measure, f"total:{key}") if measure else None
    return None


def _is_total_here(sentence: Sentence, position: int) -> bool:
    """Read "toll" always; "dead" or "cases" only as the noun of the phrase, not behind another number."""
    words = sentence.words
    if words[position].low in ("toll", "turnout", "attendance", "caseload", "headcount"):
        return True
    return not any(word.number >= 0 for word in words[max(0, position - 3) : position])


def _measure_of_counter(sentence: Sentence, position: int, number: int) -> str | None:
    """Read "the number of |people killed|", "the official |death| total": the trigger beside the counting noun."""
    table, words = lexicon(), sentence.words
    near = sentence.lows[position + 1 : min(number, position + 12)]
    near += [words[position - 1].low] if position else []
    held: str | None = None
    for word in near:
        for lookup in (table.nouns, table.states, table.totals, table.events):
            if (measures := lookup.get(word)) and word in _HELD_NOUNS:
                held = held or measures[0]  # "the number of |prisoners| killed"
            elif measures:
                return measures[0]
        senses = [sense for sense in table.verbs.get(word, ()) if not sense.particle and not sense.classes]
        if senses and word.endswith(("ed", "en", "t")) and word != "hit":
            return senses[0].measure
    return held
