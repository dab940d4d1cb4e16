"""The stages of a run as tasks of Prefect, and what a run leaves on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event

from flows.pipeline import Stage
from flows.progress import PlainLines, Silence, Watcher
from flows.run import OpenRun
from flows.showing import new_contradictions
from flows.summary import RunSummary, Tally
from flows.wording import disarm, escape_markdown, one_line

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

    def begin(self, stage: str) -> None:
        """Say which stage starts."""
        self._page.begin(stage)
        self._beside.begin(stage)

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

    @task(name=name, cache_policy=NO_CACHE, persist_result=False)
    def shown(run: OpenRun) -> None:
        stage(run)

    return shown


def leave_artifacts(summary: RunSummary) -> None:
    """The summary and the new contradictions on the run's page, and an event for each of those."""
    lines = [f"- {escape_markdown(disarm(line))}" for line in summary.lines()]
    heading = f"# {summary.flow} {summary.started_at:%Y-%m-%d %H:%M} UTC"
    words = "\n".join([heading, "", *lines])
    create_markdown_artifact(words, key=f"{summary.flow}-summary", description="What the run came to")
    if summary.skipped:
        rows = [{"reason": reason, "pages": count} for reason, count in sorted(summary.skipped.items())]
        create_table_artifact(rows, key=f"{summary.flow}-skipped", description="Why pages were skipped")
    if summary.contradictions_new:
        flagged = [
            {name: one_line(value, 500) for name, value in found.items()}
            for found in new_contradictions(summary.warehouse, summary.started_at)
        ]
        create_table_artifact(flagged, key=f"{summary.flow}-contradictions", description="Flagged for the first time")
        for found in flagged:
            flag_contradiction(found)


def flag_contradiction(found: Mapping[str, str]) -> None:
    """Emit the event that an automation can turn into a message; once a contradiction, in the run that found it."""
    emit_event(
        event="tallywire.contradiction.flagged",
        resource={
            "prefect.resource.id": f"tallywire.relation.{found['relation_id']}",
            "prefect.resource.name": found["kind"],
            "tallywire.severity": found["severity"],
            "tallywire.story": found["story"],
        },
        payload=dict(found),
    )
