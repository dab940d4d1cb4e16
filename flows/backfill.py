"""The flow `backfill`: shards of archives, one task each, on this machine's processes or on a Dask cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, Self

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner

from extract.errors import BadSetting, BadSource
from flows.alerts import telling_news
from flows.artifacts import leave_artifacts
from flows.backfilling import backfill_of, run_backfill
from flows.forms import PathText, Places, name_backfill_run, require_allowed
from flows.settings import Settings
from flows.shard_runners import Answer, ShardRunner, Task, few_at_a_time, leave_with_parent
from flows.shards import ShardDone, ShardJob, extract_shard
from flows.tasks import RunLog, as_task, is_from_a_form


@task(name="read a shard", task_run_name="{job.shard.name}", cache_policy=NO_CACHE, persist_result=False)
def read_shard_task(job: ShardJob) -> ShardDone:
    """One shard to Parquet; tries are counted by the backfill, which knows which of them were a neighbour's fault."""
    return extract_shard(job)


@flow(name="backfill", flow_run_name=name_backfill_run, validate_parameters=True)
def backfill(shards: Places, folder: PathText = "", warehouse: PathText = "", dask: PathText = "") -> dict[str, Any]:
    """Read archives: each shard to Parquet in a process of its own, then one load, relations, checks, publish.

    Args:
        shards: WARC, JSONL or Parquet files, folders or patterns of them, on the worker's machine, or s3:// addresses.
        folder: Where finished shards are kept; leave empty for the usual place.
        warehouse: The published file; leave empty for the usual one.
        dask: Address of a Dask scheduler, or "local"; leave empty to use processes of the worker's machine.
    """
    settings = Settings.from_env().with_warehouse(warehouse)
    if is_from_a_form():
        require_own([*shards, folder], dask, settings)
        require_allowed([place for place in (*shards, folder) if "://" not in place] + [warehouse], settings)
    settings = replace(settings, dask=dask or settings.dask)
    log = RunLog()
    work = backfill_of(shards, folder or None, settings)
    with telling_news(settings):
        summary = run_backfill(work, settings, watcher=log, runner=runner_of(settings), as_task=as_task)
    leave_artifacts(summary)
    log.finish()
    return summary.as_dict()


def require_own(places: Sequence[str], dask: str, settings: Settings) -> None:
    """Raise BadSource for a store or a cluster that the settings do not name: the worker's keys would open it."""
    store = f"{settings.shards.rstrip('/')}/" if settings.shards and "://" in settings.shards else None
    for place in places:
        if "://" in place and not (store and f"{place}/".startswith(store) and ".." not in place):
            raise BadSource(f"{place}: forms may name addresses only below that of TALLYWIRE_SHARDS")
    if dask and dask != settings.dask:
        raise BadSource(f"{dask}: forms may name no other cluster than that of TALLYWIRE_DASK")


def runner_of(settings: Settings) -> ShardRunner:
    """Where the tasks of the shards run, as the settings say."""
    return partial(_in_tasks, settings.dask)


def _in_tasks(dask: str | None, jobs: Sequence[ShardJob], processes: int) -> Iterator[Answer]:
    """Each shard as a task of the present flow run; a killed process costs the tasks that were under way."""
    left = deque(jobs)
    with _server_named():
        while left:
            with _task_runner(dask, min(processes, len(left))) as runner:
                # Dask itself begins again what was lost with a worker.
                yield from few_at_a_time(left, partial(_submit, runner), processes if dask is None else len(left))


def _submit(runner: TaskRunner[Any], job: ShardJob) -> Task:
    task: Task = runner.submit(read_shard_task, {"job": job})
    return task


@contextmanager
def _server_named() -> Iterator[None]:
    """Tell other processes where this run's own server is; each of them would start one for itself."""
    if PREFECT_API_URL.value() is not None:
        yield
        return
    with temporary_settings({PREFECT_API_URL: SubprocessASGIServer().api_url}):  # the one that this process runs
        yield


def _task_runner(dask: str | None, processes: int) -> TaskRunner[Any]:
    if dask is not None:
        return _dask_runner(dask, processes)
    return OwnProcesses(max_workers=processes, initializer=leave_with_parent)


class OwnProcesses(ProcessPoolTaskRunner):
    """Prefect's processes, of which one may be killed at any moment."""

    def __enter__(self) -> Self:
        """Start them."""
        entered = super().__enter__()
        # One that is killed while it writes to this queue keeps its lock; to wait for it at exit would be for ever.
        if self._subprocess_message_queue is not None:
            self._subprocess_message_queue.cancel_join_thread()
        return entered


def _dask_runner(dask: str, processes: int) -> TaskRunner[Any]:
    try:
        import dask as dask_settings
        from prefect_dask import DaskTaskRunner
    except ImportError:
        raise BadSetting(
            f"TALLYWIRE_DASK={dask!r}: install tallywire[dask] here and on the cluster's workers"
        ) from None
    if dask != "local":
        there: TaskRunner[Any] = DaskTaskRunner(address=dask)
        return there
    # A shard starts a process of its own for its pages, which Python forbids to a daemonic one.
    dask_settings.config.set({"distributed.worker.daemon": False})
    own: TaskRunner[Any] = DaskTaskRunner(
        cluster_kwargs={"n_workers": processes, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    )
    return own
