"""The stages of a run as tasks of Prefect, and how far it is, for the run's page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from prefect import get_run_logger, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from flows.pipeline import Stage
from flows.progress import PlainLines, Silence, Watcher
from flows.run import OpenRun
from flows.summary import Tally

# How much of a usual run is done when a stage begins, in per cent.
BEGINS_AT = {
    "reading pages": 5,
    "finding figures": 20,
    "grouping articles": 60,
    "relating figures": 70,
    "checking tables": 80,
    "publishing": 95,
}

beside: ContextVar[Watcher | None] = ContextVar("beside", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Flows that run in this process in the meantime tell this watcher too."""
    token = beside.set(watcher)
    try:
        yield
    finally:
        beside.reset(token)


def is_from_a_form() -> bool:
    """Whether the run was started on a server and not by somebody's own command line."""
    return beside.get() is None


class RunLog:
    """Tells the run's page in Prefect's UI, and whoever watches in this process."""

    def __init__(self) -> None:
        self._page = PlainLines(get_run_logger().info)
        self._beside = beside.get() or Silence()
        self._bar = create_progress_artifact(0, key="progress", description="How far the run is")

    def begin(self, stage: str) -> None:
        """Say which stage starts."""
        self._page.begin(stage)
        self._beside.begin(stage)
        if stage in BEGINS_AT:
            self._advance(BEGINS_AT[stage])

    def finish(self) -> None:
        """Say that all is done."""
        self._advance(100)

    def _advance(self, percent: int) -> None:
        if isinstance(self._bar, UUID):  # Prefect's types allow for a coroutine, which a flow without async never gets
            update_progress_artifact(self._bar, percent)

    def count(self, tally: Tally) -> None:
        """Say the counts now and then."""
        self._page.count(tally)
        self._beside.count(tally)

    def skip(self, url: str, reason: str, detail: str) -> None:
        """Say what was skipped and why."""
        self._page.skip(url, reason, detail)
        self._beside.skip(url, reason, detail)


def as_task(name: str, stage: Stage) -> Stage:
    """The stage as a task; nothing of it is cached or retried, for a run lands whole or not at all."""

    @task(name=name, task_run_name=name, cache_policy=NO_CACHE, persist_result=False)
    def shown(run: OpenRun) -> None:
        stage(run)

    return shown
