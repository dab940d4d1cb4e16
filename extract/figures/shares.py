"""Parts of a group named before them: "of the 17 dead, |nine| were women", "|three| of the injured were nurses"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.figures.lexicon import lexicon
from extract.figures.mentions import UNKNOWN, Mention, first_fitting
from extract.figures.nouns import noun_classes
from extract.figures.tables import word_set
from extract.figures.words import Word

_LEADS = word_set("shares", "leads")
_BEFORE = word_set("shares", "before")
_DETERMINERS = word_set("shares", "determiners")
_GROUPS = word_set("shares", "groups")
_PEOPLE = frozenset({"person", "force"})
_TELLS_NOTHING = (None, "other", "population", "affected", "deployed", "withdrawn")  # "nine were sent home"
_WEAK_RULES = ("near", "total", "list", "echo", "continued")
WINDOW = 60  # mentions
PHRASE = 16  # words from "of" to the comma: "Of the 40 dead in the fire at the Basel mill ,"
PARTITIVE = 6  # words from "of" to the state: "of the at least 40 people |killed|"


class Group(NamedTuple):
    """A group that is told apart: its number where it has one, and what is said of its members.

    end: index of the first word behind its phrase
    """

    whole: Mention | None
    measure: str | None
    end: int


def group_of(mentions: Sequence[Mention], index: int) -> Group | None:
    """The group that a count is a part of by its sentence's words; mentions: all of the text in reading order."""
    mention = mentions[index]
    if mention.number.is_increment or not _may_be_of_group(mention):
        return None
    beside = _beside(mentions, index)
    group = _group_behind(mention, beside) or _group_before(mention, beside)
    return group if group and _may_be_part(mention, group) else None


def _may_be_of_group(mention: Mention) -> bool:
    """Whether "of" stands behind the number, or "of" or "among" before it: a look before its sentence is read."""
    lows, behind = mention.sentence.lows, mention.behind_number
    return (behind < len(lows) and lows[behind] == "of") or not _LEADS.isdisjoint(lows[: mention.word])


def _beside(mentions: Sequence[Mention], index: int) -> Sequence[Mention]:
    """The mentions of the same sentence, which stand in a row."""
    sentence, first, end = mentions[index].sentence, index, index + 1
    least, most = max(0, index - WINDOW), min(len(mentions), index + WINDOW)
    while first > least and mentions[first - 1].sentence is sentence:
        first -= 1
    while end < most and mentions[end].sentence is sentence:
        end += 1
    return mentions[first:end]


def is_opening_whole(mention: Mention) -> bool:
    """Whether the number stands in "of the |60 people| on board, 11 …": what follows is not said of all of them."""
    words, position = mention.sentence.words, mention.word - 1
    while position > 0 and words[position].low in _DETERMINERS:
        position -= 1
    return position >= 0 and _opens(words, position)


def _opens(words: Sequence[Word], position: int) -> bool:
    """Whether "of" or "among" begins a clause here."""
    if words[position].low not in _LEADS:
        return False
    first = position - (position > 0 and words[position - 1].low == "out")
    return first == 0 or words[first - 1].low in _BEFORE


def _group_before(mention: Mention, mentions: Sequence[Mention]) -> Group | None:
    """Read "among the 23 injured, |four| are in hospital and |two| went home"."""
    words = mention.sentence.words
    for position in range(mention.word - 1, -1, -1):
        if words[position].low in _LEADS and _opens(words, position):
            end = next((at for at in range(position, mention.word) if words[at].low == ","), None)
            if end is None or end - position > PHRASE:
                return None
            return _group_at(mention, mentions, position + 1, end)
    return None


def _group_behind(mention: Mention, mentions: Sequence[Mention]) -> Group | None:
    """Read "|three| of the 18 dead", "|nine| of the dead", "|two| of those killed"."""
    words, position = mention.sentence.words, mention.behind_number
    lows = mention.sentence.lows[position : position + 2]
    if lows[:1] != ["of"] or (lows[-1] not in _DETERMINERS and words[position + 1 : position + 2] == []):
        return None
    for at in range(position + 1, min(position + 1 + PARTITIVE, len(words))):
        if words[at].low in _GROUPS:
            has_object = at + 1 < len(words) and words[at + 1].low in ("a", "an", "the")  # "killed a guard"
            return None if has_object else _group_at(mention, mentions, position + 1, at + 1)
        is_counted = any(word.number >= 0 for word in words[position + 1 : at])
        is_noun = is_counted and bool(noun_classes(words[at].low) & _PEOPLE)
        if not is_noun and words[at].low not in _DETERMINERS and words[at].number < 0:
            return None
    return None


def _group_at(mention: Mention, mentions: Sequence[Mention], first: int, end: int) -> Group | None:
    """The group named by the words first..end: by its number, else by what became of it."""
    inside = [
        other for other in mentions if first <= other.word < end and not other.number.unit and other is not mention
    ]
    if inside:
        whole = inside[0]
        return Group(whole, whole.measure if whole.measure in lexicon().tracked else None, end)
    words = mention.sentence.words
    if first >= end or words[first].low not in _DETERMINERS:
        return None
    table = lexicon()
    for word in words[first + 1 : end]:
        if word.low in _GROUPS:
            measures = table.states.get(word.low, ()) + table.nouns.get(word.low, ()) + table.totals.get(word.low, ())
            return Group(None, first_fitting(measures, UNKNOWN), end)
    return None


def _may_be_part(mention: Mention, group: Group) -> bool:
    """Whether the number counts some of the group: persons, no more than there are, of whom nothing else is told."""
    if group.measure is None or (mention.counted and not mention.is_partitive and not mention.classes & _PEOPLE):
        return False
    size, high = mention.number.bounds.low or 0, group.whole.number.bounds.high if group.whole else None
    if high is not None and size > high:
        return False
    is_told = mention.measure not in (*_TELLS_NOTHING, group.measure)
    return not is_told or mention.rule.startswith(_WEAK_RULES)
