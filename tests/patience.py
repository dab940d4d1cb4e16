"""A guard against work that grows with the square of its input, which no speed of a machine can trip."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

# The inputs are large enough that linear work takes a second of them on a slow machine, and a square takes hours.
LINEAR_SECONDS = 30


@contextmanager
def linear_work() -> Iterator[None]:
    """Fail where a block takes more of the processor than work that grows with its input ever would."""
    started = time.process_time()
    yield
    assert time.process_time() - started < LINEAR_SECONDS
