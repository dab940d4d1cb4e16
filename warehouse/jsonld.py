"""Figures and verdicts in schema.org's words: Claim, Observation, QuantitativeValue, ClaimReview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

Node = dict[str, object]
Cells = Mapping[str, Any]  # one row of a query by column name, of the types in the query's file

PERSONS = frozenset({"person", "official", "witness", "expert"})


def claims(rows: Iterable[Cells]) -> Iterator[Node]:
    """One Claim for each row of export_claims.sql."""
    for row in rows:
        yield _filled({
            "@type": "Claim",
            "@id": figure_iri(row["figure_id"]),
            "text": row["sentence"],
            "author": _claimant(row),
            "appearance": _appearance(row),
            "about": _observation(row),
            "inLanguage": row["language"],
        })  # fmt: skip


def reviews(rows: Iterable[Cells]) -> Iterator[Node]:
    """One ClaimReview for each row of export_reviews.sql: only where a person recorded a verdict."""
    for row in rows:
        yield _filled({
            "@type": "ClaimReview",
            "@id": f"urn:tallywire:relation:{row['relation_id']}",
            "claimReviewed": row["explanation"],
            "itemReviewed": [{"@id": figure_iri(figure_id)} for figure_id in row["figure_ids"]],
            "author": {"@type": "Person", "name": row["reviewed_by"]} if row["reviewed_by"] else None,
            "datePublished": row["reviewed_at"].isoformat(),
            "reviewAspect": row["kind"],
            "reviewBody": row["note"],
            "reviewRating": {"@type": "Rating", "alternateName": f"contradiction {row['verdict']}"},
        })  # fmt: skip


def figure_iri(figure_id: str) -> str:
    """The name of a figure in the graph."""
    return f"urn:tallywire:figure:{figure_id}"


def _claimant(row: Cells) -> Node | None:
    """Who vouches for the number: the claimant, else the outlet as narrator."""
    name = row["claimant"] or row["outlet"]
    kind = "Person" if row["claimant"] and row["claimant_kind"] in PERSONS else "Organization"
    return {"@type": kind, "name": name} if name else None


def _appearance(row: Cells) -> Node:
    url = row["url"]
    is_web = url.startswith(("http://", "https://"))
    return _filled({
        "@type": "NewsArticle",
        "url": url if is_web else None,
        "identifier": None if is_web else url,
        "headline": row["title"],
        "datePublished": row["published_at"].isoformat() if row["published_at"] else None,
        "publisher": {"@type": "Organization", "name": row["outlet"]} if row["outlet"] else None,
    })  # fmt: skip


def _observation(row: Cells) -> Node:
    return _filled({
        "@type": "Observation",
        "name": row["quote"],
        "measuredProperty": row["measure"],
        "observationAbout": {"@type": "Place", "name": row["place"]} if row["place"] else None,
        "observationDate": row["as_of"].isoformat() if row["as_of"] else None,
        "value": _filled({
            "@type": "QuantitativeValue",
            "value": _number(row["value"]),
            "minValue": _number(row["low"]),
            "maxValue": _number(row["high"]),
            "unitText": row["unit"],
            "description": row["qualifier"],
        }),
    })  # fmt: skip


def _number(number: Decimal | None) -> int | str | None:
    """JSON has only floats beside integers: a number with a fraction stays text, exact."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else format(number.normalize(), "f")


def _filled(node: Node) -> Node:
    """Without what is not known; schema.org has no null."""
    return {name: value for name, value in node.items() if value is not None}
