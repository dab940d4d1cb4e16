"""Articles from Parquet: each row read as the JSONL record of the same columns would be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = ("url", "text", "html", "title", "published", "outlet", "author", "language", "fetched")
ROWS_AT_ONCE = 100  # each may be a whole page


class ParquetLines:
    """The rows of a Parquet file as lines of JSON, one at a time, for a reader of lines.

    damage: what is wrong with the file; the rows before it were given. Null while nothing is known to be
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.damage: str | None = None
        self._rows = self._read_rows(stream)
        self._rest = b""

    def read(self, _size: int) -> bytes:
        """Nothing: the reader's look at how the file begins, and these lines are never packed."""
        return b""

    def seek(self, _offset: int) -> int:
        """Nothing to do: nothing was read."""
        return 0

    def readline(self, limit: int) -> bytes:
        """The next line or, of one beyond the limit, its next part; empty at the end."""
        line = self._rest or next((_line(row) for row in self._rows), b"")
        self._rest = line[limit:]
        return line[:limit]

    def _read_rows(self, stream: BinaryIO) -> Iterator[dict[str, Any]]:
        try:
            table = pq.ParquetFile(stream)
            there = [name for name in table.schema_arrow.names if name in COLUMNS]
            for batch in table.iter_batches(batch_size=ROWS_AT_ONCE, columns=there):
                yield from batch.to_pylist()
        except (pa.ArrowException, OSError) as error:  # OSError is pyarrow's word for pages that do not unpack
            self.damage = str(error)


def _line(row: dict[str, Any]) -> bytes:
    """A row as its line; what is null is left out, as it is in JSONL."""
    record = {name: _plain(cell) for name, cell in row.items() if cell is not None}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, default=_strange).encode("utf-8", "replace") + b"\n"


def _strange(cell: object) -> dict[str, str]:
    """A cell of a kind that JSON has no word for, as what no reader takes for a text: its record is skipped by name."""
    return {"type": type(cell).__name__}


def _plain(cell: object) -> object:
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return cell.isoformat() if isinstance(cell, datetime | date) else cell
