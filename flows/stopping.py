"""How a command is stopped from outside: Ctrl-C and SIGTERM alike."""

from __future__ import annotations

import signal
from types import FrameType


class Stopped(BaseException):
    """Somebody wants the command to end; no `except Exception` on the way may swallow it."""


def listen_for_stop() -> None:
    """From now on Ctrl-C and SIGTERM raise Stopped in the main thread."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _raise_stopped)


def _raise_stopped(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
