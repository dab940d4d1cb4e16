"""The two channels of a command: answers on standard output, how far it is and what went wrong on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console as RichConsole

from flows.progress import PlainLines, TerminalBar, Watcher
from flows.wording import disarm


def _plain(*, stderr: bool) -> RichConsole:
    # Nothing that came from a page may be read as mark-up or an emoji name; long lines are left to the terminal.
    return RichConsole(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command speaks; every text is disarmed here, so that callers need not think of it."""

    out: RichConsole = field(default_factory=lambda: _plain(stderr=False))
    err: RichConsole = field(default_factory=lambda: _plain(stderr=True))

    def answer(self, text: str, style: str | None = None) -> None:
        """One line or block of what the command was asked for."""
        self.out.print(disarm(text), style=style)

    def note(self, text: str, style: str | None = None) -> None:
        """One line about the work itself."""
        self.err.print(disarm(text), style=style)

    def error(self, text: str) -> None:
        """What went wrong, where, and what to do."""
        self.err.print(f"tallywire: {disarm(text)}", style="bold red")

    @contextmanager
    def watching(self) -> Iterator[Watcher]:
        """Somebody to tell the progress: a bar where a person watches, lines elsewhere."""
        if self.err.is_terminal:
            with TerminalBar(self.err) as bar:
                yield bar
        else:
            yield PlainLines(self.note)
