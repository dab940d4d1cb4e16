"""Invented articles, as extraction hands them to the warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from extract.ids import hash_id
from extract.models import Article, Aspect, Block, Extracted, Figure, Qualifier

MORNING = datetime(2031, 5, 4, 6, 0, tzinfo=UTC)
EXTRACTOR = "tallywire-test-1"


def clock(moment=MORNING):
    """A clock that stands still."""
    return lambda: moment


def a_page(name, text, *, outlet="Velm Courier", title="Dam breaks above Velm", fetched_at=MORNING, **more):
    """One article of an invented outlet with a kept and a dropped block."""
    url = f"https://{outlet.split()[-1].lower()}.example/{name}"
    return Article(
        page_id=hash_id("page", url),
        url=url,
        source="wire",
        outlet=outlet,
        title=title,
        text=text,
        fetched_at=fetched_at,
        published_at=more.pop("published_at", MORNING - timedelta(hours=3)),
        published_from="meta",
        language="en",
        blocks=(
            Block(0, title, True, "title", "heading"),
            *(Block(number, line, True, "text", "body") for number, line in enumerate(text.split("\n"), start=1)),
            Block(text.count("\n") + 2, "Give to keep our newsroom free", False, "donation", "asks_for_money"),
        ),
        **more,
    )


def a_figure(article, quote, number, **more):
    """A figure on the first place of its quote in the article's text."""
    start = article.text.index(quote)
    value = Decimal(number)
    stated = {
        "article_id": article.article_id,
        "field": "text",
        "char_start": start,
        "char_end": start + len(quote),
        "quote": quote,
        "sentence": article.text,
        "value": value,
        "low": value,
        "high": value,
        "likely_low": value,
        "likely_high": value,
        "qualifier": Qualifier.EXACT,
        "measure": "killed",
        "rule": "count_of_people",
        "extractor": EXTRACTOR,
        "unit": "person",
        "aspect": Aspect.CUMULATIVE,
        "place": "Velm",
        "as_of": date(2031, 5, 4),
        "trackable": True,
    }
    return Figure(**(stated | more))


def read(article, *figures):
    """What extraction hands over for one article."""
    return Extracted(article.url, article, figures)


def dam_story():
    """Three pages of two outlets about one dam."""
    courier = a_page("dam", "Rescuers counted 12 dead in Velm.\nAnother 30 people were hurt.")
    gazette = a_page("flood", "At least 19 dead were found in Velm.", outlet="Ost Gazette", title="Flood in Velm")
    later = a_page("dam-2", "The toll stands at 21 dead, the mayor said.", title="Toll rises")
    return [
        read(
            courier, a_figure(courier, "12 dead", 12), a_figure(courier, "30 people were hurt", 30, measure="injured")
        ),
        read(gazette, a_figure(gazette, "At least 19 dead", 19, high=None, qualifier=Qualifier.AT_LEAST)),
        read(later, a_figure(later, "21 dead", 21, claimant="the mayor", claimant_kind="official")),
    ]


def broken(figure, **changes):
    """A figure that no longer passes its own checks, as a bug in an extractor would make it."""
    spoilt = replace(figure)
    for name, value in changes.items():
        object.__setattr__(spoilt, name, value)
    return spoilt
