"""Articles for those who find copies and stories among them, and what came of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

import duckdb

from extract.clean import Signed, signature
from extract.ids import hash_id
from extract.models import Tracker
from extract.stories import Story, StoryCard, group_stories, tracker_of
from extract.story_names import MOST_TOLD, Told, story_name
from extract.story_terms import READ_CHARS, SCHEME, Terms, story_terms
from warehouse.load import Row
from warehouse.records import NamedStory
from warehouse.statements import statement
from warehouse.store import Store

AT_ONCE: Final = 2_000  # articles, some with their texts
STORIES_AT_ONCE: Final = 100
_Row = TypeVar("_Row")


def signed_articles(connection: duckdb.DuckDBPyConnection, fresh: Mapping[str, bytes]) -> list[Signed]:
    """Every page's latest version with its signature.

    fresh: signatures made in this run, by article_id; one that is neither there nor stored is made here
    """
    return [
        Signed(article_id, fresh.get(article_id) or stored or signature(text), url, published_at)
        for article_id, stored, url, published_at, text in _rows(connection, "signed_articles")
    ]


def find_stories(store: Store, trackers: Sequence[Tracker]) -> list[NamedStory]:
    """The stories of all pages' latest versions; words that no run weighed before are weighed and kept.

    A story of the same articles keeps its name: a run over a large archive reads the texts of what changed, no others.
    """
    known = {story_id: rest for story_id, *rest in store.connection.execute(statement("story_names")).fetchall()}
    found: list[NamedStory] = []
    unnamed: list[tuple[Story, str]] = []
    for story in group_stories(_story_cards(store, trackers)):
        made_from = hash_id("story name", SCHEME, story.place or "", *(card.article_id for card in story.members))
        name, was_made_from = known.get(story.story_id, ("", None))
        if story.tracker or was_made_from == made_from:
            found.append(_named(story, story.tracker or name, made_from))
        else:
            unnamed.append((story, made_from))
    return found + list(_name(store.connection, unnamed))


def _story_cards(store: Store, trackers: Sequence[Tracker]) -> list[StoryCard]:
    """A card of every page's latest version; each word of all of them is held once."""
    cards: list[StoryCard] = []
    spelled: dict[str, str] = {}
    given = {"scheme": SCHEME, "tracked": bool(trackers)}
    for rows in _batches(_rows(store.connection, "story_cards", given), AT_ONCE):
        fresh: list[Row] = []
        for article_id, page_id, url, published_on, place, country, words, weights, names, title, text in rows:
            terms = Terms(words, weights, names) if words is not None else story_terms(title, text)
            if words is None:
                fresh.append((article_id, SCHEME, *terms))
            tracker = (
                tracker_of(f"{title or ''}\n{text}", published_on, (place, country), trackers) if trackers else None
            )
            held = Terms(
                [spelled.setdefault(word, word) for word in terms.words], array("d", terms.weights), terms.names
            )
            cards.append(StoryCard(article_id, page_id, url, held, published_on, place, country, tracker))
        store.save_story_terms(fresh)
    return cards


def _name(connection: duckdb.DuckDBPyConnection, unnamed: Iterable[tuple[Story, str]]) -> Iterator[NamedStory]:
    """The stories with new names, the texts of some at a time: of a hundred stories, five thousand articles at most."""
    for some in _batches(unnamed, STORIES_AT_ONCE):
        tell = [card.article_id for story, _ in some for card in story.members[:MOST_TOLD]]
        given = {"articles": tell, "characters": READ_CHARS}
        texts = {article_id: rest for article_id, *rest in _rows(connection, "told_articles", given)}
        for story, made_from in some:
            told = [Told(card.terms, *texts[card.article_id]) for card in story.members[:MOST_TOLD]]
            yield _named(story, story_name(told, story.place), made_from)


def _named(story: Story, name: str, made_from: str) -> NamedStory:
    articles = tuple(card.article_id for card in story.members)
    return NamedStory(story.story_id, name, story.tracker, story.place, story.country, articles, made_from)


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, given: Mapping[str, object] | None = None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, read some at a time by a cursor of its own."""
    cursor = connection.cursor()
    cursor.execute(statement(query), given)
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def _batches(rows: Iterable[_Row], size: int) -> Iterator[list[_Row]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
