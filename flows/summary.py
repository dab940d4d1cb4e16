"""What a run came to, in numbers that add up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.wording import counted

NOT_WANTED = frozenset({"not_due", "older_version"})  # reasons that say: all is well, there was nothing to do


@dataclass(slots=True)
class Tally:
    """The counts of a run under way.

    fetched: addresses and files that were tried; each of them ends in exactly one of the other three
    stored: new articles, and new versions of known ones
    unchanged: what the warehouse already holds
    skipped: by reason
    """

    fetched: int = 0
    stored: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    figures: int = 0
    contradictions_new: int = 0

    def add(self, other: Tally) -> None:
        """Count what another part of the run came to."""
        self.fetched += other.fetched
        self.stored += other.stored
        self.unchanged += other.unchanged
        self.skipped += other.skipped
        self.figures += other.figures
        self.contradictions_new += other.contradictions_new

    def check_sum(self) -> None:
        """Raise AssertionError if anything was dropped without a word."""
        ends = self.stored + self.unchanged + self.skipped.total()
        if self.fetched != ends:
            raise AssertionError(
                f"{self.fetched} fetched, but {self.stored} stored + {self.unchanged} unchanged"
                f" + {self.skipped.total()} skipped make {ends}: this is a defect of tallywire, please report it"
            )


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a finished run tells people and machines.

    reextracted: stored articles whose figures were found again by a new extractor
    contradictions_new: flagged in this run for the first time; contradictions_open: all that stand
    checks_failed: names of data-quality checks that failed, warnings included, contradictions aside
    """

    flow: str
    run_id: str
    started_at: datetime
    warehouse: Path
    fetched: int
    stored: int
    unchanged: int
    skipped: Mapping[str, int]
    figures: int
    reextracted: int
    contradictions_new: int
    contradictions_open: int
    checks_failed: tuple[str, ...]
    published: bool
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 where something was done or nothing was due; 1 where all was skipped, or nothing was there."""
        was_done = self.stored or self.unchanged or self.reextracted
        return 0 if was_done or self.flow == "recheck" or NOT_WANTED & self.skipped.keys() else 1

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, in values that JSON knows."""
        return {**asdict(self), **self._plain()}

    def _plain(self) -> dict[str, Any]:
        """The fields that JSON has no word for, in one that it has."""
        return {
            "skipped": dict(self.skipped),
            "warehouse": str(self.warehouse),
            "started_at": self.started_at.isoformat(),
            "checks_failed": list(self.checks_failed),
        }

    def to_json(self) -> str:
        """One JSON object, keys as the fields are called."""
        return json.dumps(self.as_dict(), sort_keys=True)

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> RunSummary:
        """What `as_dict` gave."""
        read = {
            "warehouse": Path(fields["warehouse"]),
            "started_at": datetime.fromisoformat(fields["started_at"]),
            "checks_failed": tuple(fields["checks_failed"]),
        }
        return cls(**{**fields, **read})

    def lines(self) -> Iterator[str]:
        """The summary for a reader, a line at a time."""
        yield f"{self.fetched:,} fetched = {self.stored:,} stored + {self.unchanged:,} unchanged + {self._skipped()}"
        if self.reextracted:
            yield f"{counted(self.reextracted, 'stored article')} read again by a new extractor"
        yield (
            f"{counted(self.figures, 'figure')} found, {self.contradictions_new:,} contradictions new,"
            f" {self.contradictions_open:,} open"
        )
        if self.checks_failed:
            yield f"checks that failed: {', '.join(self.checks_failed)}"
        yield f"{'published' if self.published else 'unchanged'}: {self.warehouse} ({self.seconds:.1f} s)"

    def _skipped(self) -> str:
        total = sum(self.skipped.values())
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(self.skipped.items()))
        return f"{total:,} skipped" + (f" ({reasons})" if reasons else "")
