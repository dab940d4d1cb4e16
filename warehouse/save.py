"""Saves what a run found. Saving the same twice changes nothing but last_seen_at."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import duckdb

from extract.models import Article, Extracted, Fetch, Figure
from extract.story_terms import SCHEME, Terms
from warehouse.load import Row, few_incoming, incoming, merge_rows
from warehouse.records import Broken, CopyOf, NamedStory, Run, Saved
from warehouse.rows import article_row, block_rows, fetch_row, figure_row, run_row, storable
from warehouse.rules import find_broken_rule
from warehouse.statements import statement

log = logging.getLogger(__name__)

Read = tuple[Article, tuple[Figure, ...]]


def save_fetches(connection: duckdb.DuckDBPyConnection, run_id: str, fetches: Sequence[Fetch]) -> None:
    """Save attempts, one row an address and moment; pages seen unchanged or gone are marked so in `articles`."""
    if not fetches:
        return
    once = {(fetch.url, fetch.fetched_at): fetch_row(run_id, fetch) for fetch in fetches}
    with few_incoming(connection, "core.fetches", list(once.values())):
        connection.execute(statement("save_fetches"))


def save_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Save a run, or replace what was saved of it."""
    merge_rows(connection, "core.runs", [run_row(run)], key=["run_id"])


def save_extracted(
    connection: duckdb.DuckDBPyConnection, extracted: Sequence[Extracted], *, extractor: str, now: datetime
) -> Saved:
    """Save articles with their blocks and figures; give each page its versions.

    An article that breaks a rule goes to quarantine by name and the others land. Skips among `extracted` are not
    counted: they are rows of `fetches`.
    """
    read = _once_each(extracted)
    broken = [fault for fault in (find_broken_rule(*one) for one in read) if fault is not None]
    _quarantine(connection, broken, now)
    refused = {fault.article_id for fault in broken}
    sound = [one for one in read if one[0].article_id not in refused]
    welcome = _without_forgotten(connection, sound)
    stored, reread, figures = _merge_articles(connection, welcome, extractor)
    given = sum(one.article is not None for one in extracted)
    return Saved(
        stored=stored,
        unchanged=given - stored - len(broken) - (len(sound) - len(welcome)),
        reread=reread,
        figures=figures,
        quarantined=tuple(broken),
        forgotten=len(sound) - len(welcome),
    )


def _once_each(extracted: Sequence[Extracted]) -> list[Read]:
    """Each article once, as its first reading gave it; MERGE would take one of two in silence."""
    read: dict[str, Read] = {}
    for one in extracted:
        if one.article is None:
            continue
        earlier = read.get(one.article.article_id)
        if earlier is None or one.article.fetched_at < earlier[0].fetched_at:
            read[one.article.article_id] = (one.article, one.figures)
    return list(read.values())


def _quarantine(connection: duckdb.DuckDBPyConnection, broken: Sequence[Broken], now: datetime) -> None:
    for fault in broken:
        log.warning("quarantined url=%s rule=%s detail=%s", fault.url, fault.rule, fault.detail)
    rows: list[Row] = [
        (fault.article_id, storable(fault.url), fault.rule, storable(fault.detail), now) for fault in broken
    ]
    merge_rows(connection, "core.quarantine", rows, key=["article_id"])


def _without_forgotten(connection: duckdb.DuckDBPyConnection, read: list[Read]) -> list[Read]:
    forgotten = {page_id for (page_id,) in connection.execute("SELECT page_id FROM core.forgotten").fetchall()}
    return [one for one in read if one[0].page_id not in forgotten]


def _merge_articles(connection: duckdb.DuckDBPyConnection, read: list[Read], extractor: str) -> tuple[int, int, int]:
    """How many articles are new, how many were read again by a newer extractor, and how many figures were written."""
    if not read:
        return 0, 0, 0
    articles = [article_row(article, article.fetched_at, extractor) for article, _ in read]
    blocks = [row for article, _ in read for row in block_rows(article)]
    figures = [figure_row(figure) for _, found in read for figure in found]
    with incoming(
        connection,
        incoming_articles=("core.articles", articles),
        incoming_blocks=("core.blocks", blocks),
        incoming_figures=("core.figures", figures),
    ):
        connection.execute(statement("find_fresh"))
        fresh = dict(connection.execute("SELECT article_id, was_there FROM fresh").fetchall())
        if any(fresh.values()):
            connection.execute(statement("drop_reread"))
        connection.execute(statement("save_extracted"))
    written = sum(len(found) for article, found in read if article.article_id in fresh)
    reread = sum(fresh.values())
    return len(fresh) - reread, reread, written


def save_stories(connection: duckdb.DuckDBPyConnection, stories: Sequence[NamedStory]) -> None:
    """Put articles into their stories, and count `stories` anew from all articles.

    An article that no story names keeps its own; a story without articles goes.
    """
    members: list[Row] = [(article_id, story.story_id) for story in stories for article_id in story.article_ids]
    named: list[Row] = [
        (story.story_id, story.name, story.tracker, story.place, story.country, story.made_from) for story in stories
    ]
    with incoming(
        connection,
        incoming_members=("(SELECT article_id, story_id FROM core.articles)", members),
        incoming_stories=("(SELECT story_id, name, tracker, place, country, named_from FROM core.stories)", named),
    ):
        connection.execute(statement("save_stories"))


def save_story_terms(connection: duckdb.DuckDBPyConnection, weighed: Mapping[str, Terms]) -> None:
    """Keep what the words of articles weigh, by article_id; of superseded versions nothing is kept."""
    rows: list[Row] = [(article_id, SCHEME, *terms) for article_id, terms in weighed.items()]
    if rows:
        with incoming(connection, incoming_terms=("core.story_terms", rows)):
            connection.execute(statement("save_story_terms"))


def save_copies(
    connection: duckdb.DuckDBPyConnection, copies: Mapping[str, CopyOf], signatures: Mapping[str, bytes] | None = None
) -> None:
    """Mark copies (article_id -> copy); articles not named become originals. Signatures are kept, to be made once."""
    marked: list[Row] = [(article_id, copy.copy_of, copy.syndication_id) for article_id, copy in copies.items()]
    signed: list[Row] = list((signatures or {}).items())
    with incoming(
        connection,
        incoming_copies=("(SELECT article_id, copy_of, syndication_id FROM core.articles)", marked),
        incoming_signatures=("(SELECT article_id, signature FROM core.articles)", signed),
    ):
        connection.execute(statement("save_copies"))


def replace_table(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Make a table of ours hold just these rows, each once, in an order that does not depend on theirs."""
    with incoming(connection, incoming_rows=(table, list(dict.fromkeys(rows)))):
        connection.execute(statement("replace_rows").format(table=table))
