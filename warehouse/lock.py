"""One writer at a time: a file lock, and a note of who holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from filelock import FileLock, Timeout

from extract.errors import WarehouseBusy
from warehouse.neighbours import Neighbours, full_disk_named

BRIEF_SECONDS = 0.2  # somebody who asks who writes holds the lock for a moment
ASK_EVERY_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Writer:
    """The process that holds a warehouse's lock."""

    pid: int
    host: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds to wait for another writer, and what is called once, with a line on who that is.

    Raises ValueError for seconds that are less than none or without end.
    """

    seconds: float = 0.0
    tell: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        """Refuse what a lock would read as "for ever"."""
        if not 0 <= self.seconds < float("inf"):
            raise ValueError(f"nobody can wait for {self.seconds} seconds")


AT_ONCE = Patience()


@contextmanager
def writers_lock(beside: Neighbours, now: Callable[[], datetime], patience: Patience = AT_ONCE) -> Iterator[None]:
    """Hold the lock while the block runs. Raises WarehouseBusy where another writer holds it for too long."""
    lock = FileLock(beside.lock, thread_local=False)
    _acquire(lock, beside, patience)
    try:
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": now().isoformat()}
        with full_disk_named(beside.writer):
            beside.writer.write_text(json.dumps(note), encoding="utf-8")
        yield
    finally:
        beside.writer.unlink(missing_ok=True)
        lock.release()


def lock_holder(beside: Neighbours) -> Writer | None:
    """Who writes at this moment; None = nobody does, or the note is not there yet."""
    lock = FileLock(beside.lock, thread_local=False)
    try:
        with lock.acquire(timeout=0):
            return None
    except Timeout:
        return _read_note(beside)


def _acquire(lock: FileLock, beside: Neighbours, patience: Patience) -> None:
    with suppress(Timeout):
        lock.acquire(timeout=BRIEF_SECONDS)
        return
    if patience.seconds and patience.tell:
        patience.tell(f"waiting for {_writer_of(beside)}, which writes {beside.published}")
    try:
        lock.acquire(timeout=patience.seconds, poll_interval=ASK_EVERY_SECONDS)
    except Timeout as error:
        waited = f" (waited {patience.seconds:g} s)" if patience.seconds else ""
        raise WarehouseBusy(
            f"{beside.published} is being written by {_writer_of(beside)}{waited}:"
            " wait until it ends, or stop it and run again; TALLYWIRE_WAIT_SECONDS says how long to wait"
        ) from error


def _read_note(beside: Neighbours) -> Writer | None:
    try:
        note = json.loads(beside.writer.read_text(encoding="utf-8"))
        return Writer(pid=int(note["pid"]), host=str(note["host"]), since=datetime.fromisoformat(note["since"]))
    except (OSError, ValueError, KeyError):
        return None  # the lock was taken a moment ago and the note is still being written


def _writer_of(beside: Neighbours) -> str:
    writer = _read_note(beside)
    if writer is None:
        return "another process"
    return f"process {writer.pid} on {writer.host} since {writer.since:%Y-%m-%d %H:%M:%S %Z}"
