"""Verdicts on a figure: whether it is one, its aspect, modality, speech, and whether an analyst would track it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extract.figures.attribution import Attribution
from extract.figures.binding import Setting
from extract.figures.dates import DayBounds
from extract.figures.lexicon import lexicon
from extract.figures.mentions import Mention
from extract.figures.modality import modality_of, speech_of
from extract.figures.nouns import noun_classes
from extract.figures.numbers import CHANGE_VERBS
from extract.figures.past_clauses import is_over
from extract.figures.populations import ROOT, population_of
from extract.figures.tables import any_of, holds_any, load_table, word_set
from extract.models import Aspect, Modality, Speech

LONG_AGO_DAYS = 60  # a day further back than this is another stage or event
_MEASURES = load_table("measures")
_ASPECTS = {measure: Aspect(entry["aspect"]) for measure, entry in _MEASURES.items()}
_PERSONS = word_set("antecedents", "persons")
_DAMAGES = word_set("judging", "damages")
_INCREASING = word_set("judging", "increasing")
_CHANGE_VERBS = re.compile(
    r"(?:\b(?:r[oi]se[ns]?|increas\w+|fell|fall\w*|drop\w*|down|up|lower\w*|rais\w+|reduc\w+|declin\w+|grew|grown|shr[aiu]nk|cut|climb\w*|jump\w*)\s+(?:[a-z]+\s+){0,4}by\s*$)",
    re.IGNORECASE,
)
_MORE_THAN_BEHIND = re.compile(
    r"(?:\s+\w++)?\s+(?:more|fewer|less|lower|higher)\s+than\b|\s+(?:more|fewer|less|lower|higher)(?:\s*[.,;]|$)",
    re.IGNORECASE,
)
_CHANGED_BEFORE = re.compile(rf"\b(?:{any_of(CHANGE_VERBS)})\s*$", re.IGNORECASE)
_TO_LEVEL = re.compile(r"\s+to\s+(?:a\s+(?:record\s+)?)?\d")
_BY_BEFORE = re.compile(r"\bby\s*$", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"\blast\s+(?:year|month|decade|century)|\b(?:years?|decades?|months?)\s+(?:ago|earlier|before)|\bin\s+recent\s+years"
    r"|\b(?:previous|earlier)\s+(?:attack|quake|earthquake|flood|war|outbreak|strike|protest|election)s?|\bcivil\s+war\b|\b(?:\d+|[a-z]+)-years?(?:-long|-old)?,?\s+(?:\w+\s+)?(?:war|conflict|insurgency|struggle|fight|history)|\b(?:over|in|during)\s+the\s+(?:past|last)\s+(?:\w+\s+){0,2}(?:years?|decades?|century)|\byears\s+of\s+(?:war|fighting|conflict|violence)|\b(?:dead|deaths|died|killed|lives|people|victims|wounded)\s+in\s+(?:its\s+|the\s+)?(?:\d+|[a-z]+)[\s-]+years\b|\bdecades\s+of\b|\bannually\b|\bevery\s+year\b|\beach\s+year\b|\bper\s+year\b|\ba\s+year\b",
    re.IGNORECASE,
)
# Of these each pattern of the past needs one.
_PERHAPS_PAST = ("year", "month", "decade", "century", "previous", "earlier", "civil", "annually")
_YEAR = re.compile(r"[12]\d\d\d")

_IN_YEAR = re.compile(
    r"\b(?:(?:in|since|of|during)\s+(?:the\s+)?|(?:by|after|from|before)\s+the\s+)(1[5-9]\d\d|20[0-4]\d)\b",
    re.IGNORECASE,
)
_WORST_SINCE = re.compile(  # what is "the deadliest since 2010" is of today
    r"\b(?:deadliest|worst|biggest|largest|heaviest|bloodiest|highest|lowest|strongest|most\s+\w+|least\s+\w+|first)\b"
    r"[^.;,]{0,60}?\bsince\s+(?:the\s+|[^.;,]{4,80}?\s(?:in|of)\s+(?:[a-z]{3,9}\s+)?)?(?:1[5-9]\d\d|20[0-4]\d)\b",
    re.IGNORECASE,
)


_TOLD_BY_VERB = tuple(word_set("judging", "told_by_verb"))
_COUNTED_TWICE = re.compile(
    r"(?:\s+[\w-]+){0,2}?\s+(?:(?:were|was|(?:had|have|has)\s+been)\s+)?(?:mistakenly\s+|wrongly\s+)?"
    r"(?:double[- ]counted|counted\s+(?:twice|double|more\s+than\s+once|at\s+(?:two|both)|in\s+(?:two|both)))\b",
    re.IGNORECASE,
)
_A_DAY = re.compile(
    r"(?:\s+(?!(?:in|for|within|over|on|after|during|about|almost|than)\b)[\w-]+){0,2}?\s+(?:(?:per|each|every)\s+(?:day|week|hour|month|night)\b"
    r"|a\s+(?:day|week|hour|month|night)(?=\s*(?:[.,;:)]|(?:and|from|at|compared)\b|\Z)))",
    re.IGNORECASE,
)
_FROM_PEAK = re.compile(
    r"\ba\s+(?:day|week|hour|month|night),?\s+(?:down\s+|up\s+)?from\s+(?:a\s+(?:peak|high|low)\s+of\s+)?$",
    re.IGNORECASE,
)
_DEALT_WITH = re.compile(
    r"(?:\s+(?:of\s+)?(?:the\s+|those\s+|them\b)?(?:bodies|victims|dead|deceased|people|persons|corpses|killed|remains)?)?"
    r"(?:\s+(?:(?:had|have|has)\s+been|were|was|are|is)\s+(?:\w+ly\s+|\w+\s+)?(?=[a-z])|\s+(?=handed|returned|flown|repatriated))"
    r"(?:identified(?!\s+as)|handed\s+over|returned\s+to|repatriated|flown\s+home|claimed\s+by|released\s+to|yet\s+to\s+be\s+identified|not\s+yet\s+identified|unidentified)\b",
    re.IGNORECASE,
)


_PACES = ("day", "week", "hour", "month", "night")
_COMPARING = ("more", "fewer", "less", "lower", "higher")
_FATES = ("identified", "handed", "returned", "repatriated", "flown", "claimed", "released")


class _Hints(NamedTuple):
    """What a sentence may say of its numbers: False where none of the words stands in it that the pattern needs."""

    of_pace: bool
    of_counting_twice: bool
    of_comparing: bool
    of_fates: bool


@lru_cache(maxsize=64)  # all figures of a sentence ask in a row
def _hints(sentence: str) -> _Hints:
    small = sentence.lower()
    return _Hints(
        holds_any(small, _PACES),
        "counted" in small,
        holds_any(small, _COMPARING),
        holds_any(small, _FATES),
    )


class Verdict(NamedTuple):
    """What is judged of a figure beyond its number."""

    aspect: Aspect
    speech: Speech
    modality: Modality
    is_background: bool
    trackable: bool
    measure: str | None = None


def is_figure(mention: Mention) -> bool:
    """Whether the number says something: it counts a noun, has a unit, or a frame gives it a measure."""
    if mention.number.is_one and mention.counted is None and not _is_of_them(mention):
        return False
    if mention.number.is_one:
        return mention.measure not in (None, "other", "population") or mention.is_in_list
    if mention.number.is_several and mention.measure in (None, "other", "duration", "affected", "population"):
        return False  # "several services": no more than a plural
    if mention.measure:
        return True
    return mention.counted is not None or mention.noun is not None


def _is_of_them(mention: Mention) -> bool:
    """Read "one of them", or "one" with a frame of its own: "five were hurt and one died"."""
    return mention.after > mention.behind_number or not mention.rule.startswith(
        ("list", "part", "echo", "continued", "near")
    )


def unit_of(mention: Mention, measure: str) -> str | None:
    """The printed unit, else what the counted things are."""
    if mention.number.unit:
        return mention.number.unit
    classes = (
        mention.classes if mention.counted else noun_classes(mention.noun.split()[-1]) if mention.noun else frozenset()
    )
    for kind in ("job", "household", "building", "vehicle"):
        if kind in classes:
            return kind
    return _MEASURES[measure]["unit"] or ("person" if "person" in classes else None)


def judge(mention: Mention, source: Attribution | None, setting: Setting, days: DayBounds) -> Verdict:
    """Judge a figure by its sentence."""
    measure, hints = mention.measure or "other", _hints(mention.sentence.text)
    is_difference = _is_difference(mention, hints) or (hints.of_counting_twice and _is_counted_twice(mention))
    is_rate = hints.of_pace and _is_rate(mention)
    modality = modality_of(mention, source)
    background = _is_background(mention, setting, days)
    trackable = (
        measure in lexicon().tracked
        and not (background or is_difference or is_rate)
        and modality != "hypothetical"
        and not _is_other_money(mention)
        and not _is_part_of_untold(mention)
        and not (hints.of_fates and _is_dealt_with(mention))
    )
    return Verdict(
        _aspect(mention, measure, is_difference=is_difference, is_rate=is_rate),
        speech_of(mention, source),
        modality,
        background,
        trackable,
        "other" if is_difference and not mention.counted and not mention.number.unit else None,
    )


def _behind(mention: Mention, chars: int) -> str:
    end = mention.number.end - mention.sentence.start
    return mention.sentence.text[end : end + chars]


def _is_counted_twice(mention: Mention) -> bool:
    """Read "13 bodies had been counted twice": what a toll was too high by."""
    return mention.number.unit is None and _COUNTED_TWICE.match(_behind(mention, 90)) is not None


def _is_rate(mention: Mention) -> bool:
    """Read "150 cases a day": a pace, no count."""
    if mention.number.unit is not None:
        return False
    return _A_DAY.match(_behind(mention, 60)) is not None or _FROM_PEAK.search(_before(mention, 60)) is not None


def _joins_one_named(mention: Mention) -> bool:
    """Read "the secretary, |two others| held": the others are beside one who is named, and not all there are."""
    if mention.head_low != "others":
        return False
    before = mention.sentence.words[max(0, mention.word - 2) : mention.word]
    if not before or before[-1].low not in (",", "and"):
        return False
    one = before[0]
    is_person = one.low in _PERSONS or "person" in noun_classes(one.low)
    return one.tag in ("NN", "NNP") and (is_person or one.shown[:1].isupper())


def _is_dealt_with(mention: Mention) -> bool:
    """Read "nine bodies were handed over", "|21| of the dead have been identified": as many as that were, so far."""
    return mention.measure == "killed" and _DEALT_WITH.match(_behind(mention, 90)) is not None


def _is_part_of_untold(mention: Mention) -> bool:
    """Read "|two| of the dead were named": some of a toll that is not told, and no group of their own."""
    return mention.is_part and mention.parent is None and (population_of(mention.noun or "") or ROOT) == ROOT


def _is_other_money(mention: Mention) -> bool:
    """Whether a sum is no damage or loss: a price, a budget, a fine."""
    return mention.measure == "money" and (mention.noun or "") not in _DAMAGES


def _aspect(mention: Mention, measure: str, *, is_difference: bool, is_rate: bool) -> Aspect:
    if is_difference:
        return Aspect.DIFFERENCE
    if is_rate or mention.number.is_increment or _joins_one_named(mention):
        return Aspect.INCREMENT
    near = mention.sentence.lows[mention.behind_number : mention.after + 1]
    return _ASPECTS[measure] if _INCREASING.isdisjoint(near) else Aspect.INCREMENT


def _before(mention: Mention, chars: int) -> str:
    offset = mention.number.start - mention.sentence.start
    return mention.sentence.text[offset - chars if offset > chars else 0 : offset]


def _is_difference(mention: Mention, hints: _Hints) -> bool:
    """Read "down by 106", "almost 100 fewer than", "less by 40"."""
    before = _before(mention, 60)
    is_led_by = before.rstrip()[-2:].lower() == "by"
    if is_led_by and _CHANGE_VERBS.search(before):
        return True
    offset = mention.number.end - mention.sentence.start
    if _TO_LEVEL.match(mention.sentence.text, offset) and _CHANGED_BEFORE.search(_before(mention, 20)):
        return True  # "rose 40 to 90"
    behind = _MORE_THAN_BEHIND.match(mention.sentence.text, offset) if hints.of_comparing else None
    if behind and mention.rule.startswith(_TOLD_BY_VERB) and "than" not in behind.group():
        return False  # "injured dozens more" adds to a count, "a toll of 12 more" compares two
    is_bare = mention.counted is None and mention.number.unit is None
    return bool(behind) or (
        is_led_by
        and is_bare
        and mention.rule in ("near", "continued", "echo")
        and bool(_BY_BEFORE.search(_before(mention, 5)))
    )


def _is_background(mention: Mention, setting: Setting, days: DayBounds) -> bool:
    """Whether the sentence tells of an earlier stage or another event: by its words, or by a day long before."""
    is_past, year = _tells_of_the_past(mention.sentence.text)
    now = setting.bounds.as_of or setting.bounds.latest
    if is_past or (year is not None and (now is None or year < now.year)):
        return True
    if now is None or days.latest is None:
        return False
    return (now - days.latest).days > LONG_AGO_DAYS or is_over(days, now.year)


@lru_cache(maxsize=64)  # all figures of a sentence ask in a row
def _tells_of_the_past(sentence: str) -> tuple[bool, int | None]:
    """Whether the words say so, and the earliest year named: "in 1998" is past, "by the end of 2025" may be to come."""
    year = None
    if _YEAR.search(sentence):
        sentence = _WORST_SINCE.sub(" ", sentence)
        year = min(map(int, _IN_YEAR.findall(sentence)), default=None)
    return holds_any(sentence.lower(), _PERHAPS_PAST) and _BACKGROUND.search(sentence) is not None, year
