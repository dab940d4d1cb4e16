"""The files of an archive: a WARC and a journal a day, and what a sudden end can leave of them."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a page stand: the day's WARC, and bytes in it."""

    day: str
    offset: int
    length: int


class Journals:
    """The days of one archive. A line is written after its bytes, so that lines tell how much of a WARC is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def warc(self, day: str) -> Path:
        """The day's pages."""
        return self._folder / f"{day}.warc.gz"

    def journal(self, day: str) -> Path:
        """The day's attempts."""
        return self._folder / f"{day}.jsonl"

    def days(self) -> list[str]:
        """All days, oldest first."""
        return sorted(path.stem for path in self._folder.glob("????-??-??.jsonl"))

    def warcs(self) -> list[Path]:
        """The pages of all days, oldest first."""
        return sorted(self._folder.glob("????-??-??.warc.gz"))

    def lines(self, day: str, start: int = 0) -> Iterator[tuple[int, Line]]:
        """Every whole line with its place in the file, from byte `start` on."""
        at = start
        with self.journal(day).open("rb") as stream:
            stream.seek(start)
            for raw in stream:
                line = _parse(raw)
                if line is not None:
                    yield at, line
                at += len(raw)

    def replace(self, day: str, content: bytes) -> None:
        """Make the day's journal hold just this, whole or not at all."""
        journal = self.journal(day)
        if journal.read_bytes() != content:
            beside = journal.with_suffix(".jsonl.new")
            beside.write_bytes(content)
            beside.replace(journal)

    def mend(self, day: str) -> None:
        """Cut off a half-written line, the lines whose bytes never reached the disk, and bytes that no line names."""
        warc, journal = self.warc(day), self.journal(day)
        size = warc.stat().st_size if warc.exists() else 0
        whole_lines, end = bytearray(), 0
        for raw in journal.read_bytes().splitlines(keepends=True):
            line = _parse(raw)
            if line is None or (line.get("day") == day and line["offset"] + line["length"] > size):
                break
            whole_lines += raw
            end = max(end, line["offset"] + line["length"] if line.get("day") == day else line.get("end", 0))
        if len(whole_lines) < journal.stat().st_size or (end and end < size):
            log.info("archive mended day=%s bytes_cut=%d", day, journal.stat().st_size - len(whole_lines))
            os.truncate(journal, len(whole_lines))
            if warc.exists():
                os.truncate(warc, end)


def written(line: Mapping[str, Any]) -> bytes:
    """One line of a journal."""
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def place_of(line: Line) -> Place | None:
    """Where the page of an attempt stands, null for an attempt without one."""
    return Place(line["day"], line["offset"], line["length"]) if "page" in line else None


def _parse(raw: bytes) -> Line | None:
    """One whole line of the journal, null for a torn one."""
    try:
        line = json.loads(raw) if raw.endswith(b"\n") else None
    except ValueError:
        return None
    return line if isinstance(line, dict) and ("fetch" in line or "landed" in line or "info" in line) else None
