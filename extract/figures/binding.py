"""Where and when a figure holds: the place its sentence binds, else the article's; the day it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from extract.figures.capitals import with_capital
from extract.figures.claimants import Claim
from extract.figures.dates import DayBounds, day_bounds, days_of_sentence, figure_days
from extract.figures.lexicon import lexicon
from extract.figures.mentions import Mention
from extract.figures.past_clauses import earlier_day
from extract.figures.places import Place, PlaceMention, find_places, leading_place
from extract.figures.scenes import has_counted, heads_counts, is_beside, is_venue
from extract.figures.source_names import kind_of
from extract.figures.tables import holds_any, word_set
from extract.figures.words import Sentence
from extract.models import Article, FieldName, PlaceSource


class FigurePlace(NamedTuple):
    """Where a figure holds, and whether its sentence says so."""

    name: str | None
    country: str | None
    source: PlaceSource | None


@dataclass(slots=True)
class Setting:
    """What an article says of place and time as a whole, with what was found in its sentences so far.

    mentions: places of title, text and captions, read as one; offsets: where each begins
    starts: where a sentence stands in that whole, by identity
    """

    main: Place | None
    bounds: DayBounds
    published: date | None
    mentions: Sequence[PlaceMention]
    offsets: Sequence[int]
    starts: dict[int, int]
    places: dict[int, list[PlaceMention]] = field(default_factory=dict)
    told: dict[int, tuple[Sequence[PlaceMention], list[PlaceMention]]] = field(default_factory=dict)

    def places_of(self, sentence: Sentence) -> Sequence[PlaceMention]:
        """Places of a sentence, offsets from its start."""
        key = id(sentence)
        if key not in self.places:
            start = self.starts[key]
            self.places[key] = [_moved(place, -start) for place in self._between(start, start + len(sentence.text))]
        return self.places[key]

    def told_places_of(self, sentence: Sentence) -> tuple[Sequence[PlaceMention], list[PlaceMention]]:
        """Places of a sentence with the capital that it speaks of, and those of them where something may happen.

        To be asked once the main place is known for good.
        """
        key = id(sentence)
        if key not in self.told:
            places = with_capital(sentence.text, self.places_of(sentence), self.main)
            self.told[key] = places, [place for place in places if _may_be_where(sentence.text, place)]
        return self.told[key]

    def places_before(self, sentence: Sentence) -> Sequence[PlaceMention]:
        """Places shortly before a sentence; only their order and names mean something."""
        start = self.starts[id(sentence)]
        return self._between(start - LOOK_BACK, start)

    def _between(self, start: int, end: int) -> Sequence[PlaceMention]:
        first = bisect_left(self.offsets, start)
        return self.mentions[first : bisect_left(self.offsets, end, lo=first)]

    def widen(self, sentences: Sequence[Sentence]) -> None:
        """Take the country for the main place where the figures' sentences name several of its cities."""
        main = self.main
        if main is None or main.kind != "city":
            return
        if any(self._goes_beyond(sentence, main.name) for sentence in sentences):
            self.main = Place(main.country, main.country, "country")
            return
        cities = {
            place.name
            for sentence in sentences
            if not _OPENS_PAST.match(sentence.text)
            for place in self.places_of(sentence)
            if place.kind == "city" and place.country == main.country and not place.is_dateline
        }
        if cities - {main.name}:
            self.main = Place(main.country, main.country, "country")

    def _goes_beyond(self, sentence: Sentence, city: str) -> bool:
        """Whether the sentence tells of the city "and villages around it"."""
        return any(
            place.name == city and _AND_BEYOND.match(sentence.text, place.end) for place in self.places_of(sentence)
        )


def setting_of(article: Article, fields: Mapping[FieldName, Sequence[Sentence]]) -> Setting:
    """Read an article's places, its main place and its day; fields: the sentences of each field in reading order.

    Places are read once over all fields: the countries of the whole article tell its namesakes apart.
    """
    starts: dict[int, int] = {}
    whole = title = ""
    for name, sentences in fields.items():
        starts.update((id(sentence), len(whole) + sentence.start) for sentence in sentences)
        whole += article.field_text(name) + "\n"
        title = title or whole
    mentions = find_places(whole)
    lead = [mention for mention in mentions if mention.end <= len(title) + LEAD]
    return Setting(
        leading_place(whole, lead, len(title)),
        day_bounds(article),
        article.published_at.date() if article.published_at else None,
        mentions,
        [mention.start for mention in mentions],
        starts,
    )


def _moved(place: PlaceMention, by: int) -> PlaceMention:
    return PlaceMention(
        place.start + by, place.end + by, place.name, place.country, place.kind, place.is_demonym, place.is_dateline
    )


def place_of(mention: Mention, claim: Claim | None, setting: Setting) -> FigurePlace:
    """The place that the sentence binds to the figure, else the article's main place."""
    places, bound = setting.told_places_of(mention.sentence)
    found = _bound_place(mention, claim, bound)
    found = found or _meant_by_the_city(mention, setting)
    if found and (_AND_BEYOND.match(mention.sentence.text, found.end) or _is_one_of_several(mention, found, places)):
        return FigurePlace(found.country, found.country, "stated")
    if found:
        return FigurePlace(found.name, found.country, "stated")
    if setting.main and (mention.measure or "other") in _INHERITING:
        return FigurePlace(setting.main.name, setting.main.country, "inherited")
    return FigurePlace(None, None, None)


# Another event's city makes no second one of the story: "Last year, 41 died in Lima."
_OPENS_PAST = re.compile(
    r"\W{0,9}(?:last\s+(?:year|month|spring|summer|autumn|winter)|in\s+(?:19|20)\d\d|in\s+[A-Z][a-z]+\s+(?:19|20)\d\d|[\w-]+\s+years?\s+(?:ago|earlier))\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r";|,?\sof\s(?:which|whom)\b|,?\s\b(?:but|while|whereas|although|though)\b|,\s+and\s+(?:that|the|another|[a-z]+\s+(?:were|was|have|had))",
    re.IGNORECASE,
)
_OF_PLACE = (
    r"the|its|this|southern|northern|eastern|western|central|south|north|east|west|downtown|nearby|neighbou?ring|greater|rural|occupied"
    r"|capital|city|town|village|province|state|region|district|port|of|\w+ern|restive|besieged|coastal|historic|old|new|mainland"
)
_BEFORE_PLACE = re.compile(
    rf"\b([A-Za-z]+)\s+(?:(?:{_OF_PLACE}|\w+['\u2019]s)\s+(?:,\s*)?){{0,5}}$",
    re.IGNORECASE,
)
_BELONGING = re.compile(_OF_PLACE)
_NEAREST = re.compile(r"\s+([A-Za-z]+)(?=[^\w'\u2019])")  # of a text read backwards
_LEFT_FROM = re.compile(r"\b(?:withdr\w+|[a-z]{2,}ing|[a-z]{3,}ed|fled|out|back|away|left)\s+from$", re.IGNORECASE)
_AND_BEYOND = re.compile(
    r"\s+and\s+(?:beyond|elsewhere|(?:other|nearby|surrounding|several|neighbou?ring)\s+\w+|places?\b|its\s+\w+|around|[a-z]+\s+around\s+it\b)",
    re.IGNORECASE,
)
_NOUN_BEHIND = re.compile(
    r"\s+(?!(?:and|or|in|on|at|is|was|were|are|has|had|have|said|says|when|while|after|before|as|to|from|with|by|for|of|that|which|where|who|but|if|will|would|since|during|near|amid|alone|itself|late|early|today|yesterday|last|this|left|killed|died)\b)[a-z]+"
)
_BODY_AHEAD = re.compile(
    r"\s+(?:\w+\s+)?(?:police|officials?|authorit\w+|government|mayor|governor|council|court|prosecutors?|spokes\w+|hospital|correspondent|newspaper|daily|office|department|university|times|post|bureau)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['\u2019]s?\s")
_BODY_BEHIND = re.compile(
    r"['\u2019]s?\s+(?:[\w-]+\s+){0,3}(?:ministry|minister|president|government|army|police|parliament|officials?|authorities|forces|navy|prime|foreign|interior|health|defen[cs]e|leader|media|state|central|national|embassy|red)\b",
    re.IGNORECASE,
)
_IN_THE_CITY = re.compile(
    r"\b(?:in|across|around|throughout|of)\s+(?:the|that|this)\s+(?:\w+\s+)?(?:city|town|village)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_TOWNS = ("city", "town", "village")
_CITY_OF = re.compile(r"\bthe\s+(?:[\w-]+\s+){0,3}(?:city|town|village|hub|metropolis|capital)\s+of\s+$", re.IGNORECASE)
# "13 children" begin a clause of their own behind "at a church in Lima, and …".
_CLAUSE = re.compile(r";\s|,\s+(?:and|but|while|whereas)\s+(?:[a-z]+\s+){0,2}\S$", re.IGNORECASE)
_SITE_BEHIND = re.compile(  # "in Kenyan churches" is in Kenya, "in Kenyan custody" need not be
    r"\s+(?:[a-z]+\s+){0,2}?(?:church|mosque|temple|hotel|cit(?:y|ies)|town|village|hospital|prison|jail|school|port|province|region|territor(?:y|ies)|waters|capital|soil|coast|side\s+of|border|camp|airport|street|market|mine)(?:s|es)?\b",
)
_AND_PLACE = re.compile(r"(?:,\s+[A-Z][\w ]{2,20})*,?\s+and\s+(?:in\s+)?(?:the\s+)?")
_HEADING = re.compile(r"(?:\s*,[^:.;]{0,60})?:\s")
_BEFORE_HEADING = re.compile(r"\s*(?:[-*\u2022\u2013\u2014]\s*[^:;\d]{0,60}|[^\W\d][^:;\d]{0,60},\s+(?:in\s+)?)")
LEAD = 1500  # characters: where a story is, its beginning says
LOOK_BACK = 500  # characters of the text before a sentence in which "the city" may have been named
_INHERITING = frozenset(lexicon().tracked | {"other", "population"})
_LOCATIVE = word_set("binding", "locative")
_LIST_MARKS = word_set("binding", "list_marks")


def _bound_place(mention: Mention, claim: Claim | None, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """Of the places where something may happen the nearest to the figure; behind it only in the same clause."""
    text = mention.sentence.text
    offset = mention.number.start - mention.sentence.start
    ranked = []
    for place in places:
        if not _may_hold(mention, claim, place):
            continue
        distance = place.start - offset if place.start > offset else 2 * (offset - place.start)
        is_elsewhere = (
            _is_of_next_verb(mention, place)
            or heads_counts(text, place)
            or (place.start < offset and _CLAUSE.search(text, place.end, offset + 1) is not None)
        )
        ranked.append((is_elsewhere, distance, place.start, place))
    if not ranked:
        return None
    best = min(ranked, key=lambda entry: entry[:3])[3]
    own = [place for _, _, start, place in ranked if start < offset and has_counted(text, place)]
    return own[-1] if own and is_beside(text, best, offset) else best


def _may_hold(mention: Mention, claim: Claim | None, place: PlaceMention) -> bool:
    """Whether the sentence puts something into the place in the figure's clause, not somebody who speaks."""
    sentence = mention.sentence
    text, offset = sentence.text, mention.number.start - sentence.start
    if place.start > offset:
        is_apart = _BREAK.search(text, offset, place.start) or _is_of_other_number(mention, place)
        return not is_apart and not _is_in_claimant(sentence, claim, place) and _is_locative(text, place)
    if is_venue(text, place, offset):
        return False
    return not _is_in_claimant(sentence, claim, place) or has_counted(text, place)


def _may_be_where(text: str, place: PlaceMention) -> bool:
    """Whether words bind something to the place; to a people's name only those of a site: "in Kenyan churches"."""
    if place.is_dateline or (place.is_demonym and not _SITE_BEHIND.match(text, place.end)):
        return False
    return _is_locative(text, place) or has_counted(text, place)


def _is_of_other_number(mention: Mention, place: PlaceMention) -> bool:
    """Whether the place stands in a list by places: "|31| drowned, 22 in |Lima| and nine in Cusco"."""
    sentence = mention.sentence
    words = [word for word in sentence.words[mention.after :] if word.end - sentence.start <= place.start]
    if words and words[-1].low in _LOCATIVE:
        words.pop()
    if [word.low for word in words[-2:]] == ["of", "them"]:
        del words[-2:]
    return len(words) > 1 and words[-1].number >= 0 and words[-2].low in _LIST_MARKS


def _is_of_next_verb(mention: Mention, place: PlaceMention) -> bool:
    """Whether another verb lies before the place: "floods in Peru killed |70| and left much of |Lima| under mud"."""
    sentence = mention.sentence
    later = sentence.words[mention.after :]
    return sentence.is_parsed and any(
        word.low == "and" and verb.tag[:2] == "VB" and verb.end - sentence.start <= place.start
        for word, verb in pairwise(later)
    )


def _is_one_of_several(mention: Mention, found: PlaceMention, places: Sequence[PlaceMention]) -> bool:
    """Read "28 deaths in |Bihar| and Odisha": one count for two places of a country."""
    if found.kind == "country":
        return False
    later = (place for place in places if place.start > found.end and place.country == found.country)
    following = next(later, None)
    return following is not None and _AND_PLACE.fullmatch(mention.sentence.text, found.end, following.start) is not None


def _meant_by_the_city(mention: Mention, setting: Setting) -> PlaceMention | None:
    """The city last named, where the sentence says "in the city" or calls it "the hub of 2 million people"."""
    sentence = mention.sentence
    if mention.measure == "population":
        anaphor = _CITY_OF.search(sentence.text[: mention.number.start - sentence.start])
    else:
        anaphor = _IN_THE_CITY.search(sentence.text) if holds_any(sentence.text.lower(), _TOWNS) else None
    if anaphor is None:
        return None
    here = [place for place in setting.places_of(sentence) if place.start < anaphor.start()]
    before = here or setting.places_before(sentence)
    cities = [place for place in before if place.kind == "city" and not place.is_dateline]
    return cities[-1] if cities else None


def _is_locative(text: str, place: PlaceMention) -> bool:
    """Whether "in", "near", "the city of" or a possessive binds something to the place: "in Lima", "Lima's port"."""
    if _is_in_heading(text, place) or text[place.start : place.end] == "capital":
        return True
    if _POSSESSIVE.match(text, place.end):
        return not _BODY_BEHIND.match(text, place.end)
    before = _word_before(text, place.start)
    if place.kind == "city" and _NOUN_BEHIND.match(text, place.end) and not _BODY_AHEAD.match(text, place.end):
        return True  # "a Lima hall", "the Lima blast"
    if before is None:
        return False
    word, end = before
    if word == "from":  # "withdrew from Peru", not "two men from Peru"
        return _LEFT_FROM.search(text, max(0, place.start - 60), end) is not None
    return word in _LOCATIVE


def _word_before(text: str, start: int) -> tuple[str, int] | None:
    """The word before a place and what belongs to the place ("in |the old port of| Lima"), and where it ends."""
    nearest = _NEAREST.match(text[max(0, start - 24) : start][::-1])
    if nearest and not _BELONGING.fullmatch(word := nearest[1][::-1].lower()):
        return word, start - nearest.start(1)  # nearly always: a tenth of the time of the pattern
    before = _BEFORE_PLACE.search(text, max(0, start - 40), start)
    return (before[1].lower(), before.end(1)) if before else None


def _is_in_heading(text: str, place: PlaceMention) -> bool:
    """Whether the place stands before a colon that opens the sentence: "Mill Hall, |Cork|: 9 hurt"."""
    if heads_counts(text, place):
        return True
    if not _HEADING.match(text, place.end) or not _BEFORE_HEADING.fullmatch(text, 0, place.start):
        return False  # a name alone before a colon is a dateline
    return kind_of(text[: place.end]) in ("named", "person")  # "Health Ministry of Peru: 12 dead" names who says it


def _is_in_claimant(sentence: Sentence, claim: Claim | None, place: PlaceMention) -> bool:
    if claim is None or claim.is_pronoun:
        return False
    words = sentence.words
    return words[claim.first].start - sentence.start <= place.start < words[claim.last].end - sentence.start


def days_of(mention: Mention, setting: Setting) -> DayBounds:
    """The day that the figure speaks of."""
    sentence = mention.sentence
    if bounds := earlier_day(mention, days_of_sentence(sentence.text, setting.published)):
        return bounds
    return figure_days(sentence.text, mention.number.start - sentence.start, setting.bounds, setting.published)
