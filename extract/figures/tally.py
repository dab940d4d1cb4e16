"""Tallies: lists of counts in which "a" and "one" count too: "two Turks, a Dane and one Finn"."""

from __future__ import annotations

from extract.figures import bounds
from extract.figures.lexicon import match_phrase
from extract.figures.mentions import Mention, make_mention
from extract.figures.nouns import DEMONYM_ENDINGS, find_counted, noun_classes
from extract.figures.numbers import Number
from extract.figures.tables import word_set
from extract.figures.words import Sentence

_SEPARATORS = word_set("tally", "separators")
_TELLING = word_set("tally", "telling")
_ARTICLES = frozenset({"a", "an"})
_COUNTABLE = ("person", "building", "vehicle")
MAX_GAP = 3  # words between two members of a list
_ONE = bounds.bounds_of("exact", bounds.ONE, is_count=True)


def mentions_of(sentence: Sentence) -> list[Mention]:
    """The mentions of a sentence in reading order, articles in tallies among them."""
    mentions = [make_mention(sentence, index) for index in range(len(sentence.numbers))]
    for position in [position for position, low in enumerate(sentence.lows) if low in _ARTICLES]:
        if sentence.words[position].number < 0 and _is_in_tally(sentence, position, mentions):
            mentions.append(_count_article(sentence, position))
            mentions.sort(key=lambda mention: mention.word)
    return mentions


def _is_in_tally(sentence: Sentence, position: int, mentions: list[Mention]) -> bool:
    if not _may_be_in_tally(sentence, position, mentions):
        return False
    counted = find_counted(sentence, position)
    if counted is None or counted.first != position + 1 or sentence.words[counted.head].tag in ("NNS", "NNPS"):
        return False
    if counted.last < len(sentence.words) and sentence.words[counted.last].low in _TELLING:
        return False  # "five bodies, a doctor said"
    classes = noun_classes(sentence.words[counted.head].low)
    kinds = [kind for kind in _COUNTABLE if kind in classes] or (
        ["person"] if _is_demonym(sentence, counted.head) else []
    )
    if not kinds:
        return False
    behind = match_phrase(sentence.words, counted.last, 6)
    if behind and behind.words[0] == "among":
        return True
    return any(
        not mention.number.unit
        and kinds[0] in mention.classes
        and _is_beside(sentence, position, counted.last, mention)
        for mention in mentions
    )


def _may_be_in_tally(sentence: Sentence, position: int, mentions: list[Mention]) -> bool:
    """Whether a list may go on before the article or before a later number: a look before its noun is read."""
    lows = sentence.lows
    if (position and lows[position - 1] in _SEPARATORS) or "among" in lows:
        return True
    return any(mention.word > position and lows[mention.word - 1] in _SEPARATORS for mention in mentions)


def _is_demonym(sentence: Sentence, head: int) -> bool:
    word = sentence.words[head]
    return word.shown[:1].isupper() and word.low.endswith(DEMONYM_ENDINGS)


def _is_beside(sentence: Sentence, first: int, last: int, mention: Mention) -> bool:
    """Whether only list words stand between the noun phrase first..last and the mention."""
    between = sentence.lows[mention.after : first] if mention.word < first else sentence.lows[last : mention.word]
    return 0 < len(between) <= MAX_GAP and _SEPARATORS.issuperset(between)


def _count_article(sentence: Sentence, position: int) -> Mention:
    word = sentence.words[position]
    word.number = len(sentence.numbers)
    sentence.numbers = (*sentence.numbers, Number(word.start, word.end, word.start, word.end, _ONE))
    return make_mention(sentence, word.number)
