"""A small warehouse for the pages' tests: two outlets that disagree, one of them hostile."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from warehouse.schema import migrate

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
HOSTILE_TITLE = "<script>document.title='owned'</script> “Dam” & 'toll' \u202egnihtemos"


def open_small_warehouse() -> duckdb.DuckDBPyConnection:
    """One story, two articles (one in two versions), one contradiction, one update."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    migrate(connection, Path("in memory"), NOW)
    add_article(
        connection,
        "a0",
        "Riverpost",
        HOSTILE_TITLE,
        "At least 164 people died, the health ministry said.",
        url="javascript:alert(1)",
    )
    add_article(connection, "a1", "Hill Herald", "Officials count 42", "Officials count 42 dead.", is_latest=False)
    add_article(
        connection, "a2", "Hill Herald", "Officials count 43", "Officials count 43 dead.", page="page-a1", version=2
    )
    add_figure(
        connection,
        "f0",
        "a0",
        "At least 164 people",
        low=164,
        high=None,
        on=date(2026, 3, 4),
        claimant="the health ministry",
    )
    add_figure(connection, "f2", "a2", "43 dead", low=43, high=43, on=date(2026, 3, 5))
    add(
        connection,
        "stories",
        story_id="s1",
        name="Dam <i>breach</i>",
        articles=2,
        outlets=2,
        first_published_at=NOW,
        last_published_at=NOW,
    )
    for day, best, figure in ((4, 164, "f0"), (5, 43, "f2")):
        add(
            connection,
            "timeline",
            story_id="s1",
            measure="killed",
            place="Almaty",
            unit="person",
            as_of=date(2026, 3, day),
            low=best,
            best=best,
            high=None,
            best_rule="official_body",
            voices=1,
            outlets=["Riverpost"],
            figure_ids=[figure],
        )
    add_relation(
        connection,
        "r1",
        "source_conflict",
        severity="high",
        explanation="Riverpost says at least 164; Hill Herald says 43.",
    )
    add_relation(connection, "r2", "update", severity=None, explanation="The toll grew from 42 to 43.")
    add(
        connection,
        "claimants",
        voice_id="v1",
        name="health ministry",
        spelling="the health ministry",
        kind="official",
        figures=1,
    )
    return connection


def add(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    """One row into one base table."""
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO core.{table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def add_article(connection, article_id, outlet, title, text, *, url=None, page=None, version=1, is_latest=True):
    """An article with one dropped donation appeal."""
    add(
        connection,
        "articles",
        article_id=article_id,
        page_id=page or f"page-{article_id}",
        outlet=outlet,
        source="test",
        title=title,
        url=url or f"https://news.example/{article_id}",
        text=text,
        captions="",
        words=len(text.split()),
        version=version,
        is_latest=is_latest,
        fetched_at=NOW,
        last_seen_at=NOW,
        published_at=NOW,
        story_id="s1",
        extractor="test",
    )
    add(
        connection,
        "blocks",
        article_id=article_id,
        block_no=0,
        text="Please donate 5 euros",
        kept=False,
        reason="donation",
        rule="ask",
    )


def add_figure(connection, figure_id, article_id, quote, *, low, high, on, claimant=None):
    """A tracked toll that stands at its words in the article's text."""
    [(text,)] = connection.execute("SELECT text FROM core.articles WHERE article_id = ?", [article_id]).fetchall()
    start = text.index(quote)
    add(
        connection,
        "figures",
        figure_id=figure_id,
        article_id=article_id,
        field="text",
        quote=quote,
        char_start=start,
        char_end=start + len(quote),
        sentence=text,
        value=low,
        low=low,
        high=high,
        likely_low=low,
        likely_high=high,
        qualifier="exact" if high else "at_least",
        measure="killed",
        unit="person",
        place="Almaty",
        as_of=on,
        claimant=claimant,
        voice_id="v1",
        speech="reported",
        modality="stated",
        negated=False,
        is_background=False,
        trackable=True,
        extractor="test",
        rule="test",
    )


def add_relation(connection, relation_id, kind, *, severity, explanation):
    """Between the two tolls."""
    add(
        connection,
        "relations",
        relation_id=relation_id,
        story_id="s1",
        kind=kind,
        severity=severity,
        measure="killed",
        place="Almaty",
        unit="person",
        as_of=date(2026, 3, 5),
        figure_ids=["f0", "f2"],
        a_figure_ids=["f0"],
        b_figure_ids=["f2"],
        a_quote="At least 164 people",
        b_quote="43 dead",
        gap=121,
        rule="test",
        explanation=explanation,
        voices=2,
        first_seen_at=NOW,
        last_seen_at=NOW,
        is_current=True,
    )
