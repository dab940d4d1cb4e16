"""Where shards are read: in processes of this machine. Prefect's own runner and Dask are in flows/backfill.py."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import wait
from queue import SimpleQueue
from typing import Any, Protocol

from flows.shards import ShardDone, ShardJob, extract_shard

TRIES = 3

Answer = tuple[ShardJob, ShardDone | Exception]
ShardRunner = Callable[[Sequence[ShardJob], int], Iterator[Answer]]
"""Gives every job's answer, in any order: (jobs, how many at once) -> answers."""


class Task(Protocol):
    """A shard that was given to a pool, to Prefect or to Dask."""

    def result(self) -> ShardDone:
        """What came of it. Waits; raises what it failed of."""

    def add_done_callback(self, fn: Callable[[Any], object], /) -> None:
        """Have it told when it ends, from a thread of the pool's own."""


def in_processes(jobs: Sequence[ShardJob], processes: int) -> Iterator[Answer]:
    """Each shard in one of so many processes; where one is killed, those that were under way are answered by errors."""
    # Lean processes: the model is in the workers that they start, and a server to fork from cannot be handed on.
    context = multiprocessing.get_context("spawn")
    left = deque(jobs)
    while left:
        with ProcessPoolExecutor(min(processes, len(left)), context, leave_with_parent) as pool:
            try:
                yield from few_at_a_time(left, partial(_submit, pool), processes)
            except BaseException:  # whoever stops the command does not want to wait for the shards under way
                pool.shutdown(wait=False, cancel_futures=True)
                for process in multiprocessing.active_children():
                    process.terminate()
                raise


def _submit(pool: ProcessPoolExecutor, job: ShardJob) -> Task:
    return pool.submit(extract_shard, job)


def few_at_a_time(left: deque[ShardJob], submit: Callable[[ShardJob], Task], at_once: int) -> Iterator[Answer]:
    """The answers to jobs taken from `left`, as they come, until none is left or a process was killed.

    A pool of processes ends with the first that is killed: jobs that wait here and not in it have lost nothing.
    """
    ended: SimpleQueue[tuple[ShardJob, Task]] = SimpleQueue()
    under_way, is_broken = 0, False
    while True:
        while left and under_way < at_once and not is_broken:
            try:
                task = submit(left[0])
            except BrokenExecutor:
                is_broken = True
            else:
                task.add_done_callback(partial(_tell_end, ended, left.popleft()))
                under_way += 1
        if not under_way:
            return
        job, task = ended.get()
        under_way -= 1
        answer = _outcome(task)
        is_broken = is_broken or isinstance(answer, BrokenExecutor)
        yield job, answer


def _tell_end(ended: SimpleQueue[tuple[ShardJob, Task]], job: ShardJob, task: Task) -> None:
    ended.put((job, task))


def _outcome(task: Task) -> ShardDone | Exception:
    """What came of a shard, or why nothing did."""
    try:
        return task.result()
    except Exception as error:  # noqa: BLE001  # whatever a shard failed of costs that try, and is told
        return error


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
