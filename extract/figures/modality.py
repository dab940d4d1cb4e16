"""How a figure is said: by whom in whose words, as fact or not, and whether the text takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from extract.figures.attribution import Attribution
from extract.figures.mentions import Mention
from extract.figures.tables import holds_any, word_set
from extract.figures.words import Word
from extract.models import Modality, Qualifier, Speech

_HYPOTHETICAL = word_set("modality", "hypothetical")
_EXPECTED = word_set("modality", "expected")
_ALLEGED = word_set("modality", "alleged")
_ESTIMATED = word_set("modality", "estimated")
_LOST = word_set("modality", "lost")
_TELLING = word_set("modality", "telling")
_DOUBTS = _HYPOTHETICAL | _EXPECTED | _ALLEGED | _ESTIMATED | {"will", "would"}
BEFORE, BEHIND = 8, 5  # words around a number
ESTIMATED_REACH = 16  # characters: a number begins "an estimated 300"
_OWN_PLANS = frozenset(
    {"jobs_cut", "deployed", "withdrawn"}
)  # what a party says it will do is its announcement, no forecast
_TO_COME = re.compile(
    r"\b(?:is|are)\s+(?:set\s+|about\s+|now\s+)?to\s+(?!have\b)[a-z]+|\babout\s+to\b|\bplans?\s+to\b", re.IGNORECASE
)
_HEADLINE_TO = re.compile(
    r"\bto\s+(?:lay|cut|fire|start|go|send|deploy|shed|axe|slash|release|evacuate|free|withdraw|lose|sack|dismiss|begin|move|leave)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:\bnot|\bnever|n['\u2019]t(?:\s+be)?|\binstead\s+of|\brather\s+than|\bno\s+longer|\bdenied\s+(?:that\s+)?|\bfalse(?:ly)?|\bretracted|\bwrongly(?:\s+\w+)?)"
    r"\s+(?:the\s+|a\s+|its\s+)?(?:\w+\s+of\s+)?$",
    re.IGNORECASE,
)
_PERHAPS_NEGATED = (
    *("not", "never", "n't", "n\u2019t", "instead", "rather", "longer", "denied", "false", "retracted", "wrongly"),
)
_PERHAPS_WITHDRAWN = ("from", "withdr", "rescind", "retract", "disown", "disavow", "took", "takes")
_CORRECTED_FROM = re.compile(
    r"\b(?:correct\w*|revis\w+|lower\w*|reduc\w+|cut|brought\s+(?:[\w\s]{1,50})?down|downgrad\w+|amend\w+|adjust\w+)\b[^.;]{0,70}\bfrom\s+$",
    re.IGNORECASE,
)
_FIGURE_OF = (
    r"(?:figure|toll|count|number|estimate|tally|total|report|claim|statement)s?\s+(?:of\s+|that\s+)(?:\w+\s+)?$"
)
_FIGURE_JOINTS = frozenset({"of", "that"})  # one of the last two words of every figure "of", "that"
_WITHDRAWN = re.compile(
    rf"\b(?:withdr[aeo]w\w*|retract\w*|rescind\w*|disown\w*|disavow\w*|took\s+back|takes\s+back)\s+(?:[\w'\u2019]+\s+){{1,4}}?{_FIGURE_OF}",
    re.IGNORECASE,
)
_STANDS_FOR_FIGURE = re.compile(rf"\b{_FIGURE_OF}", re.IGNORECASE)
_WITHDRAWN_BEHIND = re.compile(
    r"[^.;:]{0,60}?\b(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:\w+\s+)?(?:withdrawn|retracted|rescinded|disowned)\b",
    re.IGNORECASE,
)


_DEEDS_PLOTTED = frozenset({"killed", "injured", "kidnapped"})
_PLOTTING = ("plan", "plot", "intend", "conspir", "threat", "try", "trie", "attempt", "want", "vow", "prepar", "aim")
_PLOTTED = re.compile(
    r"\b(?:plan\w*|plot\w*|intend\w*|conspir\w*|threat\w*|tr(?:y|ied|ies|ying)|attempt\w*|want\w*|vow\w*|prepar\w*|aim\w*)\s+(?:to|of|at)\s+"
    r"(?:[a-z]+\s+)?(?:kill|murder|kidnap|abduct|assassinat|execut|behead|injur|wound|shoot|slay|massacr)(?:e|ing|ping|ting)?\s+(?:[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)
_MAY = frozenset({"may", "might", "could"})
_GROW = frozenset({"rise", "go", "climb", "increase", "grow", "mount", "change", "still"})
_TOLLS = frozenset({"toll", "number", "figure", "count", "numbers", "figures", "casualties"})
_SAYS_INSTEAD = re.compile(  # the same source goes on, or a number in place of the old one is announced
    r"(?:(?:it|they|he|she|the\s+\w+)\s+(?:now\s+|later\s+|then\s+|instead\s+)?(?:said|says|say|gave|gives|put|puts|spoke|speaks|reported|reports|counted|counts)\b"
    r"|(?:the\s+)?(?:new|revised|corrected|right|correct|true|real|actual|current|updated|final)\s+(?:(?:death|casualty)\s+)?(?:figure|toll|count|number|estimate|tally|total)s?\b|instead\b|(?:by|in)\s+(?:its|their|the)\s+(?:new|revised|latest)\b)",
    re.IGNORECASE,
)
MAX_FROM = 30  # characters between two numbers: " from an earlier "
MAX_BLANKS = 3  # characters between two sentences that follow one another


def speech_of(mention: Mention, source: Attribution | None) -> Speech:
    """Whether the number stands in a quotation, in somebody's report, or in the narrator's own words."""
    text = mention.sentence.text
    if '"' in text or "\u201c" in text:
        before = text[: _offset(mention)]
        opened = before.count("\u201c") - before.count("\u201d") if "\u201c" in before else before.count('"') % 2
        if opened > 0:
            return "quoted"
    return "reported" if source else "narrator"


def modality_of(mention: Mention, source: Attribution | None) -> Modality:
    """Whether the number is stated as fact, or only alleged, estimated, expected or thought possible."""
    near = _words_near(mention)
    if near & _HYPOTHETICAL or _is_plotted(mention):
        return "hypothetical"
    if near & _ALLEGED or _is_only_claimed(mention, source):
        return "alleged"
    if near & _EXPECTED or ("will" in near and mention.measure not in _OWN_PLANS) or _is_to_come(mention):
        return "expected"
    offset = _offset(mention)
    is_estimated = near & _ESTIMATED or "estimated" in mention.sentence.text[offset : offset + ESTIMATED_REACH]
    return "estimated" if is_estimated else "stated"


def _is_plotted(mention: Mention) -> bool:
    """Read "was planning to kidnap |nine traders|", "threatened to kill |two|": deeds that nobody has done."""
    if mention.measure not in _DEEDS_PLOTTED or not _may_tell_of_plots(mention.sentence.text):
        return False
    return _PLOTTED.search(mention.sentence.text, max(0, _offset(mention) - 80), _offset(mention)) is not None


@lru_cache(maxsize=64)  # all figures of a sentence ask in a row
def _may_tell_of_plots(sentence: str) -> bool:
    return holds_any(sentence.lower(), _PLOTTING)


def _words_near(mention: Mention) -> set[str]:
    """The words around a number that may cast doubt on it; "May 12" is a month, and "said it would" is a plan."""
    words, end = mention.sentence.words, mention.after + BEHIND
    first = mention.word - BEFORE if mention.word > BEFORE else 0
    if _DOUBTS.isdisjoint(mention.sentence.lows[first:end]):
        return set()
    near = {words[place].low for place in range(first, min(end, len(words))) if not _is_harmless(mention, place)}
    if "feared" in near and _is_feared(words[first:end]):
        near = near - {"feared"} | {"expected"}
    if "would" in near and not near & {"if", "could"} and _is_told_before(mention):
        near = near - {"would"} | {"will"}
    return near


def _is_feared(words: Sequence[Word]) -> bool:
    """Read "120 are |feared dead|": not known yet, but counted among the dead."""
    return any(word.low == "feared" and behind.low in _LOST for word, behind in pairwise(words))


def _is_harmless(mention: Mention, place: int) -> bool:
    """Whether a word of doubt casts none: "May 12", jobs "at risk", "three |suspected| rebels died"."""
    words, low = mention.sentence.words, mention.sentence.words[place].low
    if low in _MAY and _is_of_toll(mention, place):
        return True
    if low == "may":
        return _is_month(words, place)
    if low == "risk":
        return place > 0 and words[place - 1].low == "at"
    counted = mention.counted
    return counted is not None and counted.first <= place < counted.last


def _is_of_toll(mention: Mention, place: int) -> bool:
    """Read "the toll |may| rise, as three of the 19 hurt are critical": the doubt is of the toll to come."""
    words = mention.sentence.words
    lows = [word.low for word in words[max(0, place - 3) : place + 2]]
    if not _TOLLS & set(lows[:-1]) or lows[-1] not in _GROW:
        return False
    between = {word.low for word in words[place + 1 : mention.word]}
    return mention.word < place or (bool(between & {",", "as", "since", "because"}) and "to" not in between)


def _is_month(words: Sequence[Word], place: int) -> bool:
    beside = [word.low for word in (*words[max(0, place - 1) : place], *words[place + 1 : place + 2])]
    return any(low[:1].isdigit() for low in beside) or (place > 0 and words[place].shown == "May")


def _is_told_before(mention: Mention) -> bool:
    """Whether the future of a past report stands before the number: "the firm |said it would| cut 300 jobs"."""
    lows = mention.sentence.lows[: mention.word]
    return "would" in lows and not _TELLING.isdisjoint(lows[: lows.index("would")])


def _offset(mention: Mention) -> int:
    return mention.number.start - mention.sentence.start


def _is_only_claimed(mention: Mention, source: Attribution | None) -> bool:
    """Whether the source "claims" or "alleges" the number."""
    claim = source.claim if source else None
    return claim is not None and mention.sentence.words[claim.verb].low.startswith(("claim", "alleg"))


def _is_to_come(mention: Mention) -> bool:
    if mention.measure not in _OWN_PLANS:
        return False
    text, offset = mention.sentence.text, _offset(mention)
    window = text[max(0, offset - 70) : offset + 110]
    return bool(_TO_COME.search(window)) or (not text.rstrip().endswith(".") and bool(_HEADLINE_TO.search(window)))


def find_corrections(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """The withdrawn number of each number that replaces one, by the identity of the replacing mention.

    "47, not 58"; "corrected from 40 to 30". A withdrawn number is negated also where nothing replaces it.
    """
    replaced: dict[int, Mention] = {}
    for index, mention in enumerate(mentions):
        if mention.number.bounds.qualifier is not Qualifier.EXACT or mention.measure is None:
            continue
        if not _may_take_back(mention.sentence.text):
            continue
        before = mention.sentence.text[max(0, _offset(mention) - 120) : _offset(mention)]
        is_from = before.rstrip()[-4:].lower() == "from" and bool(_CORRECTED_FROM.search(before))
        is_withdrawn = _is_withdrawn(mention, before)
        if not is_from and not is_withdrawn and not _is_denied(before[-40:]):
            continue
        mention.is_negated = True
        is_back = not (is_from or is_withdrawn) or _is_to_from(mentions[max(0, index - 1) : index], mention)
        behind = mentions[max(0, index - 1) : index] if is_back else mentions[index + 1 : index + 2]
        beside = [other for other in behind if _replaces(other, mention, in_next=is_withdrawn)]
        if beside:
            replaced[id(beside[0])] = mention
    return replaced


@lru_cache(maxsize=64)  # all figures of a sentence ask in a row
def _may_take_back(sentence: str) -> bool:
    """Whether one of the words stands in it that a number needs to be withdrawn, corrected or denied."""
    small = sentence.lower()
    return holds_any(small, _PERHAPS_WITHDRAWN) or holds_any(small, _PERHAPS_NEGATED)


def _is_to_from(before: Sequence[Mention], mention: Mention) -> bool:
    """Read "cut the toll to 31 from |44|": the new number stands before the old one."""
    if not before or before[0].sentence is not mention.sentence:
        return False
    between = mention.sentence.text[before[0].number.end - mention.sentence.start : _offset(mention)]
    return between.split()[:1] == ["from"] and len(between) < MAX_FROM


def _is_withdrawn(mention: Mention, before: str) -> bool:
    """Read "withdrew its figure of |61|", "the figure of |61| was withdrawn"; withdrawn troops are no figure."""
    if _FIGURE_JOINTS.isdisjoint(before.lower().rsplit(None, 2)[-2:]) or not _STANDS_FOR_FIGURE.search(before):
        return False
    end = mention.number.end - mention.sentence.start
    return bool(_WITHDRAWN.search(before) or _WITHDRAWN_BEHIND.match(mention.sentence.text, end))


def _is_denied(before: str) -> bool:
    """Read "not |47|", "instead of the |47|"."""
    return holds_any(before.lower(), _PERHAPS_NEGATED) and _NEGATED.search(before) is not None


def _replaces(other: Mention, mention: Mention, *, in_next: bool) -> bool:
    """Whether the other number stands instead; in_next: also one that the next sentence gives, "It said |16| …"."""
    if other.measure != mention.measure or other.is_negated or other.is_part:
        return False
    if other.sentence is mention.sentence:
        return True
    end = mention.sentence.start + len(mention.sentence.text)
    follows = 0 <= other.sentence.start - end <= MAX_BLANKS
    return in_next and follows and _SAYS_INSTEAD.match(other.sentence.text) is not None
