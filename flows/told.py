"""Which contradictions people were told of: a text file beside the warehouse.

It outlives a killed run: what was published but not yet told of is still to be told in the next run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from extract.errors import WarehouseBroken
from warehouse.neighbours import Neighbours

_SINCE = "since "


class Told:
    """The ledger of one warehouse. Its first line is the moment from which on people want to be told.

    Everything after it is one relation id a line; a line that a crash cut off names no relation and does no harm.
    """

    def __init__(self, warehouse: Path) -> None:
        beside = Neighbours(warehouse.absolute())
        self.path = beside.published.with_name(f"{beside.name}.told")
        self.lock = FileLock(self.path.with_name(f"{self.path.name}.lock"))

    def begin(self, now: datetime) -> None:
        """Start the ledger at this moment, where there is none: what was flagged before is known to whoever asked."""
        with self.lock:
            if not self.path.exists():
                draft = self.path.with_name(f"{self.path.name}.new")
                _write(draft, "w", [f"{_SINCE}{now.isoformat()}"])
                draft.replace(self.path)

    def since(self) -> datetime:
        """The moment from which on people want to be told. Raises WarehouseBroken for a file that is no ledger."""
        with self.path.open(encoding="utf-8") as file:
            first = file.readline().strip()
        try:
            return datetime.fromisoformat(first.removeprefix(_SINCE))
        except ValueError:
            raise WarehouseBroken(
                f"{self.path} does not begin with the moment since when alerts are sent: remove it to begin anew"
            ) from None

    def relations(self) -> frozenset[str]:
        """The ids of those that were told of."""
        return frozenset(self.path.read_text(encoding="utf-8").split("\n")[1:])

    def add(self, relations: Iterable[str]) -> None:
        """Remember that people were told of these; on the disk when this returns."""
        _write(self.path, "a", ["", *relations])  # the empty line ends one that a crash may have cut off


def _write(path: Path, mode: str, lines: Iterable[str]) -> None:
    with path.open(mode, encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
