"""Reads back what it takes to tell copies and stories: the latest version of every page, no more of it than needed."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from extract.clean import Signed, signature
from extract.stories import StoryCard
from warehouse.statements import statement


def signed_articles(connection: duckdb.DuckDBPyConnection, fresh: Mapping[str, bytes]) -> list[Signed]:
    """Every page's latest version with its signature.

    fresh: signatures made in this run, by article_id; one that is neither there nor stored is made here
    """
    cursor = connection.cursor()
    cursor.execute(statement("signed_articles"))
    found: list[Signed] = []
    while rows := cursor.fetchmany(10_000):
        for article_id, stored, url, published_at, text in rows:
            signed = fresh.get(article_id) or stored or signature(text)
            found.append(Signed(article_id, signed, url, published_at))
    return found


def story_cards(connection: duckdb.DuckDBPyConnection) -> list[StoryCard]:
    """Every page's latest version as the grouping into stories wants it."""
    cursor = connection.cursor()
    cursor.execute(statement("story_cards"))
    found: list[StoryCard] = []
    while rows := cursor.fetchmany(10_000):
        found += [StoryCard(*row) for row in rows]
    return found
