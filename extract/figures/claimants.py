"""Who vouches for a figure: the claims of a sentence, each with its source, its verb and the words it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.figures.lexicon import verb_forms
from extract.figures.nouns import noun_classes
from extract.figures.tables import any_of, load_table
from extract.figures.words import Sentence

_TABLE = load_table("claims")
_SAY = frozenset(form for verb in _TABLE["say"]["verbs"] for form in verb_forms(verb)[0])
_COUNT = frozenset(form for verb in _TABLE["count"]["verbs"] for form in verb_forms(verb)[0])
_NOT_SOURCES = frozenset(_TABLE["not_sources"]["words"])
_BY_WAY_OF = sorted(
    (tuple(phrase.split()) for phrase in _TABLE["by_way_of"]["phrases"]), key=lambda words: (-len(words), words)
)
_PRONOUNS = frozenset("he she they who we".split())
_AUXILIARIES = frozenset(
    "has have had also then later would will could may might did does do not n't not only reportedly quickly officially initially earlier today yesterday "
    "on is was were are be been being now further".split()
)
_ARTICLES = ("the ", "a ", "an ", "that ", "this ", "its ", "their ", "his ", "her ", "some ")
_TIME = re.compile(
    rf"\s+(?:on\s+)?(?:{any_of(load_table('nouns')['no_head']['words'])})$|\s+(?:on|in|at|late|early)$", re.IGNORECASE
)
MAX_NAME = 14  # words


@dataclass(frozen=True, slots=True)
class Claim:
    """One source in one sentence.

    name: as written, without article; None for a pronoun that nothing before it explains
    first, last: word indices of its name; verb: index of the say-verb or the introducing phrase
    is_pronoun: the name was taken from an earlier sentence; is_by_way: "according to", stronger than a say-verb
    only_after: the source speaks only of what follows its verb ("put the toll at")
    """

    name: str | None
    first: int
    last: int
    verb: int
    verb_low: str
    is_pronoun: bool = False
    is_by_way: bool = False
    only_after: bool = False


def find_claims(sentence: Sentence, text: str, before: str | None) -> list[Claim]:
    """All sources of a sentence in reading order; before: the claimant that a pronoun stands for."""
    claims = _by_way_claims(sentence, text)
    for position, word in enumerate(sentence.words):
        if word.low in _SAY or word.low in _COUNT:
            claim = _verb_claim(sentence, text, position, before)
            if claim and not any(other.first <= claim.last and claim.first <= other.last for other in claims):
                claims.append(claim)
    return sorted(claims, key=lambda claim: claim.verb)


def _by_way_claims(sentence: Sentence, text: str) -> list[Claim]:
    lows = [word.low for word in sentence.words]
    claims: list[Claim] = []
    for position in range(len(lows)):
        for phrase in _BY_WAY_OF:
            if tuple(lows[position : position + len(phrase)]) == phrase and (not claims or position > claims[-1].last):
                first = position + len(phrase)
                last = _name_end(sentence, first)
                if last > first:
                    claims.append(
                        Claim(
                            _name(sentence, text, first, last),
                            first,
                            last - 1,
                            position,
                            " ".join(phrase),
                            is_by_way=True,
                        )
                    )
                break
    return claims


def _verb_claim(sentence: Sentence, text: str, verb: int, before: str | None) -> Claim | None:
    words = sentence.words
    if _is_passive(sentence, verb) or words[verb].tag in ("NN", "NNS", "NNP"):
        return None
    span = _subject_span(sentence, verb)
    if span is None:
        return None
    first, last = span
    head = words[last].low if last - first < 2 else words[_head_in(sentence, first, last)].low
    if head in _PRONOUNS:
        return Claim(before, first, last, verb, words[verb].low, is_pronoun=True)
    is_count = words[verb].low not in _SAY
    if (
        head in _NOT_SOURCES
        or head in ("people", "victims", "dead")
        or (is_count and any(word.number >= 0 for word in words[first : last + 1]))
    ):
        return None
    name = _name(sentence, text, first, last + 1)
    return Claim(name, first, last, verb, words[verb].low, only_after=is_count) if name else None


def _is_passive(sentence: Sentence, verb: int) -> bool:
    words = sentence.words
    if sentence.is_parsed and any(words[child].dep in ("auxpass", "nsubjpass") for child in sentence.children[verb]):
        return True
    before = [word.low for word in words[max(0, verb - 2) : verb]]
    return any(word in ("was", "were", "is", "are", "been", "be", "being") for word in before) and words[
        verb
    ].low.endswith(("ed", "d", "n"))


def _subject_span(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """First and last word index of the verb's subject, by the parse or else by the words beside it."""
    words = sentence.words
    if sentence.is_parsed:
        subject = next((child for child in sentence.children[verb] if words[child].dep == "nsubj"), None)
        if subject is None and words[verb].dep in ("conj", "xcomp"):
            governor = words[verb].head
            subject = next((child for child in sentence.children[governor] if words[child].dep == "nsubj"), None)
        if subject is None:
            return _beside(sentence, verb)
        return _noun_span(sentence, subject)
    return _beside(sentence, verb)


def _head_in(sentence: Sentence, first: int, last: int) -> int:
    if sentence.is_parsed:
        for position in range(first, last + 1):
            if not first <= sentence.words[position].head <= last:
                return position
    return last


def _noun_span(sentence: Sentence, head: int) -> tuple[int, int]:
    """The noun with its modifiers and of-phrases, without relative clauses."""
    words = sentence.words
    first = last = head
    waiting = [head]
    while waiting:
        position = waiting.pop()
        first, last = min(first, position), max(last, position)
        for child in sentence.children[position]:
            if words[child].dep not in ("relcl", "acl", "punct", "appos", "cc", "conj", "advcl", "parataxis") or (
                words[child].dep == "appos" and child - head < 6
            ):
                waiting.append(child)
    return max(first, last - MAX_NAME), last


def _beside(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """The run of words before the verb that can be a name, else the one behind it ("said the ministry")."""
    words, last = sentence.words, verb - 1
    while last >= 0 and words[last].low in _AUXILIARIES:
        last -= 1
    if last >= 0 and words[last].low == "," and verb + 1 < len(words):
        end = _name_end(sentence, verb + 1)
        return (verb + 1, end - 1) if end > verb + 1 else None
    first = last
    while (
        first >= 0
        and last - first < MAX_NAME
        and words[first].number < 0
        and (words[first].low[0].isalpha() or words[first].low in ("'s", "-"))
        and words[first].low
        not in (
            "that",
            "and",
            "but",
            "while",
            "as",
            "which",
            "when",
            "because",
            "after",
            "if",
            "where",
            "is",
            "was",
            "were",
            "are",
            "killed",
            "by",
        )
    ):
        first -= 1
    return (first + 1, last) if first < last else None


def _name_end(sentence: Sentence, first: int) -> int:
    """End of the noun phrase that begins at the word: up to a comma, a verb or a new clause."""
    words, position = sentence.words, first
    if sentence.is_parsed and first < len(words):
        head = first
        while (
            words[head].head > head
            and words[head].head - first < MAX_NAME
            and words[words[head].head].tag[:2] in ("NN", "VB")
        ):
            if words[words[head].head].tag[:2] == "VB":
                break
            head = words[head].head
        return (
            _noun_span(sentence, head)[1] + 1 if words[head].tag[:2] in ("NN", "PR", "JJ", "CD", "DT", "VB") else first
        )
    while position < len(words) and position - first < MAX_NAME:
        low = words[position].low
        if not (low[0].isalnum() or low in ("'s", "-", ".")) or low in (
            "said",
            "says",
            "that",
            "who",
            "which",
            "and",
            "but",
            "on",
            "while",
            "as",
            "when",
            "was",
            "were",
            "is",
        ):
            break
        position += 1
    return position


def _name(sentence: Sentence, text: str, first: int, last: int) -> str | None:
    words = sentence.words[first:last]
    while words and not words[0].low[0].isalnum():
        words = words[1:]
    while words and not words[-1].low[0].isalnum() and words[-1].low not in (")", "'s"):
        words = words[:-1]
    if not words:
        return None
    name = re.sub(r"\s+", " ", text[words[0].start : words[-1].end]).strip(" ,;:\"'“”‘’()")
    for article in _ARTICLES:
        if name.lower().startswith(article):
            name = name[len(article) :]
    name = re.sub(r"['’]s?$", "", _TIME.sub("", name))
    return name or None


def claim_for(sentence: Sentence, claims: list[Claim], word: int) -> Claim | None:
    """The claim that covers the word: an "according to" first, then the nearest one before it, then one that follows."""
    usable = [claim for claim in claims if not claim.first <= word <= claim.last]
    before = [
        claim
        for claim in usable
        if claim.verb < word and not (claim.is_by_way and _is_cut_off(sentence, claim.verb, word))
    ]
    after = [claim for claim in usable if claim.verb > word and not claim.only_after]
    by_way = [claim for claim in after if claim.is_by_way][:1]
    spoken = [claim for claim in before if not _is_trailing(sentence, claim)]
    if by_way and not any(
        claim.verb > (spoken[-1].verb if spoken else -1) and not claim.is_by_way
        for claim in after[: after.index(by_way[0])]
    ):
        return (
            by_way[0]
            if not spoken or not sentence.words[spoken[-1].verb].low.startswith(("put", "claim"))
            else spoken[-1]
        )
    if spoken:
        return spoken[-1]
    return after[0] if after else None


def _is_cut_off(sentence: Sentence, verb: int, word: int) -> bool:
    """Whether a semicolon parts the claim from the word."""
    return any(other.low == ";" for other in sentence.words[verb:word])


def _is_trailing(sentence: Sentence, claim: Claim) -> bool:
    """ "12 died, the ministry said, and 30 …": a claim that closes what stood before it."""
    words = sentence.words
    end = max(claim.verb, claim.last) + 1
    opens = claim.first == 0 or words[claim.first - 1].low in (",", '"', ";", "but", "and", "while")
    return (
        opens
        and claim.first > 4
        and end < len(words)
        and words[end].low in (",", ".", ";", '"')
        and not claim.only_after
    )


@cache
def kind_of(name: str) -> str:
    """What kind of source a claimant is, by the words of its name: official, medium, witness … "person" where a bare name."""
    low = f" {re.sub(r'[^a-z. ]', ' ', name.lower())} "
    for kind, words in _TABLE["kinds"].items():
        if any(f" {word} " in low for word in words):
            return "official" if kind == "official_first" else kind
    return (
        "person"
        if re.match(r"(?:[A-Z][\w.'’-]+\s?){2,4}$", name) and "person" not in noun_classes(name.split()[-1])
        else "named"
    )
