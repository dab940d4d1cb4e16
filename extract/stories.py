"""Which articles tell one story: the same names and events within a stretch of time; named trackers come first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from extract.ids import hash_id
from extract.models import Tracker
from extract.story_links import Node, link, weigh
from extract.story_terms import LEAD_CHARS, Terms, stem_of, story_terms

__all__ = ["Story", "StoryCard", "Tracker", "group_stories"]


@dataclass(frozen=True)
class StoryCard:
    """What the grouping needs of one article: its latest version.

    published_on: null where the article is undated; it then joins by its content alone
    place, country: the article's main place, as the gazetteer spells it
    """

    article_id: str
    page_id: str
    url: str
    title: str | None
    text: str
    published_on: date | None = None
    place: str | None = None
    country: str | None = None

    @cached_property
    def terms(self) -> Terms:
        """The words that tell its story."""
        return story_terms(self.title, self.text)

    @property
    def order(self) -> tuple[bool, str, str, str]:
        """By day, undated ones last, then address: the order that does not depend on when it was read."""
        return self.published_on is None, (self.published_on or date.min).isoformat(), self.url, self.article_id


@dataclass(frozen=True, slots=True)
class Story:
    """One story.

    story_id: a hash of the page of its earliest article (by day, then address), so it changes only where an earlier
        article of the story turns up; for a tracked story a hash of the tracker's name
    name: for a reader, as "Kazakhstan protests"
    """

    story_id: str
    name: str
    tracker: str | None = None
    place: str | None = None
    country: str | None = None
    article_ids: tuple[str, ...] = field(default=(), repr=False)


def group_stories(cards: Sequence[StoryCard], trackers: Sequence[Tracker] = ()) -> dict[str, Story]:
    """The story of every article, by article_id; an article that joins no other is a story of its own.

    Pure, and the same for any order of the cards. Time grows about linearly: articles meet only where they share two
    of their strongest words.
    """
    ordered = sorted({card.article_id: card for card in cards}.values(), key=lambda card: card.order)
    tracked: defaultdict[str, list[StoryCard]] = defaultdict(list)
    free: list[StoryCard] = []
    for card in ordered:
        tracker = next((tracker for tracker in trackers if _is_tracked(card, tracker)), None)
        (tracked[tracker.name] if tracker else free).append(card)
    stories = [_tracked_story(name, members) for name, members in tracked.items()]
    stories += [_found_story(members) for members in _groups(free)]
    return {article_id: story for story in stories for article_id in story.article_ids}


def _groups(cards: Sequence[StoryCard]) -> list[list[StoryCard]]:
    """The cards by story, each in the given order."""
    vectors = weigh([card.terms for card in cards])
    nodes = [
        Node(
            card.order[1:],
            vector,
            {term: weight for term, weight in vector.items() if term in card.terms.names},
            card.published_on,
        )
        for card, vector in zip(cards, vectors, strict=True)
    ]
    groups: defaultdict[int, list[StoryCard]] = defaultdict(list)
    for card, root in zip(cards, link(nodes), strict=True):
        groups[root].append(card)
    return list(groups.values())


def _is_tracked(card: StoryCard, tracker: Tracker) -> bool:
    """Whether the article is of the tracker's words, places and days, so far as those are given."""
    if card.published_on and (
        (tracker.starts_on and card.published_on < tracker.starts_on)
        or (tracker.ends_on and card.published_on > tracker.ends_on)
    ):
        return False
    if not tracker.words and not tracker.places:
        return False
    text = f"{card.title or ''}\n{card.text}".casefold()
    has_word = not tracker.words or any(_names(text, word) for word in tracker.words)
    has_place = not tracker.places or any(
        place in (card.place, card.country) or _names(text, place) for place in tracker.places
    )
    return has_word and has_place


def _names(text: str, word: str) -> bool:
    """Whether the text has the word as a word, in any form that begins with it."""
    return re.search(rf"(?<!\w){re.escape(word.casefold())}", text) is not None


def _tracked_story(name: str, members: Sequence[StoryCard]) -> Story:
    place, country = _main_place(members)
    return Story(
        hash_id("story", "tracker", name), name, name, place, country, tuple(card.article_id for card in members)
    )


def _found_story(members: Sequence[StoryCard]) -> Story:
    place, country = _main_place(members)
    return Story(
        hash_id("story", members[0].page_id),
        story_name(members, place),
        None,
        place,
        country,
        tuple(card.article_id for card in members),
    )


def _main_place(members: Iterable[StoryCard]) -> tuple[str | None, str | None]:
    """The place that most articles name as theirs, with its country; ties go to the name that comes first."""
    counts = Counter((card.place, card.country) for card in members if card.place)
    if not counts:
        return None, None
    return min(counts, key=lambda place: (-counts[place], place[0] or "", place[1] or ""))


def story_name(members: Sequence[StoryCard], place: str | None) -> str:
    """A short name for a reader: the leading name and the leading thing, "Kazakhstan protests"; else a headline."""
    weights: Counter[str] = Counter()
    name_votes: Counter[str] = Counter()
    for card in members:
        weights.update({term: weight for term, weight in card.terms.weights.items() if _is_in_front(card, term)})
        name_votes.update({term: 1 if term in card.terms.names else -1 for term in card.terms.weights})
    names = [term for term in _strongest(weights) if name_votes[term] > 0]
    things = [term for term in _strongest(weights) if name_votes[term] <= 0]
    words = _spellings(members)
    leading = _phrase(names[0], members) if names else (place or "")
    thing = next(
        (words[term] for term in things if term in words and words[term].casefold() not in leading.casefold()), ""
    )
    return " ".join(part for part in (leading, thing) if part) or _headline(members[0])


def _is_in_front(card: StoryCard, term: str) -> bool:
    """Whether the title or the first lines have the term."""
    return term in f"{card.title or ''} {card.text[:LEAD_CHARS]}".casefold()


def _strongest(weights: Counter[str]) -> list[str]:
    return sorted(weights, key=lambda term: (-weights[term], term))


def _spellings(members: Sequence[StoryCard]) -> dict[str, str]:
    """Each thing as it is most often written in front."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for card in members[:50]:
        front = f"{card.title or ''} {card.text[:LEAD_CHARS]}"
        for word in re.findall(r"[^\W\d_]{3,}", front):
            found[stem_of(word)][word.lower()] += 1
    return {stem: min(counts, key=lambda word: (-counts[word], word)) for stem, counts in found.items()}


def _phrase(term: str, members: Sequence[StoryCard]) -> str:
    """The name as it is printed, with the capitalised words around it: "lanka" -> "Sri Lanka"."""
    counts: Counter[str] = Counter()
    for card in members[:50]:
        for match in re.finditer(
            rf"(?:[A-Z][^\W\d_]+ ){{0,2}}\b{re.escape(term[:1].upper() + term[1:])}\w*(?: [A-Z][^\W\d_]+){{0,2}}",
            card.text[:6000],
        ):
            counts[match.group()] += 1
    return min(counts, key=lambda phrase: (-counts[phrase], phrase)) if counts else term.title()


def _headline(card: StoryCard) -> str:
    return (card.title or card.text.partition("\n")[0] or card.url)[:80]
