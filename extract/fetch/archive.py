"""The archive: the bytes of every page once, by day, and a journal of how every attempt ended.

    2026-11-21.warc.gz   one compressed record a page; any WARC tool reads it
    2026-11-21.jsonl     one line an attempt: how it ended and, for a page, where its bytes stand

The day is that of writing. A line is written after its bytes, so that after a sudden end the lines tell how much of
the WARC is whole. What was written since the last `landed` mark belongs to a run that did not land; the next run takes
it from here instead of asking again.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from extract.errors import UnreadablePage
from extract.fetch.proof import (
    forgotten_record,
    info_record,
    page_record,
    read_page_record,
    record_from_json,
    record_to_json,
)
from extract.fetch.reasons import TRANSIENT
from extract.fetch.settings import VERSION
from extract.models import Fetched

RESUMED_WITHIN: Final = timedelta(hours=24)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a page stand: the day's WARC, and bytes in it."""

    day: str
    offset: int
    length: int


class Archive:
    """The archive in one folder; one writer at a time, which the warehouse's lock sees to.

    places: of every page that is kept, by a digest of its address and content
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._now = folder, now
        self._places: dict[bytes, Place] | None = None
        self._unlanded: dict[str, dict[str, Any]] = {}
        self._open: tuple[str, BinaryIO, BinaryIO] | None = None

    def save(self, fetched: Fetched, headers: Mapping[str, str] | None = None) -> None:
        """Keep how an attempt ended and, where it gave a page whose bytes are not yet kept, the page."""
        places = self._load()
        day = self._now().date().isoformat()
        line: dict[str, Any] = {"fetch": json.loads(record_to_json(fetched.record))}
        if fetched.page is not None:
            key = _key(fetched.page.url, fetched.record.sha256 or "")
            if key not in places:
                places[key] = self._append_record(day, page_record(fetched, headers or {}))
            place = places[key]
            line |= {"page": fetched.page.url, "day": place.day, "offset": place.offset, "length": place.length}
        self._append_line(day, line)

    def resume(self, url: str) -> Fetched | None:
        """How the attempt at this address ended in a run that did not land, null if it is to be asked for."""
        self._load()
        line = self._unlanded.pop(url, None)
        if line is None:
            return None
        record = record_from_json(json.dumps(line["fetch"]))
        if record.reason in TRANSIENT or not timedelta(0) <= self._now() - record.fetched_at <= RESUMED_WITHIN:
            return None
        if "page" not in line:
            return Fetched(record)
        try:
            return Fetched(record, self._read(_place(line)).page)
        except UnreadablePage:
            return None

    def landed(self) -> None:
        """Mark that everything so far is in the published warehouse."""
        self._load()
        self._unlanded.clear()
        now = self._now()
        self._append_line(now.date().isoformat(), {"landed": now.isoformat()})

    def replay(self) -> Iterator[Fetched]:
        """Every attempt that was kept, in the order of time, with its page read back and its hash checked.

        Raises UnreadablePage for bytes that are not those that were written.
        """
        for day in self._days():
            for line in self._lines(day):
                if "fetch" not in line:
                    continue
                record = record_from_json(json.dumps(line["fetch"]))
                page = self._read(_place(line)).page if "page" in line else None
                yield Fetched(record, page)

    def find(self, url: str, digest: str) -> Place | None:
        """Where a page's bytes stand, by its address and the sha256 of `fetches`; null if they are not kept."""
        return self._load().get(_key(url, digest))

    def forget(self, url: str) -> int:
        """Take every version of a page out, and every line that names it; returns how many were kept."""
        self.close()
        removed = set[Place]()
        for day in self._days():
            kept = bytearray()
            for line in self._lines(day):
                if url not in {line.get("page"), line.get("fetch", {}).get("url")}:
                    kept += _written(line)
                elif "page" in line:
                    removed.add(_place(line))
            self._replace_journal(day, bytes(kept))
        for place in removed:
            with self._warc(place.day).open("r+b") as stream:
                stream.seek(place.offset)
                stream.write(forgotten_record(place.length))
        self._places = None
        self._unlanded.clear()
        return len(removed)

    def _replace_journal(self, day: str, content: bytes) -> None:
        """The day's journal, whole or as it was."""
        journal = self._journal(day)
        if journal.read_bytes() != content:
            beside = journal.with_suffix(".jsonl.new")
            beside.write_bytes(content)
            beside.replace(journal)

    def retire(self, keep_days: int) -> list[str]:
        """Remove the days that are older, and return them."""
        self.close()
        today = self._now().date()
        old = [day for day in self._days() if (today - date.fromisoformat(day)).days > keep_days]
        for day in old:
            self._warc(day).unlink(missing_ok=True)
            self._journal(day).unlink(missing_ok=True)
        self._places = None
        return old

    def close(self) -> None:
        """Close the files of the day."""
        if self._open is not None:
            self._open[1].close()
            self._open[2].close()
            self._open = None

    # --- files -------------------------------------------------------------------------------------------------------

    def _warc(self, day: str) -> Path:
        return self._folder / f"{day}.warc.gz"

    def _journal(self, day: str) -> Path:
        return self._folder / f"{day}.jsonl"

    def _days(self) -> list[str]:
        return sorted(path.stem for path in self._folder.glob("????-??-??.jsonl"))

    def _load(self) -> dict[bytes, Place]:
        """The places of all pages; the first call mends what a sudden end has left."""
        if self._places is None:
            self._places = {}
            for day in self._days():
                self._mend(day)
                for line in self._lines(day):
                    self._remember(line, self._places)
        return self._places

    def _remember(self, line: dict[str, Any], places: dict[bytes, Place]) -> None:
        if "landed" in line:
            self._unlanded.clear()
            return
        if "fetch" not in line:
            return
        if line["fetch"]["reason"] != "duplicate_address":  # the same address, but not how its page ended
            self._unlanded[line["fetch"]["url"]] = line
        if "page" in line:
            places[_key(line["page"], line["fetch"]["sha256"] or "")] = _place(line)

    def _mend(self, day: str) -> None:
        """Cut off a half-written line, the lines whose bytes never reached the disk, and bytes that no line names."""
        warc, journal = self._warc(day), self._journal(day)
        size = warc.stat().st_size if warc.exists() else 0
        whole_lines, end = bytearray(), 0
        for raw in journal.read_bytes().splitlines(keepends=True):
            line = _parse(raw)
            if line is None or (line.get("day") == day and line["offset"] + line["length"] > size):
                break
            whole_lines += raw
            end = max(end, line["offset"] + line["length"]) if line.get("day") == day else max(end, line.get("end", 0))
        if len(whole_lines) < journal.stat().st_size or (end and end < size):
            log.info("archive mended day=%s lines_cut=%d", day, journal.stat().st_size - len(whole_lines))
            os.truncate(journal, len(whole_lines))
            if warc.exists():
                os.truncate(warc, end)

    def _lines(self, day: str) -> Iterator[dict[str, Any]]:
        with self._journal(day).open("rb") as stream:
            for raw in stream:
                line = _parse(raw)
                if line is not None:
                    yield line

    def _files(self, day: str) -> tuple[BinaryIO, BinaryIO]:
        """The day's WARC and journal, open for appending."""
        if self._open is None or self._open[0] != day:
            self.close()
            warc, journal = self._warc(day).open("ab"), self._journal(day).open("ab")
            self._open = (day, warc, journal)
            if warc.tell() == 0:
                warc.write(info_record(day, f"tallywire/{VERSION}"))
                warc.flush()
                self._append_line(day, {"info": day, "end": warc.tell()})
        return self._open[1], self._open[2]

    def _append_record(self, day: str, packed: bytes) -> Place:
        warc, _ = self._files(day)
        place = Place(day, warc.tell(), len(packed))
        warc.write(packed)
        warc.flush()
        return place

    def _append_line(self, day: str, line: Mapping[str, Any]) -> None:
        _, journal = self._files(day)
        journal.write(_written(line))
        journal.flush()

    def _read(self, place: Place) -> Fetched:
        try:
            with self._warc(place.day).open("rb") as stream:
                stream.seek(place.offset)
                return read_page_record(stream.read(place.length))
        except OSError as error:
            raise UnreadablePage(f"the archive of {place.day} cannot be read: {error.strerror}") from None


def _key(url: str, digest: str) -> bytes:
    return sha256(f"{url}\x1f{digest}".encode("utf-8", "surrogatepass")).digest()[:16]


def _written(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def _place(line: Mapping[str, Any]) -> Place:
    return Place(line["day"], line["offset"], line["length"])


def _parse(raw: bytes) -> dict[str, Any] | None:
    """One whole line of the journal, null for a torn one."""
    try:
        line = json.loads(raw) if raw.endswith(b"\n") else None
    except ValueError:
        return None
    return line if isinstance(line, dict) and ("fetch" in line or "landed" in line or "info" in line) else None
