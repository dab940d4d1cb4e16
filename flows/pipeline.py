"""A run from sources to the published warehouse, stage by stage; the flows of Prefect wrap the same plain functions."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Protocol

from extract.fetch import Archive
from flows import reading
from flows.lakes import bring_edition
from flows.progress import Silence, Watcher
from flows.run import Job, OpenRun, open_run
from flows.settings import Settings
from flows.spool import Spool
from flows.summary import RunSummary, Tally
from warehouse.counts import count_open

log = logging.getLogger(__name__)

Stage = Callable[[OpenRun], None]


class AsTask(Protocol):
    """Turns a stage into what a flow shows as a task."""

    def __call__(self, name: str, stage: Stage) -> Stage:
        """The stage under a name for readers."""


def plainly(name: str, stage: Stage) -> Stage:  # noqa: ARG001  # Prefect's wrapper needs the name
    """The stage as it is."""
    return stage


def utc_now() -> datetime:
    """The clock of every real run."""
    return datetime.now(UTC)


def run_pipeline(
    job: Job,
    settings: Settings,
    *,
    watcher: Watcher | None = None,
    now: Callable[[], datetime] = utc_now,
    as_task: AsTask = plainly,
) -> RunSummary:
    """Do the job and publish what came of it.

    Raises FactError where nothing can be done or a critical check fails; the published file is then as it was, but for
    LakeRefused: the file is out by then, and the next run brings the lake up to it.
    """
    with open_run(job, settings, watcher=watcher or Silence(), now=now) as run:
        news = False
        for _part in parts(run):
            as_task("read sources", read_sources)(run)
            as_task("read stored articles again", reading.reread_stored)(run)
            if run.has_news:
                news = True
                as_task("group articles", group_articles)(run)
                as_task("relate figures", relate_figures)(run)
        if news:
            as_task("check tables", check_tables)(run)
        as_task("publish", publish)(run)
        return summarise(run)


def parts(run: OpenRun) -> Iterator[None]:
    """What is read, grouped and related in one go: all sources, or one landed run of an archive after the other.

    What a run makes of its pages depends on what was there before it, so a replay goes through the same states.
    """
    if run.job.replayed is None:
        yield
        return
    whole, already = run.tally, run.store.run_ids()
    for landed in Archive(run.job.replayed, run.now).landed_runs():
        run.replaying, run.tally = landed, Tally()
        run.signatures.clear()
        yield
        if landed.run_id not in already:
            run.store.save_run(run.record("completed"))
        whole.add(run.tally)
    run.replaying, run.tally = None, whole


def read_sources(run: OpenRun) -> None:
    """Sources to saved articles and figures."""
    with Spool(run.settings.warehouse.absolute().parent) as spool:
        reading.read_pages(run, spool)
        reading.find_figures(run, spool)
    run.tally.check_sum()


def group_articles(run: OpenRun) -> None:
    """Tell which articles repeat one another and which tell one story."""
    from extract.clean import find_copies
    from warehouse.grouping import find_stories, signed_articles

    run.watcher.begin("grouping articles")
    run.store.save_copies(find_copies(signed_articles(run.store.connection, run.signatures)), run.signatures)
    run.store.save_stories(find_stories(run.store, run.job.trackers))


def relate_figures(run: OpenRun) -> None:
    """Hold the figures of each changed story against each other."""
    from checks.relate import relate
    from warehouse.trees import load_current_trees

    run.watcher.begin("relating figures")
    load_current_trees(run.store, run.extractor())
    with run.store.transaction():
        run.tally.contradictions_new += relate(run.store.connection, run.now()).new_contradictions


def check_tables(run: OpenRun) -> None:
    """Check the tables; raises CheckFailed where a critical check fails."""
    from checks.relate import CONTRADICTING
    from checks.run import run_checks

    run.watcher.begin("checking tables")
    results = run_checks(run.store.connection, run.run_id, run.now(), run.settings.checks)
    findings = {f"no_{kind}" for kind in CONTRADICTING}  # what tallywire is there to find is no fault of the tables
    run.checks_failed = sorted({one.check_name for one in results if one.outcome != "pass"} - findings)


def publish(run: OpenRun) -> None:
    """Show readers the outcome, whole."""
    run.watcher.begin("publishing")
    run.store.save_run(run.record("completed"))
    run.contradictions_open = count_open(run.store.connection)
    run.store.publish()
    if run.archive is not None:
        run.archive.landed()
        if run.settings.keep_days:
            run.archive.retire(run.settings.keep_days)
    bring_edition(run.settings)


def summarise(run: OpenRun) -> RunSummary:
    """What the run came to; the warehouse may be closed by now."""
    tally = run.tally
    return RunSummary(
        flow=run.job.flow,
        run_id=run.run_id,
        started_at=run.started_at,
        warehouse=run.settings.warehouse,
        fetched=tally.fetched,
        stored=tally.stored,
        unchanged=tally.unchanged,
        skipped=dict(sorted(tally.skipped.items())),
        figures=tally.figures,
        reextracted=run.reread,
        contradictions_new=tally.contradictions_new,
        contradictions_open=run.contradictions_open,
        checks_failed=tuple(run.checks_failed),
        published=run.store.is_published,
        seconds=round(time.monotonic() - run.begun, 3),
    )
