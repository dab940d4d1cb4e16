"""What must come out of the newsroom, as `expected.toml` says it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from extract.models import FieldName
from flows.newsroom.manuscripts import FOLDER, LAST_EDITION, Edition, manuscripts


@dataclass(frozen=True, slots=True)
class Mention:
    """A printed number: the words of a quote in one field of one article."""

    slug: str
    quote: str
    field: FieldName = "text"


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A key figure; low, high: hard bounds, null = open; null place or claimant = not tested."""

    mention: Mention
    measure: str
    low: Decimal | None
    high: Decimal | None
    place: str | None = None
    claimant: str | None = None
    trackable: bool = True


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """One article as it reads in the given editions.

    story: articles of one story must end in one story, those of two in two
    at_least: the least number of figures; copy_of: the slug of the agency's own article
    dropped: the block classes that its page must be freed of
    """

    slug: str
    published: datetime
    story: str
    at_least: int
    figures: tuple[ExpectedFigure, ...]
    editions: frozenset[int]
    dropped: frozenset[str]
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedRelation:
    """Two sides that contradict each other.

    kinds: the first is the one to expect, others are as right
    needed: whether missing it is a fault; otherwise flagging it is merely right
    """

    kinds: tuple[str, ...]
    a: tuple[Mention, ...]
    b: tuple[Mention, ...]
    why: str
    editions: frozenset[int]
    needed: bool


@dataclass(frozen=True, slots=True)
class Trap:
    """Two printed numbers that only look contradictory."""

    reason: str
    a: Mention
    b: Mention
    why: str
    editions: frozenset[int]


@dataclass(frozen=True, slots=True)
class ExpectedSkip:
    """An address that becomes no article; reasons: the names under which it may be skipped."""

    address: str
    reasons: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Expected:
    """All of it. clutter: words with numbers in the clutter, by outlet key."""

    articles: tuple[ExpectedArticle, ...]
    relations: tuple[ExpectedRelation, ...]
    traps: tuple[Trap, ...]
    skips: tuple[ExpectedSkip, ...]
    clutter: Mapping[str, tuple[str, ...]]

    def articles_of(self, edition: Edition) -> tuple[ExpectedArticle, ...]:
        """The articles as they must be after an edition was read."""
        return tuple(each for each in self.articles if edition in each.editions)

    def relations_of(self, edition: Edition) -> tuple[ExpectedRelation, ...]:
        """The relations that hold after an edition was read."""
        return tuple(each for each in self.relations if edition in each.editions)

    def traps_of(self, edition: Edition) -> tuple[Trap, ...]:
        """The traps that can be met after an edition was read."""
        return tuple(each for each in self.traps if edition in each.editions)


@cache
def read_expected() -> Expected:
    """Read `expected.toml`."""
    entries = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))
    return Expected(
        articles=tuple(_article(entry, entries["dropped"]) for entry in entries["article"]),
        relations=tuple(_relation(entry) for entry in entries["relation"]),
        traps=tuple(_trap(entry) for entry in entries["trap"]),
        skips=tuple(ExpectedSkip(each["address"], tuple(each["reasons"]), each["why"]) for each in entries["skip"]),
        clutter={key: tuple(words) for key, words in entries["clutter"].items()},
    )


def _editions(entry: Mapping[str, Any]) -> frozenset[int]:
    return frozenset(range(entry.get("from", 1), entry.get("until", LAST_EDITION) + 1))


def _article(entry: Mapping[str, Any], dropped: Mapping[str, list[str]]) -> ExpectedArticle:
    editions = _editions(entry)
    outlet = manuscripts(LAST_EDITION)[entry["slug"]].outlet
    return ExpectedArticle(
        slug=entry["slug"],
        published=entry["published"],
        story=entry["story"],
        at_least=entry["at_least"],
        figures=tuple(_figure(entry["slug"], figure) for figure in entry["figures"]),
        editions=editions,
        dropped=frozenset(entry.get("dropped", dropped[outlet.key])),
        copy_of=entry.get("copy_of"),
    )


def _figure(slug: str, entry: Mapping[str, Any]) -> ExpectedFigure:
    return ExpectedFigure(
        mention=Mention(slug, entry["quote"], entry.get("field", "text")),
        measure=entry["measure"],
        low=Decimal(entry["low"]) if "low" in entry else None,
        high=Decimal(entry["high"]) if "high" in entry else None,
        place=entry.get("place"),
        claimant=entry.get("claimant"),
        trackable=entry.get("trackable", True),
    )


def _relation(entry: Mapping[str, Any]) -> ExpectedRelation:
    return ExpectedRelation(
        kinds=(entry["kind"], *entry.get("kinds", ())),
        a=tuple(Mention(**side) for side in entry["a"]),
        b=tuple(Mention(**side) for side in entry["b"]),
        why=entry["why"],
        editions=_editions(entry),
        needed=entry.get("needed", True),
    )


def _trap(entry: Mapping[str, Any]) -> Trap:
    return Trap(entry["reason"], Mention(**entry["a"]), Mention(**entry["b"]), entry["why"], _editions(entry))
