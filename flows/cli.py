"""The command line: `tallywire`, also `python -m flows`."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence

import typer

from extract.errors import BadSetting, BadSource, FactError
from flows.commands import (
    asking,
    backfilling,
    demonstrating,
    explaining,
    forgetting,
    reviewing,
    running,
    serving,
    sourcing,
)
from flows.console import Console
from flows.stopping import Stopped, listen_for_stop

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="tallywire",
    help="Keeps a ledger of the numbers that the news reports, and tells when they don't add up.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (demonstrating, running, backfilling, serving, asking, reviewing, forgetting, sourcing, explaining):
    group.add_to(app)


def main() -> None:
    """Run the command that the process was given and leave with its exit status."""
    listen_for_stop()
    status = run(sys.argv[1:])
    gc.freeze()  # else the interpreter looks through all that was imported once more as it leaves: over a second
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """The exit status of one command: 0 done, 1 failed, 2 misused. Whatever goes wrong is told in words.

    TALLYWIRE_DEBUG=1 adds the traceback.
    """
    console = Console()
    try:
        app(list(arguments), prog_name="tallywire")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except Stopped:
        return _tell(console, "stopped; nothing of this run was published.", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains at exit
        return FAILED
    except Exception as error:  # noqa: BLE001  # the last door: a person gets a sentence, never a traceback
        return _tell(console, _in_words(error), MISUSED if isinstance(error, BadSource | BadSetting) else FAILED)
    return DONE


def _tell(console: Console, message: str, status: int) -> int:
    if os.environ.get("TALLYWIRE_DEBUG"):
        console.note(traceback.format_exc())
    console.error(message)
    return status


def _in_words(error: Exception) -> str:
    if isinstance(error, FactError):
        return str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}. Nothing of this run was published; mend that and run again."
    return (
        f"{type(error).__name__}: {error}. This is a defect of tallywire; nothing of this run was published."
        " Run it again with TALLYWIRE_DEBUG=1 and report what it prints."
    )
