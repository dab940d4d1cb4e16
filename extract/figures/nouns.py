"""The noun that a number counts, and what kind of thing it is."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.figures.lexicon import lexicon
from extract.figures.tables import load_table, word_set
from extract.figures.words import Sentence, Word

_TABLE = {name: frozenset(word.lower() for word in entry["words"]) for name, entry in load_table("nouns").items()}
_CLASSES = (
    "person",
    "force",
    "building",
    "vehicle",
    "thing",
    "job",
    "employee",
    "household",
    "body",
    "fugitive",
    "fallen",
)
_PERSON_ENDING = re.compile(
    r"(?:[^aeiou]er|ior|tor|sor|ist|ian|ean|man|men|ee|women|ite|ivist)s?$|(?:ians|ans|ants|ese)$"
)
_NOT_PERSONS = word_set("nouns", "not_persons")
_WORKING = frozenset({"force", "employee", "fugitive"})  # roles of persons: "12 firefighters"
_OTHER = frozenset({"thing_other"})
MAX_NOUN = 9  # words of one noun phrase
_JOINTS = frozenset({"and", "or", "&"})
DEMONYM_ENDINGS = ("an", "ans", "ese", "i", "is", "ish", "ons", "ards")
_STOP_TAGS = (
    "VBD",
    "VBZ",
    "VBP",
    "VB",
    "MD",
    "IN",
    "TO",
    "WDT",
    "WP",
    "WRB",
    "PRP",
    "DT",
    "RB",
    "EX",
    "WP$",
    "PRP$",
    "UH",
    "RP",
    "RBR",
)
FUNCTION_WORDS = word_set("nouns", "function_words")


class Counted(NamedTuple):
    """The counted noun as word indices of its sentence: first..last with its modifiers, head the noun itself."""

    first: int
    last: int
    head: int


def noun_classes(noun: str) -> frozenset[str]:
    """All classes of a noun's lower-case form: "soldiers" -> {person, force}; {"thing_other"} if unknown."""
    return _noun_classes(noun.lower())


@lru_cache(maxsize=8192)  # words of articles: as many as memory should hold
def _noun_classes(noun: str) -> frozenset[str]:
    found = {name for name in _CLASSES if noun in _TABLE[name]}
    if not found and noun.endswith(("house", "houses", "shop", "shops")):
        found.add("building")
    if noun in ("life", "lives"):
        found |= {"life"}
    if noun in ("vote", "votes", "ballot", "ballots"):
        found |= {"ballot"}
    if noun not in _NOT_PERSONS and not found - _WORKING and _PERSON_ENDING.search(noun):
        found.add("person")
        if noun.endswith(("workers", "men")):
            found |= {"employee"}
    if noun.endswith("s") and not found and not noun.endswith("ss"):
        found = {name for name in _CLASSES if noun[:-1] in _TABLE[name]}
    return frozenset(found or {"thing_other"})


def mend_tags(sentence: Sentence) -> None:
    """Make a noun of a known noun right behind a number that the parser took for a verb in -s, once it has parsed.

    "31 inmates flee": no verb in -s has a number for its subject.
    """
    for before, word in pairwise(sentence.words):
        if before.number >= 0 and word.number < 0 and word.tag == "VBZ" and noun_classes(word.low) != _OTHER:
            word.tag = "NNS"


def find_counted(sentence: Sentence, index: int) -> Counted | None:
    """The noun that the number at the word index counts: "eight |police officers and members of the guard|"."""
    words = sentence.words
    number = words[index].number
    first = index + 1
    while number >= 0 and first < len(words) and words[first].number == number:
        first += 1
    last = _run_end(sentence, first)
    while last > first and words[last - 1].low in _TABLE["no_head"]:
        last -= 1
    for head in range(last - 1, first - 1, -1):
        if _is_noun(sentence, head):
            return _with_of(sentence, Counted(first, head + 1, head))
    return None


def _is_noun(sentence: Sentence, position: int) -> bool:
    word = sentence.words[position]
    if sentence.is_tagged:
        return word.tag[:2] == "NN" or (word.tag == "JJ" and _stands_for_persons(word))
    return word.low[-1].isalpha()


def _run_end(sentence: Sentence, first: int) -> int:
    """End of the run of words that can belong to one noun phrase."""
    words, position = sentence.words, first
    most = min(len(words), first + MAX_NOUN)
    seen_plural = False
    while position < most:
        word = words[position]
        if word.number >= 0 or not _may_belong(sentence, position, first):
            break
        is_joint = word.low in _JOINTS and words[position - 1].low != "-"  # not "full- and part-time workers"
        if is_joint and not _joins_persons(sentence, position, first):
            break
        if seen_plural and _begins_anew(sentence, position):
            break
        seen_plural = seen_plural or word.tag == "NNS"
        position += 1
    return position


def _begins_anew(sentence: Sentence, position: int) -> bool:
    """Whether the noun ended with the plural before this word: "12 people |needed| help"."""
    words = sentence.words
    return words[position].tag in ("VBN", "VBD", "VBG") or (
        words[position].tag in ("NNP", "NNPS") and words[position - 1].tag == "NNS"
    )


def _joins_persons(sentence: Sentence, position: int, first: int) -> bool:
    """Read "eight police officers and members …": a list of two nouns under one number, both of people."""
    words = sentence.words
    after = position + 1
    while (
        after < len(words)
        and after < position + 3
        and words[after].tag in ("JJ", "NN", "NNP")
        and "person" not in noun_classes(words[after].low)
    ):
        after += 1
    if position == first or after >= len(words) or words[after].number >= 0:
        return False
    is_plural = words[after].tag in ("NNS", "NNPS")
    return is_plural and all("person" in noun_classes(words[side].low) for side in (position - 1, after))


def _may_belong(sentence: Sentence, position: int, first: int) -> bool:
    word = sentence.words[position]
    low = word.low
    if not low[0].isalpha() and position > first:
        is_joint = low in ("-", "'s", "'") and position + 1 < len(sentence.words)
        return is_joint and sentence.words[position + 1].low[0].isalpha()
    if not low[0].isalpha() or (position == first and low in ("under", "over")):
        return low == '"' or _is_hyphened(sentence, position)
    if not sentence.is_tagged:
        return low not in FUNCTION_WORDS and not (low in lexicon().verbs and not _before_noun(sentence, position))
    if word.tag in ("VBN", "VBD", "VBG") and word.low in FUNCTION_WORDS:
        return False
    if word.tag in ("VBN", "VBD", "VBG", "JJ", "JJR"):
        return _before_noun(sentence, position) or (word.tag == "JJ" and _stands_for_persons(word))
    return (not word.tag.startswith(_STOP_TAGS) or word.tag == "POS") and word.low not in ("more", "less", "worth")


def _is_hyphened(sentence: Sentence, position: int) -> bool:
    """Read "12 |under|-fives"."""
    return position + 2 < len(sentence.words) and sentence.words[position + 1].low == "-"


def _stands_for_persons(word: Word) -> bool:
    """Read "one Egyptian", "a Pakistani": an adjective that names a person."""
    if word.low in lexicon().states:
        return False
    return "person" in noun_classes(word.low) or (word.shown[0].isupper() and word.low.endswith(DEMONYM_ENDINGS))


def _before_noun(sentence: Sentence, position: int) -> bool:
    """Whether a noun follows within the same run, so that the word here modifies it."""
    words = sentence.words
    for later in range(position + 1, min(position + 4, len(words))):
        if sentence.is_tagged:
            if words[later].tag[:2] == "NN":
                return words[later].low not in _TABLE["no_head"]
            if words[later].tag not in ("JJ", "VBN", "VBG", "CC", "HYPH", ":", ",") or words[later].low == ",":
                return False
        else:
            return (
                words[later].low not in FUNCTION_WORDS
                and words[later].low[0].isalpha()
                and words[later].low.endswith(("s", "men", "people", "children"))
            )
    return False


def _with_of(sentence: Sentence, counted: Counted) -> Counted:
    """Add "of the national guard" behind group nouns."""
    words = sentence.words
    after = counted.last
    if words[counted.head].low not in _TABLE["group_of"] or after >= len(words) or words[after].low != "of":
        return counted
    first = after + 1
    while first < len(words) and words[first].low in ("the", "its", "their", "his", "her", "a", "an", "this", "that"):
        first += 1
    end = _run_end(sentence, first)
    return Counted(counted.first, end, counted.head) if end > first else counted
