"""The sources that a sentence names: each with its name, its verb and the words it may cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.figures.antecedents import body_before
from extract.figures.lexicon import verb_forms
from extract.figures.source_names import (
    PRONOUNS,
    is_plausible_source,
    kind_of,
    name_end,
    noun_span,
    read_name,
    words_beside,
)
from extract.figures.tables import load_table, word_set
from extract.figures.words import Sentence

_TABLE = load_table("claims")
SAY_VERBS = frozenset(form for verb in _TABLE["say"]["verbs"] for form in verb_forms(verb)[0])
_TELLING = SAY_VERBS | frozenset(form for verb in _TABLE["count"]["verbs"] for form in verb_forms(verb)[0])
_NOT_SOURCES = frozenset(_TABLE["not_sources"]["words"])
_DOCUMENTS = frozenset(_TABLE["documents"]["words"])
_OWNING = frozenset(form for verb in ("have", "contain", "include", "carry", "show") for form in verb_forms(verb)[0])
_BY_WAY_OF: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(_TABLE["by_way_of"]["phrases"], key=lambda phrase: (-len(phrase.split()), phrase)):
    _BY_WAY_OF.setdefault(_phrase.split()[0], []).append(tuple(_phrase.split()))
_BE = word_set("claimants", "be")
_SPOKEN_OF = PRONOUNS | {"him", "her", "them", "it"}
_SPEAKING = word_set("claimants", "speaking")  # whatever "says" is a source: "the zoo said"
_HOLDING = frozenset(verb_forms("hold")[0])
_DEEDS = _HOLDING | frozenset(verb_forms("admit")[0])
_WARDS = word_set("claimants", "wards")
WARD_REACH = 6  # words
_INSISTING = {(form, "by") for form in verb_forms("stand")[0]} | {(form, "to") for form in verb_forms("stick")[0]}
_INSISTING_FIRST = frozenset(form for form, _ in _INSISTING)
_OWNED = frozenset({"figure", "figures", "count", "toll", "tally", "estimate", "total", "number"})
_LEADS = _TELLING | _OWNED | _INSISTING_FIRST | _BY_WAY_OF.keys()  # one of these leads to every source
_PUTS_NUMBER = frozenset({"of", "is", "was", "stands", "stood", "at"})
OWNER_REACH = 4  # words between "'s" and "estimate"
_INTERRUPTING = frozenset({"however", "meanwhile", "though", "instead", "too"})
INTERRUPTED = 3  # words: ", however ,"
_CLAIM = frozenset(verb_forms("claim")[0])
_LIVES = frozenset({"life", "lives", "victims"})
LIVES_REACH = 7  # words from "claimed" to "lives"
_OWN = frozenset({"their", "his", "her", "its", "themselves", "himself", "herself"})
MAX_TO_BY = 5  # words between "reported" and "by the ministry"


@dataclass(frozen=True, slots=True)
class Claim:
    """One source in one sentence.

    name: as written, without article; None for a pronoun that nothing before it explains
    first, last: word indices of its name; verb: index of the say-verb or of the introducing phrase
    is_pronoun: the name was taken from an earlier sentence; is_by_way: "according to", stronger than a say-verb
    only_after: the source speaks only of a number put to something behind its verb ("put the toll at")
    """

    name: str | None
    first: int
    last: int
    verb: int
    is_pronoun: bool = False
    is_by_way: bool = False
    only_after: bool = False


def find_claims(sentence: Sentence, text: str, before: str | None) -> list[Claim]:
    """All sources of a sentence in reading order; before: the claimant that a pronoun stands for."""
    leads = [at for at, low in enumerate(sentence.lows) if low in _LEADS]
    if not leads:
        return []
    claims = _by_way_claims(sentence, text, before, leads)
    for position in leads:
        low = sentence.lows[position]
        is_owner = low in _OWNED and _is_owned_count(sentence, position)
        if low in _TELLING or is_owner or (low in _INSISTING_FIRST and _is_insisting(sentence, position)):
            claim = (_owner_claim if is_owner else _verb_claim)(sentence, text, position, before)
            if claim and not any(other.first <= claim.last and claim.first <= other.last for other in claims):
                claims.append(claim)
    return _with_antecedents(sorted(claims, key=lambda claim: claim.verb)) if claims else []


def may_claim(sentence: Sentence) -> bool:
    """Whether a tagged sentence may name a source: `find_claims` gives none where this is False, whatever the parse."""
    lows, words = sentence.lows, sentence.words
    for position in [at for at, low in enumerate(lows) if low in _LEADS]:
        low = lows[position]
        if low in _TELLING and (words[position].tag.startswith("VB") or (position and lows[position - 1] == ",")):
            return True
        if (low in _OWNED and _is_owned_count(sentence, position)) or _is_insisting(sentence, position):
            return True
        if any(tuple(lows[position : position + len(phrase)]) == phrase for phrase in _BY_WAY_OF.get(low, ())):
            return True
    return False


def _is_insisting(sentence: Sentence, position: int) -> bool:
    """Read "the Red Cross |stood by| its count of 78"."""
    words = sentence.words
    behind = words[position + 1].low if position + 1 < len(words) else ""
    return (words[position].low, behind) in _INSISTING


def _is_owned_count(sentence: Sentence, position: int) -> bool:
    """Read "the ministry's |figure| of 12", "the bank's first |estimate| is 12": the owner vouches for what follows."""
    words = sentence.words
    if position + 1 >= len(words) or words[position + 1].low not in _PUTS_NUMBER:
        return False
    return "'s" in [word.low.replace("\u2019", "'") for word in words[max(0, position - OWNER_REACH) : position]]


def _owner_claim(sentence: Sentence, text: str, position: int, _before: str | None) -> Claim | None:
    """The source whose count it is."""
    words = sentence.words
    last = next(at for at in range(position - 1, -1, -1) if words[at].low.replace("\u2019", "'") == "'s") - 1
    span = words_beside(sentence, last + 1)
    if span is not None:  # "dismissed |the ministry|'s figure"
        verbs = [at for at in range(span[0], span[1]) if words[at].tag.startswith(("VB", "MD"))]
        span = (verbs[-1] + 1, span[1]) if verbs else span
    if span is None or span[1] != last or not _may_vouch(sentence, *span, words[last].low, position):
        return None
    name = read_name(sentence, text, span[0], last + 1)
    return Claim(name, span[0], last, position, only_after=True) if name else None


def _with_antecedents(claims: Sequence[Claim]) -> list[Claim]:
    """Read "police said |they| counted 12": a pronoun without antecedent stands for the sentence's source."""
    known: list[Claim] = []
    for claim in claims:
        named = [other.name for other in known if other.name]
        known.append(replace(claim, name=named[-1]) if claim.is_pronoun and claim.name is None and named else claim)
    return known


def _by_way_claims(sentence: Sentence, text: str, before: str | None, leads: Sequence[int]) -> list[Claim]:
    lows = sentence.lows
    claims: list[Claim] = []
    for position in leads:
        for phrase in _BY_WAY_OF.get(lows[position], ()):
            if tuple(lows[position : position + len(phrase)]) != phrase or (claims and position <= claims[-1].last):
                continue
            claim = _source_at(sentence, text, position + len(phrase), position, before)
            if claim:
                claims.append(claim)
            break
    return claims


def _source_at(sentence: Sentence, text: str, first: int, verb: int, before: str | None) -> Claim | None:
    """The source whose name begins at the word `first`."""
    words = sentence.words
    if first < len(words) and words[first].low in _SPOKEN_OF:
        return Claim(before, first, first, verb, is_pronoun=True, is_by_way=True)
    last = name_end(sentence, first)
    if last <= first:
        return None
    name = read_name(sentence, text, first, last)
    return (
        Claim(name, first, last - 1, verb, is_by_way=True)
        if name and is_plausible_source(sentence, first, last - 1)
        else None
    )


def _verb_claim(sentence: Sentence, text: str, verb: int, before: str | None) -> Claim | None:
    words = sentence.words
    if _is_deed(sentence, verb):
        return None
    if span := _interrupted_span(sentence, verb):
        return _spoken_claim(sentence, text, verb, span, before)
    if words[verb].tag and (not words[verb].tag.startswith("VB") or words[verb].dep in ("aux", "auxpass")):
        return None
    if _is_passive(sentence, verb):
        return _passive_source(sentence, text, verb, before)
    span = _subject_span(sentence, verb)
    adds_up = words[verb].low.startswith("add") and sentence.lows[verb + 1 : verb + 2] in (
        ["up"],
        ["to"],
    )
    return _spoken_claim(sentence, text, verb, span, before) if span and not adds_up else None


def _interrupted_span(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """Read "|the ministry|, however, registered 12": a parse easily takes such a verb for a participle."""
    if verb < INTERRUPTED or sentence.lows[verb - 1] != ",":
        return None
    comma, between = sentence.lows[verb - INTERRUPTED : verb - 1]
    if comma != "," or between not in _INTERRUPTING:
        return None
    span = words_beside(sentence, verb - INTERRUPTED)
    return span if span and span[0] == 0 and span[1] < verb else None


def _is_deed(sentence: Sentence, verb: int) -> bool:
    """Read "hospitals |admitted| 310 patients", "rebels |held| the mayor": deeds, where no "that" follows."""
    words, behind = sentence.words, verb + 1
    if behind < len(words) and words[verb].low == "found" and words[behind].low in _OWN:
        return True  # "found their way home"
    if words[verb].low in _CLAIM:  # "the fever claimed 77 lives"
        return any(word.low in _LIVES for word in words[behind : behind + LIVES_REACH]) and words[behind].low != "that"
    if words[verb].low not in _DEEDS or behind >= len(words):
        return False
    if words[verb].low in _HOLDING:
        return words[behind].low != "that"
    return words[behind].number >= 0 and not _WARDS.isdisjoint(sentence.lows[max(0, verb - WARD_REACH) : verb])


def _spoken_claim(sentence: Sentence, text: str, verb: int, span: tuple[int, int], before: str | None) -> Claim | None:
    words = sentence.words
    first, last = span
    head = words[_head_in(sentence, first, last)].low
    is_count = words[verb].low not in SAY_VERBS
    if head in PRONOUNS:
        if head == "it" and (before is None or kind_of(before) == "person"):
            before = body_before(text, words[first].start)
            if before is None:
                return None
        return Claim(before, first, last, verb, is_pronoun=True, only_after=is_count)
    if not _may_vouch(sentence, first, last, head, verb):
        return None
    name = read_name(sentence, text, first, last + 1)
    return Claim(name, first, last, verb, only_after=is_count) if name else None


def _may_vouch(sentence: Sentence, first: int, last: int, head: str, verb: int) -> bool:
    words = sentence.words
    if head in _NOT_SOURCES or head in ("people", "victims", "dead"):
        return False
    if words[verb].low in _OWNING and words[verb].low not in SAY_VERBS and head not in _DOCUMENTS:
        return False
    if words[verb].low not in SAY_VERBS and any(word.number >= 0 for word in words[first : last + 1]):
        return False
    return words[verb].low in _SPEAKING or is_plausible_source(sentence, first, last)


def _is_passive(sentence: Sentence, verb: int) -> bool:
    words = sentence.words
    if sentence.is_parsed and any(words[child].dep in ("auxpass", "nsubjpass") for child in sentence.children[verb]):
        return True
    is_after_be = not _BE.isdisjoint(sentence.lows[max(0, verb - 2) : verb])
    return is_after_be and words[verb].low.endswith(("ed", "d", "n")) and words[verb].low != "said"


def _passive_source(sentence: Sentence, text: str, verb: int, before: str | None) -> Claim | None:
    """Read "were reported before by the ministry": the agent of the passive."""
    for position in range(verb + 1, min(verb + 1 + MAX_TO_BY, len(sentence.words) - 1)):
        low = sentence.words[position].low
        if low == "by":
            return _source_at(sentence, text, position + 1, verb, before)
        if low in (",", ".", ";"):
            return None
    return None


def _subject_span(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """First and last word index of the verb's subject, by the parse or else by the words beside it."""
    words = sentence.words
    if not sentence.is_parsed:
        return words_beside(sentence, verb)
    subject = _subject(sentence, verb)
    if subject is None and words[verb].dep in ("conj", "xcomp") and words[words[verb].head].tag.startswith("VB"):
        subject = _subject(sentence, words[verb].head)
    if subject is None:
        return words_beside(sentence, verb) if words[verb].tag in ("VBD", "VBZ", "VBP") else None
    if words[subject].low == "who" and words[verb].dep == "relcl":
        subject = words[verb].head
    first, last = noun_span(sentence, subject)
    if (beside := _nearer_name(sentence, first, last, verb)) is not None:
        return beside
    # A parse that hangs a list on the subject ("the agency said: 15 in …") must not draw the verb into the name.
    return (first, verb - 1) if first < verb <= last else (first, last)


def _nearer_name(sentence: Sentence, first: int, last: int, verb: int) -> tuple[int, int] | None:
    """The name right before the verb where the parse's subject is another, beyond a comma or a whole clause.

    "The firm is to cut 300 jobs at Nord.com Inc, the |Evening Sun| reported"; "Slide buries ten; |UN agency| says".
    """
    words = sentence.words
    is_torn = any(word.number >= 0 or word.low in (";", ":") for word in words[first : last + 1])
    if last >= verb or (not is_torn and all(word.low != "," for word in words[last + 1 : verb])):
        return None
    beside = words_beside(sentence, verb)
    if beside is None or beside[1] >= verb or (not is_torn and beside[0] <= last):
        return None
    return beside if is_plausible_source(sentence, *beside) else None


def _subject(sentence: Sentence, verb: int) -> int | None:
    return next((child for child in sentence.children[verb] if sentence.words[child].dep == "nsubj"), None)


def _head_in(sentence: Sentence, first: int, last: int) -> int:
    if sentence.is_parsed:
        for position in range(first, last + 1):
            if not first <= sentence.words[position].head <= last:
                return position
    return last
