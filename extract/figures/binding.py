"""Where and when a figure holds: the place its sentence binds, else the article's; the day it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.figures.capitals import with_capital
from extract.figures.claimants import Claim
from extract.figures.dates import DayBounds, day_bounds, days_of_sentence, figure_days
from extract.figures.lexicon import lexicon
from extract.figures.mentions import Mention
from extract.figures.past_clauses import earlier_day
from extract.figures.places import Place, PlaceMention, find_places, leading_place
from extract.figures.scenes import has_counted, is_beside, is_venue
from extract.figures.spots import LOCATIVE, Spot, spot_at
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
    told: dict[int, tuple[Sequence[PlaceMention], list[Spot]]] = field(default_factory=dict)

    def places_of(self, sentence: Sentence) -> Sequence[PlaceMention]:
        """Places of a sentence, offsets from its start."""
        key = id(sentence)
        if key not in self.places:
            start = self.starts[key]
            self.places[key] = [_moved(place, -start) for place in self._between(start, start + len(sentence.text))]
        return self.places[key]

    def told_places_of(self, sentence: Sentence) -> tuple[Sequence[PlaceMention], list[Spot]]:
        """Places of a sentence with the capital that it speaks of, and those of them where something may happen.

        To be asked once the main place is known for good.
        """
        key = id(sentence)
        if key not in self.told:
            places = with_capital(sentence.text, self.places_of(sentence), self.main)
            self.told[key] = places, [spot for place in places if (spot := spot_at(sentence.text, place))]
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
        for sentence in sentences:
            if (places := self.places_of(sentence)) and _names_more(sentence.text, places, main):
                self.main = Place(main.country, main.country, "country")
                return


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


def _names_more(text: str, places: Sequence[PlaceMention], main: Place) -> bool:
    """Whether a sentence names another city of the main one's country, or the city "and villages around it"."""
    if any(place.name == main.name and _AND_BEYOND.match(text, place.end) for place in places):
        return True
    others = [place for place in places if place.kind == "city" and place.country == main.country]
    is_other = any(place.name != main.name and not place.is_dateline for place in others)
    return is_other and not _OPENS_PAST.match(text)


def _moved(place: PlaceMention, by: int) -> PlaceMention:
    return PlaceMention(
        place.start + by, place.end + by, place.name, place.country, place.kind, place.is_demonym, place.is_dateline
    )


def place_of(mention: Mention, claim: Claim | None, setting: Setting) -> FigurePlace:
    """The place that the sentence binds to the figure, else the article's main place."""
    places, spots = setting.told_places_of(mention.sentence)
    found = _bound_place(mention, claim, spots) if spots else None
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
_AND_BEYOND = re.compile(
    r"\s+and\s+(?:beyond|elsewhere|(?:other|nearby|surrounding|several|neighbou?ring)\s+\w+|places?\b|its\s+\w+|around|[a-z]+\s+around\s+it\b)",
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
_AND_PLACE = re.compile(r"(?:,\s+[A-Z][\w ]{2,20})*,?\s+and\s+(?:in\s+)?(?:the\s+)?")
LEAD = 1500  # characters: where a story is, its beginning says
LOOK_BACK = 500  # characters of the text before a sentence in which "the city" may have been named
_INHERITING = frozenset(lexicon().tracked | {"other", "population"})
_LIST_MARKS = word_set("binding", "list_marks")


def _bound_place(mention: Mention, claim: Claim | None, spots: Sequence[Spot]) -> PlaceMention | None:
    """Of the places where something may happen the nearest to the figure; behind it only in the same clause."""
    text = mention.sentence.text
    offset = mention.number.start - mention.sentence.start
    ranked = []
    for spot in spots:
        if not _may_hold(mention, claim, spot):
            continue
        place = spot.place
        distance = place.start - offset if place.start > offset else 2 * (offset - place.start)
        is_elsewhere = (
            spot.heads_counts
            or _is_of_next_verb(mention, place)
            or (place.start < offset and _CLAUSE.search(text, place.end, offset + 1) is not None)
        )
        ranked.append((is_elsewhere, distance, place.start, place))
    if not ranked:
        return None
    best = min(ranked, key=lambda entry: entry[:3])[3]
    own = [place for _, _, start, place in ranked if start < offset and has_counted(text, place)]
    return own[-1] if own and is_beside(text, best, offset) else best


def _may_hold(mention: Mention, claim: Claim | None, spot: Spot) -> bool:
    """Whether the sentence puts something into the place in the figure's clause, not somebody who speaks."""
    sentence, place = mention.sentence, spot.place
    text, offset = sentence.text, mention.number.start - sentence.start
    if place.start > offset:
        if not spot.is_locative or _is_in_claimant(sentence, claim, place):
            return False
        return _BREAK.search(text, offset, place.start) is None and not _is_of_other_number(mention, place)
    if is_venue(text, place, offset):
        return False
    return not _is_in_claimant(sentence, claim, place) or has_counted(text, place)


def _is_of_other_number(mention: Mention, place: PlaceMention) -> bool:
    """Whether the place stands in a list by places: "|31| drowned, 22 in |Lima| and nine in Cusco"."""
    sentence = mention.sentence
    words = [word for word in sentence.words[mention.after :] if word.end - sentence.start <= place.start]
    if words and words[-1].low in LOCATIVE:
        words.pop()
    if [word.low for word in words[-2:]] == ["of", "them"]:
        del words[-2:]
    return len(words) > 1 and words[-1].number >= 0 and words[-2].low in _LIST_MARKS


def _is_of_next_verb(mention: Mention, place: PlaceMention) -> bool:
    """Whether another verb lies before the place: "floods in Peru killed |70| and left much of |Lima| under mud"."""
    sentence = mention.sentence
    if not sentence.is_tagged:
        return False
    return any(
        word.low == "and" and verb.tag[:2] == "VB" and verb.end - sentence.start <= place.start
        for word, verb in pairwise(sentence.words[mention.after :])
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
        anaphor = _in_the_city(sentence.text)
    if anaphor is None:
        return None
    here = [place for place in setting.places_of(sentence) if place.start < anaphor.start()]
    before = here or setting.places_before(sentence)
    cities = [place for place in before if place.kind == "city" and not place.is_dateline]
    return cities[-1] if cities else None


@lru_cache(maxsize=64)  # all figures of a sentence ask in a row
def _in_the_city(sentence: str) -> re.Match[str] | None:
    return _IN_THE_CITY.search(sentence) if holds_any(sentence.lower(), _TOWNS) else None


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
