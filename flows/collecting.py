"""How often Python looks for dead objects that point at each other in a circle."""

from __future__ import annotations

import gc

# At Python's own 700 the search takes more than half the time in which articles are unpacked: each brings hundreds of
# blocks, and hardly a circle.
OBJECTS_BETWEEN = 50_000


def collect_seldom() -> None:
    """Let this process look once in so many new objects; what is not in a circle is freed at once as ever."""
    gc.set_threshold(OBJECTS_BETWEEN)
