"""Which sentences need a parse: those in which some rule might look at it with an outcome."""

from __future__ import annotations

from collections.abc import Sequence

from extract.figures.claimants import may_claim
from extract.figures.climb import may_be_told
from extract.figures.frames import FATALLY
from extract.figures.mentions import Mention
from extract.figures.past_clauses import may_tell_earlier
from extract.figures.words import Sentence


def needs_tree(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether the parse of a tagged sentence may change a figure: who vouches for it, what it measures, its day.

    mentions: those of the sentence
    """
    if may_claim(sentence) or may_tell_earlier(sentence):
        return True
    counts = [mention for mention in mentions if mention.number.unit_measure in (None, "other")]
    if any(may_be_told(mention) for mention in counts):
        return True
    return not FATALLY.isdisjoint(sentence.lows)
