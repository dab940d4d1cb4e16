"""How far a run is, for whoever watches it: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from flows.summary import Tally
from flows.wording import counted, disarm

LINE_EVERY_SECONDS = 5.0


class Watcher(Protocol):
    """Is told what a run does; must not raise."""

    def begin(self, stage: str) -> None:
        """A stage starts, in a reader's words ("reading pages")."""

    def count(self, tally: Tally) -> None:
        """The counts so far."""

    def skip(self, url: str, reason: str, detail: str) -> None:
        """One address ends here."""


class Silence:
    """Watches and says nothing."""

    def begin(self, stage: str) -> None:
        """Say nothing."""

    def count(self, tally: Tally) -> None:
        """Say nothing."""

    def skip(self, url: str, reason: str, detail: str) -> None:
        """Say nothing."""


class PlainLines:
    """One line a stage and a count now and then, for logs and pipes."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._said_at = time.monotonic()

    def begin(self, stage: str) -> None:
        """Say which stage starts."""
        self._say(stage)

    def count(self, tally: Tally) -> None:
        """Say the counts, at most every few seconds."""
        if time.monotonic() - self._said_at >= LINE_EVERY_SECONDS:
            self._said_at = time.monotonic()
            self._say(f"  {_counts(tally)}")

    def skip(self, url: str, reason: str, detail: str) -> None:
        """Say what was skipped and why."""
        self._say(f"  skipped {disarm(url)}: {reason}{': ' + disarm(detail) if detail else ''}")


class TerminalBar:
    """A spinner with the stage and the counts; use it as a context manager."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20, pulse_style="cyan"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=None)
        self._stage = ""

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, error: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, stage: str) -> None:
        """Show which stage starts."""
        self._stage = disarm(stage)
        self._progress.update(self._task, description=self._stage)

    def count(self, tally: Tally) -> None:
        """Show the counts."""
        self._progress.update(self._task, description=f"{self._stage}: {_counts(tally)}")

    def skip(self, url: str, reason: str, detail: str) -> None:
        """Leave a line above the bar."""
        line = f"skipped {disarm(url)}: {reason}{': ' + disarm(detail) if detail else ''}"
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _counts(tally: Tally) -> str:
    return (
        f"{tally.fetched:,} fetched, {tally.stored:,} stored, {tally.unchanged:,} unchanged,"
        f" {tally.skipped.total():,} skipped, {counted(tally.figures, 'figure')}"
    )
