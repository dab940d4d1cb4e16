"""The words that hedge a number, on either side of it; the wordings are `tables/bounds.toml`."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.figures.tables import any_of, last_words, load_table, may_end_with

_WORDINGS = load_table("bounds")["wording"]
_BEFORE = {phrase: entry["qualifier"] for entry in _WORDINGS for phrase in entry["before"]}
AFTER = {phrase: entry["qualifier"] for entry in _WORDINGS for phrase in entry["after"]}
_HYPHENED = [phrase for phrase in AFTER if phrase.startswith("-")]
_VERBS = {verb: entry["qualifier"] for entry in _WORDINGS for verb in entry.get("verbs", ())}
LOOK_BACK = 48
MAX_HEDGES = 3  # "at least some another 30"

_MORE_OF = "another|an additional|a further|additional|an extra|further|a new|a fresh"
_LEFT = re.compile(
    rf"(?:^|(?<![\w-]))(?:(?P<phrase>{any_of(_BEFORE)})|(?P<more>{any_of(_MORE_OF.split('|'))}))\s*(?:the\s+|a\s+)?$"
)
LEFT_ENDINGS = last_words([*_BEFORE, *_MORE_OF.split("|")])
VERB_ENDINGS = last_words(_VERBS)
_LEFT_VERB = re.compile(rf"(?:^|(?<![\w-]))({any_of(_VERBS)})\s+(?:the\s+)?$")
_SPACES, _GAPS = re.compile(r"\s+"), re.compile(r"[\s\-]+")
_SPOKEN_FOR = re.compile(r"\b(?:in|for|during|within|over)\s+the\s+$")
_RIGHT = re.compile(rf"(?:\s*(?:{any_of(_HYPHENED)})|[\s-]+(?:{any_of(AFTER.keys() - set(_HYPHENED))}))\b(?!\s+than)")
_RIGHT_OF_NOUN = re.compile(r"\s+[a-z]++(?:\s[a-z]++)?\s+(or\s+(?:so|more|fewer|less))\b(?!\s+than)")
_NOT_BEFORE_SPANS = {"over", "past", "under", "near", "above", "below", "just", "beyond", "within"}
_STILL_A_BOUND = re.compile(r"\s*(?:-|ago\b|old\b|later\b|in\s+(?:prison|jail)|of\b|behind\s+bars)")
_NUMBER_BEFORE = re.compile(r"(?:\d|percent|hundred|thousand|million|dozen)\s+(?:[a-z]+\s+)?$")
_RISE_BEFORE = re.compile(
    r"\b(?:go(?:es|ne|ing)?|went|climb\w*|r[oi]se[ns]?|jump\w*|shot|crept|inch\w*|tick\w*|push\w*|br(?:ing|ings|inging|ought)|tolls?|number|is|was|now|moved?|edged|nudged|figures?|totals?|total|catch|caught|added|adds|adding|lined?|lives?|lived|way|owned|owning|stands?|stood|back)\s+$"
)
_PAST_VERB = re.compile(
    r"(?:tall(?:y|ies)|totals?|tolls|counts?|numbers?|figures?|caseload|ed|rose|risen|went|climbs?|soars?|ing|grew|toll|gone|jumps?|rises?|well)\s+past\s+(?:the\s+)?$"
)


class Wording(NamedTuple):
    """How a number is hedged.

    start, end: the number's span with the words that belong to it; name: a `qualifier` of the bounds table
    is_increment: "another 30", "an additional 30"
    """

    start: int
    end: int
    name: str = "exact"
    is_increment: bool = False


def read_wording(small: str, start: int, end: int, *, is_span: bool) -> Wording:
    """Read the hedges around the number small[start:end] of a text in small letters.

    is_span: the number is a length of time, where "over" means "during"
    """
    name, is_increment, first = read_left(small, start, end, is_span=is_span)
    name, last = _read_right(small, end, name)
    return Wording(first, last, name, is_increment)


def read_left(small: str, start: int, end: int, *, is_span: bool) -> tuple[str, bool, int]:
    """The hedges before the number: wording, whether it is "another", and where the first of them begins."""
    name, is_increment, first = _read_left(small, start, end, is_span=is_span)
    if name == "exact":
        name = _verb_before(small, first) or name
    return name, is_increment, first


def _read_left(small: str, start: int, end: int, *, is_span: bool) -> tuple[str, bool, int]:
    """As `read_left`, but for verbs."""
    name, is_increment, first = "exact", False, start
    for _ in range(MAX_HEDGES):
        before = small[max(0, first - LOOK_BACK) : first]
        match = _LEFT.search(before) if may_end_with(before, LEFT_ENDINGS) else None
        if (
            not match
            or _compares(match, before)
            or (is_span and _means_during(match, small, end))
            or _rises(match, before)
        ):
            break
        first -= len(before) - match.start()
        if match["more"]:
            is_increment = True
            continue
        name = _stronger(_BEFORE[_plain(match["phrase"])], name)
    return name, is_increment, first


def _read_right(small: str, end: int, name: str) -> tuple[str, int]:
    """The hedge behind the number: the wording that then holds, and where it ends."""
    if match := _RIGHT.match(small, end):
        phrase = _plain(match.group().strip(), keep_hyphen=True)
        behind = AFTER.get(phrase) or AFTER.get(phrase.replace("-", "")) or AFTER[_plain(phrase)]
        return (behind if name == "exact" else name), match.end()
    if small[end : end + 1] == "+":
        return ("at_least" if name == "exact" else name), end + 1
    behind_noun = _RIGHT_OF_NOUN.match(small, end) if name == "exact" else None
    return (AFTER[_plain(behind_noun.group(1))] if behind_noun else name), end


def _stronger(outer: str, inner: str) -> str:
    """Of two wordings the one that holds: a bound before "about", "more than" before "up to", else the outer one."""
    weak = {"exact": 0, "about": 1, "nearly": 2, "up_to": 3}
    return inner if weak.get(inner, 4) > weak.get(outer, 4) else outer


def _plain(phrase: str, *, keep_hyphen: bool = False) -> str:
    return (_SPACES if keep_hyphen else _GAPS).sub(" ", phrase).strip()


def _compares(match: re.Match[str], before: str) -> bool:
    """Read "11 fewer than the 58": the words compare two numbers."""
    phrase = _plain(match["phrase"] or "")
    return phrase.endswith(" than") and bool(_NUMBER_BEFORE.search(before[: match.start()]))


def _rises(match: re.Match[str], before: str) -> bool:
    """Read "gone up to 290": the words belong to the verb."""
    return _plain(match["phrase"] or "") == "up to" and bool(_RISE_BEFORE.search(before[: match.start()]))


def _means_during(match: re.Match[str], small: str, end: int) -> bool:
    phrase = _plain(match["phrase"] or match["more"])
    return phrase in _NOT_BEFORE_SPANS and not _STILL_A_BOUND.match(small, end)


def _verb_before(small: str, start: int) -> str | None:
    """The bound that a verb sets: "the toll topped 200"; the verb stays a word of the sentence."""
    before = small[max(0, start - LOOK_BACK) : start]
    match = _LEFT_VERB.search(before) if may_end_with(before, VERB_ENDINGS) else None
    if not match:
        return None
    verb = match.group(1)
    if verb in ("past", "beyond") and not _PAST_VERB.search(before):
        return None
    return str(_VERBS[verb])
