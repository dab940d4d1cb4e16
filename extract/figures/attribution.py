"""Which of the sources of a sentence, its headline or the sentence before vouches for a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.figures.claimants import Claim, find_claims
from extract.figures.mentions import Mention
from extract.figures.places import find_places
from extract.figures.scenes import is_headed
from extract.figures.source_names import kind_of
from extract.figures.tables import load_table, word_set
from extract.figures.words import Sentence

_MEASURED = frozenset(load_table("claims")["measured"]["words"])
_FREE_COUNTERS = word_set("attribution", "free_counters")
_PUTTING = word_set("attribution", "putting")
_PUT_AT = word_set("attribution", "put_at")
_PREFIX = re.compile(
    r"\s*(?P<name>[^:\n\"\u201c\u201d*\u2022\u2013\u2014-][^:\n\"\u201c\u201d]{1,47}?)(?:\s+(?:on|about)\s+[^:\n]{2,60})?:\s+(?P<quote>[\"\u201c\u2018'])?"
)
_SUFFIX = re.compile(r"(?:\s[-\u2013\u2014]\s*|:\s+|\s*\|\s*)(?P<name>[A-Za-z][\w .'\u2019&-]{1,40})\s*$")
_BOUNDARIES = word_set("attribution", "boundaries")
_NEW_CLAUSES = word_set("attribution", "new_clauses")
_OPENING = ('"', "\u201c")
_SAYS = r"(?:said|added|says|continued|explained|stressed)"
_SAID_BETWEEN = re.compile(
    rf"[,?!][\"\u201d]\s+(?:(?P<pronoun>he|she|they)\s+{_SAYS}|{_SAYS}\s+(?P<behind>[A-Z][^.\n\"\u201c]{{2,50}})"
    rf"|(?P<name>(?:the\s+)?[\w][^.,\n\"\u201c]{{2,50}}?)\s+{_SAYS})(?:\s+[^.,\n\"\u201c]{{1,40}})?\.\s+[\"\u201c]?$"
)
_SAID_BEHIND = re.compile(
    rf"[^\"\u201c\u201d\n]*[,.?!][\"\u201d]\s+(?:(?P<pronoun>he|she|they)\s+{_SAYS}\b|{_SAYS}\s+(?P<behind>[A-Z][^.,\n\"\u201c]{{2,50}})"
    rf"|(?P<name>(?:the\s+)?\w[^.,\n\"\u201c]{{2,60}}?)\s+{_SAYS}\b)"
)
_THE = re.compile(r"^the\s+", re.IGNORECASE)
SPEAKER_REACH = 160  # characters
QUOTE_REACH = 500  # characters to the end of a quotation
MAX_OPENING = 3  # characters before the quotation: it opens the sentence
MAX_SPEAKER = 8  # words
_NOT_OF_WARDS = word_set("attribution", "not_of_wards")


MAX_HEADLINE = 160  # characters
MAX_REACH = 25  # words from "listed" to its number
MAX_DAY_WORDS = 5  # "on late Monday night" behind a say-verb
LEAST_CITY = 4  # letters: a shorter word in capitals is a body's
MIN_WORDS_BEFORE = 4  # a trailing claim has a statement before it


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who vouches for a figure, and where the name stands in its sentence, None where it stands elsewhere."""

    name: str
    claim: Claim | None = None


@dataclass(slots=True)
class _Told:
    """What one sentence passes on to the next of its paragraph."""

    claims: list[Claim]
    headline: str | None
    carried: str | None


class Attributions:
    """The sources of the sentences of one field, in reading order."""

    def __init__(self, sentences: Sequence[Sentence], text: str) -> None:
        self._told: dict[int, _Told] = {}
        last: str | None = None
        before: Sentence | None = None
        for sentence in sentences:
            claims = find_claims(sentence, text, last)
            carried = self._carried(before, sentence, claims, text)
            if carried is None and not claims:
                carried = _speaker_before(text, sentence.start, last) or _speaker_behind(text, sentence, last)
            self._told[id(sentence)] = _Told(claims, _headline_source(sentence.text), carried)
            last = next((claim.name for claim in reversed(claims) if claim.name), last)
            before = sentence

    def of(self, mention: Mention) -> Attribution | None:
        """Who vouches for the mention; None for the narrator."""
        told = self._told[id(mention.sentence)]
        claim = _claim_for(mention, told.claims)
        if claim and claim.name:
            return Attribution(claim.name, claim)
        name = told.headline or (told.carried if not mention.number.unit else None)
        if name and not told.headline and mention.measure in _NOT_OF_WARDS and kind_of(name) == "medical":
            return None  # "The hospital took in 12. Police arrested nine."
        return Attribution(name) if name else None

    def _carried(self, before: Sentence | None, sentence: Sentence, claims: Sequence[Claim], text: str) -> str | None:
        """The source of the sentence right before in the same paragraph, where this one names none."""
        if before is None or claims:
            return None
        between = text[before.start + len(before.text) : sentence.start]
        if "\n" in between or len(between.strip()) > 1:
            return None
        told = self._told[id(before)]
        return (
            next((claim.name for claim in reversed(told.claims) if claim.name and not claim.only_after), None)
            or told.carried
        )


def _speaker_before(text: str, start: int, last: str | None) -> str | None:
    """Read ""…," he said. "|Twelve were children|."": the quotation goes on behind its speaker."""
    if text[start : start + 1] not in _OPENING and text[max(0, start - 1) : start] not in _OPENING:
        return None
    found = _SAID_BETWEEN.search(text, max(0, start - SPEAKER_REACH), start)
    if found is None:
        return None
    return _named_speaker(found, last)


def _speaker_behind(text: str, sentence: Sentence, last: str | None) -> str | None:
    """Read ""|Twenty were hurt.| No one died," the mayor said": the quotation's speaker stands behind its end."""
    opened = max(sentence.text.rfind("\u201c"), sentence.text.rfind('"'))
    if not 0 <= opened <= MAX_OPENING:
        return None
    is_open = sentence.text.count("\u201c") > sentence.text.count("\u201d") or sentence.text.count('"') % 2 == 1
    if not is_open:
        return None
    end = sentence.start + len(sentence.text)
    found = _SAID_BEHIND.match(text, end, end + QUOTE_REACH)
    if found is None:
        return None
    return _named_speaker(found, last)


def _named_speaker(found: re.Match[str], last: str | None) -> str | None:
    """The speaker that stands beside a quotation; of "he" the last one, of more words than a name has nobody."""
    if found["pronoun"]:
        return last
    name = _THE.sub("", found["name"] or found["behind"]).strip(" ,")
    return name if len(name.split()) <= MAX_SPEAKER else None


def _headline_source(text: str) -> str | None:
    """Read "Ministry: 12 dead", "12 dead in crash - police"."""
    if len(text) > MAX_HEADLINE:
        return None
    prefix = _PREFIX.match(text) if ":" in text else None
    if prefix and _is_known_source(prefix["name"], is_quoted=bool(prefix["quote"])):
        return prefix["name"].strip()
    suffix = _SUFFIX.search(text) if not text.rstrip().endswith((".", "!", "?")) else None
    return suffix["name"].strip() if suffix and _is_known_source(suffix["name"], is_quoted=False) else None


def _is_known_source(name: str, *, is_quoted: bool) -> bool:
    kind = kind_of(name)
    is_acronym = re.fullmatch(r"[A-Z]{2,6}", name.strip()) is not None
    if is_acronym and len(name.strip()) >= LEAST_CITY and find_places(f"in {name.strip().title()}"):
        return False  # "LIMA: Two men"
    places = find_places(name)
    if places and (kind in ("named", "person") or is_headed(name, places[0])):
        return False
    if any(character.isdigit() for character in name):
        return False
    return kind not in ("named", "person") or is_acronym or (is_quoted and kind == "person")


def _claim_for(mention: Mention, claims: list[Claim]) -> Claim | None:
    """The claim that covers the mention: "according to" first, then the nearest before it, then one that follows."""
    if not claims:
        return None
    sentence, word = mention.sentence, mention.word
    usable = [claim for claim in claims if not claim.first <= word <= claim.last and not _in_own_quote(mention, claim)]
    before = [claim for claim in usable if claim.verb < word and _covers_ahead(mention, claim)]
    after = [claim for claim in usable if claim.verb > word and _covers_back(mention, claim)]
    by_way = next((claim for claim in after if claim.is_by_way and not _is_of_nearer(mention, claim, usable)), None)
    if by_way and (not before or before[-1].only_after is False) and not _new_clause(sentence, word, by_way):
        return by_way
    if before and not (after and before[-1].only_after and _is_place(before[-1].name)):
        return before[-1]
    return after[0] if after else next((claim for claim in reversed(usable) if _runs_on(mention, claim)), None)


def _is_of_nearer(mention: Mention, claim: Claim, claims: Sequence[Claim]) -> bool:
    """Read "the railway said |25|, and not 27 as claimed by the district": the claim is the nearer number's."""
    words = mention.sentence.words
    is_participle = claim.verb + 1 < len(words) and words[claim.verb + 1].low == "by"
    has_other = any(other.verb < claim.verb for other in claims)
    return is_participle and has_other and any(word.number >= 0 for word in words[mention.after : claim.verb])


def _is_place(name: str | None) -> bool:
    """Whether the source is but a country or town: "Peru has recorded 12 cases, the ministry said"."""
    places = find_places(f"in {name}") if name else []
    return bool(places) and name is not None and places[0].end - places[0].start == len(name)


def _new_clause(sentence: Sentence, word: int, claim: Claim) -> bool:
    """Whether another clause lies between the number and an "according to": a semicolon or "while"."""
    return not _NEW_CLAUSES.isdisjoint(sentence.lows[word : claim.verb])


def _covers_ahead(mention: Mention, claim: Claim) -> bool:
    """Whether a claim speaks of what stands behind its verb."""
    verb, between = mention.sentence.lows[claim.verb], mention.sentence.lows[claim.verb : mention.word]
    if claim.only_after:
        if verb in _PUTTING and _PUT_AT.isdisjoint(between):
            return False  # "put 300 residents under guard"
        return not _MEASURED.isdisjoint(between) or (verb in _FREE_COUNTERS and len(between) < MAX_REACH)
    if claim.is_by_way:
        return ";" not in between
    return not _is_trailing(mention.sentence, claim)


def _is_trailing(sentence: Sentence, claim: Claim) -> bool:
    """Read "12 died, the ministry said, and 30 …": a claim that closes what stood before it."""
    words = sentence.words
    end = _end_of_claim(sentence, claim)
    opens = claim.first == 0 or words[min(claim.first, claim.verb) - 1].low in _BOUNDARIES
    if _goes_on(sentence, end):
        return False
    return (
        opens
        and min(claim.first, claim.verb) >= MIN_WORDS_BEFORE
        and end < len(words)
        and words[end].low in (",", ".", ";", '"', ")")
        and not claim.only_after
    )


_DAY_WORDS = word_set("attribution", "day_words")
_GOING_ON = word_set("attribution", "going_on")
_TURNING = word_set("attribution", "turning")


def _runs_on(mention: Mention, claim: Claim) -> bool:
    """Read "homes burned, the report says, |nine clinics| …": what runs on behind a claim that nobody else makes."""
    words = mention.sentence.words
    end = _end_of_claim(mention.sentence, claim)
    if claim.only_after or claim.verb > mention.word or end + 1 >= len(words):
        return False
    return words[end].low in (",", ";", '"') and words[end + 1].low not in _TURNING


def _end_of_claim(sentence: Sentence, claim: Claim) -> int:
    """Index of the first word behind the claim and the day of saying it."""
    words = sentence.words
    end = max(claim.verb, claim.last) + 1
    while end < len(words) and end - claim.verb < MAX_DAY_WORDS and words[end].low in _DAY_WORDS:
        end += 1
    return end


def _goes_on(sentence: Sentence, end: int) -> bool:
    """Read "12 died, police said, bringing …", "…, police said, while 15 …": one report on both sides of the claim."""
    lows = sentence.lows[end : end + 2]
    return lows[:1] == [","] and (lows[-1] in _GOING_ON or lows[-1].endswith("ing"))


def _covers_back(mention: Mention, claim: Claim) -> bool:
    """Whether a claim that follows the number speaks of it: set off by a comma, or the parse says so."""
    sentence = mention.sentence
    if claim.only_after:
        return False
    if claim.is_by_way:
        return True
    first = min(claim.first, claim.verb)
    if first == 0 or sentence.words[first - 1].low in _BOUNDARIES:
        return not _has_own_content(sentence, claim)
    return _is_below(sentence, mention.word, claim.verb)


def _has_own_content(sentence: Sentence, claim: Claim) -> bool:
    """Whether the claim goes on to say something else: "…, officials said that the road was shut"."""
    words = sentence.words
    end = max(claim.verb, claim.last) + 1
    return end < len(words) and words[end].low in ("that", "more", "it", "they", "he", "she", "there")


def _is_below(sentence: Sentence, word: int, verb: int) -> bool:
    for _ in range(12):
        if word == verb:
            return True
        if not sentence.is_parsed or sentence.words[word].head in (word, -1):
            return False
        word = sentence.words[word].head
    return False


def _in_own_quote(mention: Mention, claim: Claim) -> bool:
    """Whether claim and number stand inside one quotation: its speaker is named outside."""
    lows = mention.sentence.lows
    if '"' not in lows:
        return False
    first, last = sorted((mention.word, claim.verb))
    if lows[:first].count('"') % 2 == 0:
        return False
    behind = lows[first:]
    return '"' in behind and behind.index('"') >= last - first
