"""Reads back what a run needs of earlier runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import duckdb

from extract.fetch.settings import Known
from extract.models import Article
from warehouse.statements import statement


def known(connection: duckdb.DuckDBPyConnection, urls: Iterable[str] | None = None) -> dict[str, Known]:
    """What is stored of these addresses, or of all; one never read is not in it.

    All are read and the wanted ones kept: DuckDB's first parameter costs two seconds, see warehouse.load.
    """
    wanted = None if urls is None else set(urls)
    if wanted is not None and not wanted:
        return {}
    found: dict[str, Known] = {}
    cursor = connection.cursor()
    cursor.execute(statement("known"))
    while rows := cursor.fetchmany(10_000):
        for url, sha256, etag, last_modified, seen, fetched_at, changed_at, page_url in rows:
            if wanted is None or url in wanted:
                found[url] = Known(
                    sha256=sha256,
                    etag=etag,
                    last_modified=last_modified,
                    seen=frozenset(seen),
                    fetched_at=fetched_at,
                    changed_at=changed_at,
                    page_url=page_url,
                )
    return found


def revisits(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, datetime]]:
    """By the name of a source the addresses that led to its articles, each with when its story last moved."""
    found: dict[str, dict[str, datetime]] = {}
    cursor = connection.cursor()
    cursor.execute(statement("revisits"))
    while rows := cursor.fetchmany(10_000):
        for source, url, moved_at in rows:
            found.setdefault(source, {})[url] = moved_at
    return found


def articles_for_reextraction(
    connection: duckdb.DuckDBPyConnection, extractor: str, batch: int
) -> Iterator[list[Article]]:
    """Stored articles of another extractor version, `batch` at a time by article_id; save between batches at will."""
    if all(found == extractor for (found,) in connection.execute(statement("extractors")).fetchall()):
        return  # the usual case, told without a parameter
    after = ""
    while True:
        rows = connection.execute(statement("articles_of_another_extractor"), [extractor, after, batch]).fetchall()
        if not rows:
            return
        after = rows[-1][0]
        yield [_article(*row[1:]) for row in rows]


def _article(*cells: object) -> Article:
    names = (
        "page_id", "url", "source", "outlet", "title", "text", "fetched_at", "captions", "author", "published_at",
        "published_from", "modified_at", "canonical_url", "language", "origin",
    )  # fmt: skip
    return Article(**dict(zip(names, cells, strict=True)))  # type: ignore[arg-type]  # the table's types are the article's
