"""Which articles tell one story: the same names and events within a stretch of time; named trackers come first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from extract.ids import hash_id
from extract.models import Tracker
from extract.story_links import link, make_nodes
from extract.story_terms import Terms

__all__ = ["Story", "StoryCard", "Tracker", "group_stories", "tracker_of"]


@dataclass(frozen=True, slots=True)
class StoryCard:
    """What the grouping needs of one article: its latest version.

    terms: the words that tell its story
    published_on: null where the article is undated; it then joins by its content alone
    place, country: the article's main place, as the gazetteer spells it
    tracker: the name of the user's tracker that takes it
    """

    article_id: str
    page_id: str
    url: str
    terms: Terms
    published_on: date | None = None
    place: str | None = None
    country: str | None = None
    tracker: str | None = None

    @property
    def order(self) -> tuple[bool, str, str, str]:
        """By day, undated ones last, then address: the order that does not depend on when it was read."""
        return self.published_on is None, (self.published_on or date.min).isoformat(), self.url, self.article_id


@dataclass(frozen=True, slots=True)
class Story:
    """One story.

    story_id: a hash of the page of its earliest article (by day, then address), so it changes only where an earlier
        article of the story turns up; for a tracked story a hash of the tracker's name
    members: the cards of its articles, earliest first
    """

    story_id: str
    tracker: str | None
    place: str | None
    country: str | None
    members: tuple[StoryCard, ...]


def group_stories(cards: Iterable[StoryCard]) -> list[Story]:
    """All stories, each article in one; an article that joins no other is a story of its own.

    Pure, and the same for any order of the cards. Time grows about linearly: articles meet only where they share two
    of their strongest words.
    """
    ordered = sorted({card.article_id: card for card in cards}.values(), key=lambda card: card.order)
    tracked: defaultdict[str, list[StoryCard]] = defaultdict(list)
    free: list[StoryCard] = []
    for card in ordered:
        (tracked[card.tracker] if card.tracker else free).append(card)
    stories = [_story(hash_id("story", "tracker", name), members, name) for name, members in tracked.items()]
    return stories + [_story(hash_id("story", members[0].page_id), members) for members in _groups(free)]


def _groups(cards: Sequence[StoryCard]) -> list[list[StoryCard]]:
    """The cards by story, each in the given order."""
    nodes = make_nodes([card.terms for card in cards], [card.published_on for card in cards])
    groups: defaultdict[int, list[StoryCard]] = defaultdict(list)
    for card, root in zip(cards, link(nodes), strict=True):
        groups[root].append(card)
    return list(groups.values())


def tracker_of(
    text: str, published_on: date | None, places: Collection[str | None], trackers: Sequence[Tracker]
) -> str | None:
    """The name of the first tracker that takes the article of that text, title included.

    places: as the gazetteer spells the article's place and country
    """
    folded = text.casefold()
    taking = (one.name for one in trackers if _is_of_days(one, published_on) and _is_of_words(one, folded, places))
    return next(taking, None)


def _is_of_days(tracker: Tracker, published_on: date | None) -> bool:
    if published_on is None:
        return True
    begins, ends = tracker.starts_on or date.min, tracker.ends_on or date.max
    return begins <= published_on <= ends


def _is_of_words(tracker: Tracker, folded: str, places: Collection[str | None]) -> bool:
    """Whether the article is of the tracker's words and places, so far as those are given."""
    if not tracker.words and not tracker.places:
        return False
    has_word = not tracker.words or any(_names(folded, word) for word in tracker.words)
    return has_word and (
        not tracker.places or any(place in places or _names(folded, place) for place in tracker.places)
    )


def _names(folded: str, word: str) -> bool:
    """Whether the text has the word as a word, in any form that begins with it."""
    return re.search(rf"(?<!\w){re.escape(word.casefold())}", folded) is not None


def _story(story_id: str, members: Sequence[StoryCard], tracker: str | None = None) -> Story:
    """The story at the place that most articles name as theirs; ties go to the name that comes first."""
    counts = Counter((card.place, card.country) for card in members if card.place)
    place, country = min(
        counts, key=lambda place: (-counts[place], place[0] or "", place[1] or ""), default=(None, None)
    )
    return Story(story_id, tracker, place, country, tuple(members))
