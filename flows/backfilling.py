"""A backfill, stage by stage: shards to Parquet in many processes, one load in order, relations, checks, publish."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from extract.errors import ModelMissing, WarehouseFull, WorkersBroken
from extract.fetch.shards import Shard, failed_shard, filesystem_of, find_shards, no_shard
from extract.models import Fetch
from flows import pipeline, reading
from flows.jobs import trackers_of
from flows.lakes import require_lake
from flows.pipeline import AsTask, plainly, utc_now
from flows.progress import Silence, Watcher
from flows.run import Job, OpenRun, open_run
from flows.settings import Settings
from flows.shard_runners import Answer, ShardRunner, in_processes, run_all
from flows.shards import ShardDone, ShardJob
from flows.summary import RunSummary
from flows.wording import counted
from warehouse.shard_folder import ShardFolder
from warehouse.shard_loading import load_shard
from warehouse.shards import ShardRecord

CONCERNS_ALL = (ModelMissing, WorkersBroken, WarehouseFull)  # no other shard would fare better


@dataclass(frozen=True, slots=True)
class Backfill:
    """What a person asked for.

    folder: where the Parquet files of the shards are kept, a path or an address of a store
    """

    shards: tuple[Shard, ...]
    folder: str


def backfill_of(places: Sequence[str], folder: str | None, settings: Settings) -> Backfill:
    """The shards that files, folders and patterns name. Raises BadSource for what is none."""
    folder = (
        folder or settings.shards or str(settings.warehouse.absolute().with_name(f"{settings.warehouse.stem}.shards"))
    )
    filesystem_of(folder)
    return Backfill(tuple(find_shards(places)), folder if "://" in folder else str(Path(folder).absolute()))


def run_backfill(
    backfill: Backfill,
    settings: Settings,
    *,
    watcher: Watcher | None = None,
    now: Callable[[], datetime] = utc_now,
    runner: ShardRunner = in_processes,
    as_task: AsTask = plainly,
) -> RunSummary:
    """Read all shards, load them in the order of their names, and publish what came of it.

    A shard that fails three times is counted and the rest lands. Raises FactError as `run_pipeline` does; shards that
    were finished by then are not read again by the next backfill.
    """
    require_lake(settings)  # before hours of reading
    watcher, begun = watcher or Silence(), time.monotonic()
    answers = extract_shards(backfill, settings, watcher=watcher, read_at=now(), runner=runner)
    job = Job("backfill", trackers=trackers_of(settings))
    # The shards are an archive of their own, so no second one is kept.
    with open_run(job, replace(settings, archive=False), watcher=watcher, now=now) as run:
        run.begun = begun
        as_task("load shards", lambda run: load_shards(run, backfill, answers))(run)
        as_task("read stored articles again", reading.reread_stored)(run)
        if run.tally.stored or run.tally.unchanged or run.reread:  # an earlier copy of a page moves its day
            as_task("group articles", pipeline.group_articles)(run)
            as_task("relate figures", pipeline.relate_figures)(run)
            as_task("check tables", pipeline.check_tables)(run)
        as_task("publish", pipeline.publish)(run)
        return pipeline.summarise(run)


def extract_shards(
    backfill: Backfill, settings: Settings, *, watcher: Watcher, read_at: datetime, runner: ShardRunner
) -> dict[Shard, ShardDone | Exception]:
    """Every shard's outcome, with the files of the finished ones in the backfill's folder."""
    ShardFolder(backfill.folder).sweep()
    shards = [shard for shard in backfill.shards if shard.kind != "other"]
    total = len(shards)
    watcher.begin(f"reading {counted(total, 'shard')}")

    def tell(answer: Answer, left: int) -> None:
        job, outcome = answer
        if isinstance(outcome, CONCERNS_ALL):
            raise outcome
        if isinstance(outcome, ShardDone):
            watcher.begin(f"reading shards: {total - left:,} of {total:,} are finished, the last one {job.shard.place}")
        else:
            watcher.skip(job.shard.place, "try_failed", _words(outcome))

    jobs = (_job_of(shard, backfill.folder, read_at, settings) for shard in shards)
    answers = run_all(list(jobs), runner, settings.workers, tell)
    ShardFolder(backfill.folder).sweep()  # of processes that were killed on the way
    return {job.shard: answer for job, answer in answers.items()}


def _job_of(shard: Shard, folder: str, read_at: datetime, settings: Settings) -> ShardJob:
    return ShardJob(
        shard=shard,
        folder=folder,
        read_at=read_at,
        page_timeout_seconds=settings.page_timeout_seconds,
        batch_pages=settings.batch_pages,
        model=settings.model,
        mode=settings.mode,
    )


def load_shards(run: OpenRun, backfill: Backfill, answers: dict[Shard, ShardDone | Exception]) -> None:
    """Save what came of the shards, one after the other in the order of their names, whichever was ready first."""
    moment = run.started_at
    ended: list[Fetch] = []
    for number, shard in enumerate(backfill.shards, 1):
        run.watcher.begin(f"loading shard {number:,} of {len(backfill.shards):,}")
        answer = answers.get(shard)
        if isinstance(answer, ShardDone):
            _load(run, backfill.folder, answer.record, moment)
            moment += timedelta(microseconds=answer.record.moments)
        elif answer is None:
            ended.append(no_shard(shard, moment).record)
        else:
            ended.append(failed_shard(shard, moment, _words(answer)).record)
        run.watcher.count(run.tally)
    for record in ended:
        run.tally.fetched += 1
        run.count_end(record)
    run.store.save_fetches(run.run_id, ended)
    run.tally.check_sum()


def _load(run: OpenRun, folder: str, record: ShardRecord, moment: datetime) -> None:
    with ShardFolder(folder).files(record.key) as files:
        saved = load_shard(run.store, files, record, run_id=run.run_id, loaded_at=moment)
    tally = run.tally
    tally.fetched += record.fetched
    tally.stored += saved.stored
    tally.unchanged += saved.unchanged
    tally.figures += saved.figures
    tally.skipped.update(record.skipped)
    if saved.forgotten:
        tally.skipped["forgotten"] += saved.forgotten
    run.reread += saved.reread


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
