"""A run under way: what it works on, what it has open and what it has counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from extract.fetch import Archive, FetchSettings, LandedRun
from extract.models import Extracted, Fetch, Skip, Source, Tracker
from flows.ahead import load_checks
from flows.collecting import collect_seldom
from flows.lakes import require_lake
from flows.progress import Watcher
from flows.settings import Settings
from flows.summary import Tally
from flows.workers import Reading, Workers
from warehouse.lock import Patience
from warehouse.records import Run, Saved
from warehouse.store import Store, open_store

EXPECTED = frozenset(
    {"listing", "not_due", "older_version", "forgotten"}
)  # counted like all skips, but no job for anybody


@dataclass(frozen=True, slots=True)
class Job:
    """What a run is to read.

    flow: its name in `runs` (track, ingest, recheck, replay)
    replayed: an archive to read instead of the sources
    """

    flow: str
    sources: tuple[Source, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    fetch: FetchSettings = field(default_factory=FetchSettings)
    replayed: Path | None = None


@dataclass(slots=True)
class OpenRun:
    """One run of a flow; `open_run` makes it.

    signatures: of the articles saved in this run, by article_id
    replaying: the earlier run whose attempts are read again from its archive
    """

    job: Job
    settings: Settings
    store: Store
    watcher: Watcher
    now: Callable[[], datetime]
    run_id: str
    started_at: datetime
    begun: float = field(default_factory=time.monotonic)
    tally: Tally = field(default_factory=Tally)
    signatures: dict[str, bytes] = field(default_factory=dict)
    reread: int = 0
    replaying: LandedRun | None = None
    checks_failed: list[str] = field(default_factory=list)
    contradictions_open: int = 0
    archive: Archive | None = None
    _stack: ExitStack = field(default_factory=ExitStack)
    _workers: Workers | None = None

    def workers(self, *, many: bool) -> Workers:
        """The pool, started when the first batch is ready.

        many: there is more than one batch to do; the first call decides
        """
        if self._workers is None:
            load_checks()  # there is news, so that checks will follow
            # One batch keeps only one worker busy.
            count = self.settings.workers if many else 1
            self._workers = self._stack.enter_context(
                Workers(
                    count,
                    page_timeout_seconds=self.settings.page_timeout_seconds,
                    model=self.settings.model,
                    mode=self.settings.mode,
                )
            )
        return self._workers

    def count_end(self, record: Fetch) -> None:
        """Count an attempt that became no article."""
        if record.outcome == "unchanged":
            self.tally.unchanged += 1
        else:
            self.tally.skipped[record.reason] += 1
            if record.reason not in EXPECTED:
                self.watcher.skip(record.url, record.reason, record.detail)

    def save_readings(self, readings: Sequence[Reading], *, reread: bool = False) -> Mapping[str, Skip]:
        """Save articles with their figures and what their words weigh; returns those that were refused, by article_id.

        reread: they are stored already and only their figures are new
        """
        refused: dict[str, Skip] = {}
        for extractor in sorted({reading.extractor for reading in readings}):
            given = [reading for reading in readings if reading.extractor == extractor]
            extracted = [Extracted(reading.article.url, reading.article, reading.figures) for reading in given]
            saved = self.store.save_extracted(extracted, extractor=extractor)
            refused |= _refusals(given, saved)
            self._count_saved(saved, reread=reread)
            self.store.save_story_terms({reading.article.article_id: reading.terms for reading in given})
            self.signatures |= {reading.article.article_id: reading.signature for reading in given}
        return refused

    def _count_saved(self, saved: Saved, *, reread: bool) -> None:
        self.tally.figures += saved.figures
        if saved.forgotten:
            self.tally.skipped["forgotten"] += saved.forgotten
        self.reread += saved.reread
        if not reread:
            self.tally.stored += saved.stored
            self.tally.unchanged += saved.unchanged

    @property
    def has_news(self) -> bool:
        """Whether anything changed that could change a story, a relation or a check."""
        return bool(self.signatures) or self.job.flow == "recheck"

    @property
    def attempts_of(self) -> str:
        """The run whose attempts are saved."""
        return self.replaying.run_id if self.replaying else self.run_id

    def extractor(self) -> str:
        """The version of the extractor that this run reads with."""
        from extract.figures import extractor_version

        return extractor_version(self.settings.model, self.settings.mode)

    def record(self, state: str, message: str | None = None) -> Run:
        """The row of `runs` as things stand: of this run, or of the one that is replayed."""
        tally, earlier = self.tally, self.replaying
        return Run(
            run_id=self.attempts_of,
            flow=earlier.flow if earlier else self.job.flow,
            started_at=earlier.started_at if earlier else self.started_at,
            ended_at=earlier.landed_at if earlier else self.now(),
            state=state,
            fetched=tally.fetched,
            stored=tally.stored,
            unchanged=tally.unchanged,
            skipped=tally.skipped.total(),
            skipped_by_reason=dict(tally.skipped),
            figures=tally.figures,
            contradictions_new=tally.contradictions_new,
            extractor=self.extractor(),
            message=message,
        )


def _refusals(given: Sequence[Reading], saved: Saved) -> dict[str, Skip]:
    sources = {reading.article.article_id: reading.article.source for reading in given}
    return {
        fault.article_id: Skip(fault.url, sources[fault.article_id], "quarantined", f"{fault.rule}: {fault.detail}")
        for fault in saved.quarantined
    }


@contextmanager
def open_run(job: Job, settings: Settings, *, watcher: Watcher, now: Callable[[], datetime]) -> Iterator[OpenRun]:
    """A run with the warehouse open under its lock; what is not published when the block ends is thrown away."""
    require_lake(settings)
    collect_seldom()
    patience = Patience(settings.wait_seconds, watcher.begin)
    with open_store(settings.warehouse, now, patience=patience) as store, ExitStack() as stack:
        started_at = now()  # once the warehouse is ours: runs land in the order in which they start
        run_id = f"{started_at:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
        run = OpenRun(job, settings, store, watcher, now, run_id, started_at, _stack=stack)
        if settings.archive and job.sources:
            run.archive = Archive(archive_of(settings.warehouse), now, run_id=run_id, flow=job.flow)
            stack.callback(run.archive.close)
        yield run


def hosts_of(warehouse: Path) -> Path:
    """The folder in which is remembered what the hosts were asked."""
    return warehouse.with_name(f"{warehouse.stem}.hosts")


def archive_of(warehouse: Path) -> Path:
    """The folder in which the pages of a warehouse are kept as they were read."""
    return warehouse.with_name(f"{warehouse.stem}.archive")
