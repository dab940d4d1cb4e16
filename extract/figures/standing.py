"""Where a count stands in its sentence, so that what is said there may not be said of it."""

from __future__ import annotations

from extract.figures.lexicon import Phrase
from extract.figures.mentions import Mention
from extract.figures.tables import load_table, word_set
from extract.figures.words import Sentence

_PARENTS = word_set("standing", "parents")
_WITHIN = word_set("standing", "within")
_RESULTS = word_set("standing", "results")
_OWNERS = word_set("standing", "owners")
_BURYING = word_set("standing", "burying")
_BURY = word_set("standing", "bury")
_SUMS = frozenset(load_table("nouns")["sums"]["words"])
_PASSIVE = frozenset({"was", "were", "been", "are"})
_ALL_BUT = ["all", "but"]
LOSS_REACH = 3  # words
EXCEPTION_REACH, WHOLE_REACH = 6, 12  # words before and behind a whole in which its exception stands
MAX_OWNERS = 2
BURYING_REACH = 12  # words


def unearthed(mention: Mention, measure: str, rule: str) -> str:
    """Read "an avalanche buried |11 skiers|": they are missing under it; whom people bury is dead."""
    if measure != "killed" or rule.rpartition(":")[2] not in _BURY:
        return measure
    near = mention.sentence.lows[max(0, mention.word - BURYING_REACH) : mention.after + BURYING_REACH]
    return measure if _BURYING.isdisjoint(near) else "missing"


def is_outdone(behind: tuple[str, str], before: tuple[str, str] | None) -> bool:
    """Read "|the bodies of| three men, all shot in the head": whose bodies were found is dead, however hurt."""
    return before is not None and before[0] == "killed" and before[1].startswith("event:") and behind[0] == "injured"


def is_amid(mention: Mention, phrase: Phrase) -> bool:
    """Read "12 others |on the ground| were hurt": where they stood, while the verb behind tells what became of them."""
    words = mention.sentence.words
    behind = mention.after + len(phrase.words)
    is_beside = tuple(word.low for word in words[mention.after : behind]) == phrase.words
    return is_beside and phrase.words[0] in ("on", "at") and behind < len(words) and words[behind].low in _PASSIVE


def counts_other(mention: Mention) -> str | None:
    """The rule by which a number counts nobody of whom the sentence tells; None where it may."""
    if mention.counted is None:
        if is_offspring(mention):
            return "offspring"
        if is_sum_without_currency(mention):
            return "worth"
    if is_lost_to(mention):
        return "lost_to"
    return "all_but" if is_all_but(mention) else None


def is_lost_to(mention: Mention) -> bool:
    """Read "the firm lost |14 men| to a rival", "the team |12 players| to injury": they live."""
    lows, after = mention.sentence.lows, mention.after
    is_to = after < len(lows) and lows[after] == "to"
    return is_to and "lost" in lows[max(0, mention.word - LOSS_REACH) : mention.word]


def is_all_but(mention: Mention) -> bool:
    """Read "all but |three| of the |90| aboard were saved": those who were saved are neither three nor 90."""
    lows = mention.sentence.lows
    if "but" not in lows:
        return False
    before = lows[max(0, mention.word - EXCEPTION_REACH) : mention.word]
    if before[-2:] == _ALL_BUT:
        return True
    is_of = before[-1:] == ["of"] or before[-2:] in (["of", "the"], ["of", "its"], ["of", "their"])
    behind = lows[mention.after : mention.after + WHOLE_REACH]
    return is_of and any(near[at : at + 2] == _ALL_BUT for near in (before, behind) for at in range(len(near)))


def is_sum_without_currency(mention: Mention) -> bool:
    """Read "nine fell ill and |thousands| in fees"; for a number without a noun of its own."""
    behind = mention.sentence.lows[mention.behind_number : mention.behind_number + 2]
    return behind[:1] == ["in"] and behind[-1] in _SUMS


def is_offspring(mention: Mention) -> bool:
    """Read "a mother of |three| died": her children, of whom nothing more is said; without a noun of its own."""
    lows, position = mention.sentence.lows, mention.word
    return position > 1 and lows[position - 1] == "of" and lows[position - 2] in _PARENTS


def behind_partitive(mention: Mention) -> int:
    """Index of the word that the number stands with: "12 |dead|", "two of the |dead|"."""
    behind = mention.behind_number
    lows = mention.sentence.lows[behind : behind + 2]
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


def behind_brackets(sentence: Sentence, position: int) -> int:
    """Position behind an insertion in brackets that begins here: "ten others [not named] were hurt"."""
    words = sentence.words
    if position < len(words) and words[position].low in ("(", "["):
        for end in range(position + 1, min(position + 16, len(words))):
            if words[end].low in (")", "]"):
                return end + 1
    return position


def is_aside(mention: Mention) -> bool:
    """Whether the sentence speaks of something else, but for a participle close behind: "four of the |12 hurt|"."""
    if is_within(mention):
        return True
    words = mention.sentence.words
    is_close = mention.after < len(words) and words[mention.after].tag == "VBN"
    return is_whole_of_share(mention) and not is_close
