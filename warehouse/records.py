"""The values that the warehouse takes in and gives back, beside those of extract/models.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a flow, for `runs`; saving it again under the same run_id replaces it.

    fetched: stored + unchanged + skipped; skipped_by_reason: the same skips by name
    """

    run_id: str
    flow: str
    started_at: datetime
    state: str
    ended_at: datetime | None = None
    fetched: int = 0
    stored: int = 0
    unchanged: int = 0
    skipped: int = 0
    skipped_by_reason: Mapping[str, int] = field(default_factory=dict)
    figures: int = 0
    contradictions_new: int = 0
    extractor: str = ""
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """An article that was kept out, and the rule that it broke."""

    article_id: str
    url: str
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one batch: stored + unchanged + len(quarantined) + forgotten = articles given.

    stored: new versions; reread: articles whose figures a newer extractor replaced, counted in unchanged
    figures: written; forgotten: articles of pages that a person had removed
    """

    stored: int = 0
    unchanged: int = 0
    reread: int = 0
    figures: int = 0
    quarantined: tuple[Broken, ...] = ()
    forgotten: int = 0


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out with one page."""

    articles: int
    figures: int
    relations: int


class CopyOf(Protocol):
    """What is known of an article as a copy."""

    @property
    def copy_of(self) -> str | None:
        """article_id of the first printing; null for that itself."""

    @property
    def syndication_id(self) -> str | None:
        """Shared by all copies."""


@dataclass(frozen=True, slots=True)
class NamedStory:
    """A story with its name and its articles; see extract.stories.Story.

    made_from: a hash of what the name was made from; null = it is to be made anew
    """

    story_id: str
    name: str
    tracker: str | None = None
    place: str | None = None
    country: str | None = None
    article_ids: tuple[str, ...] = ()
    made_from: str | None = None


PopulationRow = tuple[str, str, int]
DisjointRow = tuple[str, str]
PlaceRow = tuple[str, str, int]
MeasureRow = tuple[str, str, bool, str]
