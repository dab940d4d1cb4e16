"""Where shards are read: in processes of this machine. Prefect's own runner and Dask are in flows/backfill.py."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing.connection import wait

from flows.shards import ShardDone, ShardJob, extract_shard

TRIES = 3

Answer = tuple[ShardJob, ShardDone | Exception]
ShardRunner = Callable[[Sequence[ShardJob], int], Iterator[Answer]]
"""Gives every job's answer, in any order: (jobs, how many at once) -> answers."""


def in_processes(jobs: Sequence[ShardJob], processes: int) -> Iterator[Answer]:
    """Each shard in one of so many processes; where one is killed, all that were under way are answered by errors."""
    # Lean processes: the model is in the workers that they start, and a server to fork from cannot be handed on.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(jobs)), mp_context=context, initializer=leave_with_parent) as pool:
        try:
            under_way = {pool.submit(extract_shard, job): job for job in jobs}
            for future in as_completed(under_way):
                yield under_way[future], outcome(future)
        except BaseException:  # whoever stops the command does not want to wait for the shards under way
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise


def outcome(future: Future[ShardDone]) -> ShardDone | Exception:
    """What came of a shard, or why nothing did."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, Exception):
        return error
    raise error


def run_all(
    jobs: Sequence[ShardJob], runner: ShardRunner, processes: int, told: Callable[[Answer, int], None]
) -> dict[ShardJob, ShardDone | Exception]:
    """Every job's outcome after at most three tries, the last of them alone, so that no shard takes others along.

    told: hears every answer and how many shards are still to come
    """
    found: dict[ShardJob, ShardDone | Exception] = {}
    left = list(jobs)
    for attempt in range(1, TRIES + 1):
        groups = [[job] for job in left] if attempt == TRIES else [left] if left else []
        for group in groups:
            for job, answer in runner(group, processes):
                found[job] = answer
                told((job, answer), len(jobs) - sum(isinstance(one, ShardDone) for one in found.values()))
        left = [job for job in left if not isinstance(found.get(job), ShardDone)]
    return found


def leave_with_parent() -> None:
    """In a process for shards: end when the backfill is killed."""
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
