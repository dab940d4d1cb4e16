"""Articles for those who find copies and stories among them, and what came of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final, TypeVar

import duckdb

from extract.clean import Signed, signature
from extract.ids import hash_id
from extract.models import Tracker
from extract.stories import Story, StoryCard, group_stories, tracker_of
from extract.story_names import MOST_TOLD, Told, story_name
from extract.story_terms import READ_CHARS, SCHEME, Terms, story_terms
from warehouse.records import NamedStory
from warehouse.statements import statement
from warehouse.store import Store

AT_ONCE: Final = 2_000  # articles, some with their texts
STORIES_AT_ONCE: Final = 100
TRACKED_CHARS: Final = 20_000  # of a text in which a tracker's words are looked for
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
    cards = _story_cards(store, trackers)
    store.release_memory()  # the cards of a large archive and what ties them take as much as DuckDB
    for story in group_stories(cards):
        made_from = hash_id("story name", SCHEME, story.place or "", *(card.article_id for card in story.members))
        name, was_made_from = known.get(story.story_id, ("", None))
        if story.tracker or was_made_from == made_from:
            found.append(_named(story, story.tracker or name, made_from))
        else:
            unnamed.append((story, made_from))
    return found + list(_name(store.connection, unnamed))


def _story_cards(store: Store, trackers: Sequence[Tracker]) -> list[StoryCard]:
    """A card of every page's latest version; each word of all of them is held once."""
    _weigh_new_words(store)
    cards: list[StoryCard] = []
    spelled: dict[str, str] = {}
    rows = _rows(store.connection, "story_cards", {"scheme": SCHEME})
    for article_id, page_id, url, published_on, place, country, words, weights, names in rows:
        held = Terms([spelled.setdefault(word, word) for word in words], array("d", weights), names)
        cards.append(StoryCard(article_id, page_id, url, held, published_on, place, country))
    return _with_trackers(store.connection, cards, trackers) if trackers else cards


def _weigh_new_words(store: Store) -> None:
    """Weigh and keep the words of each article that came without, or whose words another scheme weighed."""
    unweighed = [row for (row,) in _rows(store.connection, "unweighed_articles", {"scheme": SCHEME})]
    for texts in _texts(store.connection, unweighed, READ_CHARS):
        store.save_story_terms({article_id: story_terms(title, text) for article_id, title, text in texts})


def _with_trackers(
    connection: duckdb.DuckDBPyConnection, cards: Sequence[StoryCard], trackers: Sequence[Tracker]
) -> list[StoryCard]:
    """The cards with the tracker that each article's text calls for."""
    found = {card.article_id: card for card in cards}
    latest = [row for (row,) in _rows(connection, "latest_articles")]
    for texts in _texts(connection, latest, TRACKED_CHARS):
        for article_id, title, text in texts:
            card = found[article_id]
            tracker = tracker_of(f"{title or ''}\n{text}", card.published_on, (card.place, card.country), trackers)
            if tracker:
                found[article_id] = replace(card, tracker=tracker)
    return list(found.values())


def _texts(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[int], characters: int
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Id, title and text of the articles in those rows of the table, which stand in order, some at a time.

    No query joins or sorts by what carries texts: those of a large archive are more than the memory that DuckDB has.
    """
    for some in _batches(rows, AT_ONCE):
        given = {"first": some[0], "last": some[-1], "rows": some, "characters": characters}
        yield list(_rows(connection, "article_texts", given))


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
