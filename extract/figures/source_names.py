"""Names of sources: where a noun phrase begins and ends, how it reads, and what kind of source it names."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.figures.nouns import noun_classes
from extract.figures.tables import any_of, last_words, load_table, may_end_with, word_set
from extract.figures.words import Sentence

_TABLE = load_table("claims")
_DOCUMENTS = frozenset(_TABLE["documents"]["words"])
PRONOUNS = word_set("source_names", "pronouns")
_AUXILIARIES = word_set("source_names", "auxiliaries")
_BREAKS = word_set("source_names", "breaks")
_ENDS = word_set("source_names", "ends")
_ARTICLES = ("the ", "a ", "an ", "that ", "this ", "its ", "their ", "his ", "her ", "some ")
_TIME = re.compile(
    rf"\s+(?:(?:on|late|early|last)\s+)?(?:{any_of(load_table('nouns')['no_head']['words'])})$|\s+(?:on|in|at|late|early)$",
    re.IGNORECASE,
)
_TIME_ENDINGS = (*last_words(load_table("nouns")["no_head"]["words"]), "on", "in", "at", "late", "early")
_SPACES, _POSSESSIVE = re.compile(r"\s+"), re.compile(r"['\u2019]s?$")
_LEFT_OUT = ("relcl", "acl", "punct", "cc", "conj", "advcl", "parataxis", "npadvmod", "advmod")
_CLOCK = re.compile(r"^(?:\d+|twelve)\s+(?:noon|midnight)\s+", re.IGNORECASE)  # "by 12 noon police had found"
_OPEN_BRACKET = re.compile(r"\s*\([^()]*$")  # of "Human Rights Council (HRC"
_MARKS = " ,;:\"'\u201c\u201d\u2018\u2019()[]"
MAX_NAME = 14  # words
MAX_APPOSITION = 6
MAX_JOINT = 4


def noun_span(sentence: Sentence, head: int) -> tuple[int, int]:
    """The noun with its modifiers, of-phrases and a close apposition, without relative clauses."""
    words = sentence.words
    first = last = head
    waiting = [head]
    while waiting:
        position = waiting.pop()
        first, last = min(first, position), max(last, position)
        for child in sentence.children[position]:
            if words[child].dep == "appos" and child - head > MAX_APPOSITION:
                continue
            if words[child].dep not in _LEFT_OUT or (
                words[child].dep == "conj" and _is_joint(sentence, position, child)
            ):
                waiting.append(child)
    return max(first, last - MAX_NAME), last


def _is_joint(sentence: Sentence, position: int, child: int) -> bool:
    """Read "police and local media": two sources in one subject; "Institute of Health and Safety"."""
    words = sentence.words
    return (
        words[child].tag.startswith("NN")
        and child - position <= MAX_JOINT
        and all(word.low != "," for word in words[position:child])
    )


def words_beside(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """The run of words before the verb that can be a name, else the one behind it ("said the ministry")."""
    words, last = sentence.words, verb - 1
    while last >= 0 and words[last].low in _AUXILIARIES:
        last -= 1
    if (last < 0 or words[last].low in (",", '"', "'")) and verb + 1 < len(words):
        end = name_end(sentence, verb + 1)
        return (verb + 1, end - 1) if end > verb + 1 else None
    first = last
    while first >= 0 and last - first < MAX_NAME and _may_be_in_name(sentence, first):
        first -= 1
    return (first + 1, last) if first < last else None


def _may_be_in_name(sentence: Sentence, position: int) -> bool:
    word = sentence.words[position]
    return word.number < 0 and (word.low[0].isalpha() or word.low in ("'s", "-")) and word.low not in _BREAKS


def name_end(sentence: Sentence, first: int) -> int:
    """End of the noun phrase that begins at the word: by the parse, else up to a comma, a verb or a new clause."""
    words, position = sentence.words, first
    if sentence.is_parsed and first < len(words):
        head = _head_of_run(sentence, first)
        return (
            noun_span(sentence, head)[1] + 1 if words[head].tag[:2] in ("NN", "PR", "JJ", "CD", "DT", "VB") else first
        )
    while position < len(words) and position - first < MAX_NAME:
        low = words[position].low
        if not (low[0].isalnum() or low in ("'s", "-", ".")) or (low in _ENDS and position > first):
            break
        position += 1
    return position


def _head_of_run(sentence: Sentence, first: int) -> int:
    words, head = sentence.words, first
    while words[head].head > head and words[head].head - first < MAX_NAME and words[words[head].head].tag[:2] == "NN":
        head = words[head].head
    return head


def read_name(sentence: Sentence, text: str, first: int, last: int) -> str | None:
    """The name as written, without article, title commas and trailing time words; None where nothing is left."""
    words = sentence.words[first:last]
    while words and not words[0].low[0].isalnum():
        words = words[1:]
    while words and not words[-1].low[0].isalnum() and words[-1].low != "'s":
        words = words[:-1]
    if not words:
        return None
    return _without_time(_SPACES.sub(" ", text[words[0].start : words[-1].end]).strip(_MARKS)) or None


def _without_time(name: str) -> str:
    """The name without its article, the time beside it, a possessive's ending and a bracket that does not close."""
    if name.lower().startswith(_ARTICLES):
        for article in _ARTICLES:
            if name.lower().startswith(article):
                name = name[len(article) :]
    if may_end_with(name.lower(), _TIME_ENDINGS):
        name = _TIME.sub("", name)
    name = _CLOCK.sub("", _POSSESSIVE.sub("", name).strip())
    if "(" in name and ")" not in name:
        return name.replace("(", "").strip() if name.startswith("(") else _OPEN_BRACKET.sub("", name)
    return name


def is_plausible_source(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun phrase can vouch for something: a person, a body, a document or a proper name."""
    words = [word for word in sentence.words[first : last + 1] if word.number < 0]
    if not words or all(word.low in PRONOUNS for word in words):
        return False
    if any(word.shown[:1].isupper() and word.tag not in ("DT", "PRP$", "IN") for word in words[1:]) or words[0].tag in (
        "NNP",
        "NNPS",
    ):
        return True
    if any(word.low in _DOCUMENTS or "person" in noun_classes(word.low) for word in words):
        return True
    return kind_of(" ".join(word.low for word in words)) != "named"


_KINDS = {kind: re.compile(rf"(?= (?:{any_of(words)}) )") for kind, words in _TABLE["kinds"].items()}


@lru_cache(maxsize=8192)  # names in articles: as many as memory should hold
def kind_of(name: str) -> str:
    """What kind of source a claimant is, by the words of its name: official, medium …; "person" for a bare name."""
    low = f" {re.sub(r'[^a-z. ]', ' ', name.lower())} "
    for kind, words in _KINDS.items():
        if words.search(low):
            return "official" if kind == "official_first" else kind
    return "person" if re.fullmatch(r"(?:[A-Z][\w.'\u2019-]+\s?){2,4}", name) else "named"
