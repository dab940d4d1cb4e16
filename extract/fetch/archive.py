"""The archive: the bytes of every page once, by day, and a journal of how every attempt of every run ended.

    2026-11-21.warc.gz   one compressed record a page; any WARC tool reads it
    2026-11-21.jsonl     one line an attempt: its run, how it ended and, for a page, where its bytes stand;
                         one line a run that landed, which is to say that its outcome was published

The day is that of writing. What was written since the last `landed` line belongs to a run that did not land; the next
run takes it from here instead of asking again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from extract.errors import UnreadablePage
from extract.fetch.journal import Journals, Line, Place, place_of, written
from extract.fetch.proof import (
    forgotten_record,
    info_record,
    page_record,
    read_page_record,
    record_fields,
    record_from_json,
)
from extract.fetch.reasons import TRANSIENT
from extract.fetch.settings import VERSION
from extract.models import Fetched

RESUMED_WITHIN: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class LandedRun:
    """One run whose outcome was published.

    begins: day and byte of its first line; ends: day of its last
    """

    run_id: str
    flow: str
    started_at: datetime
    landed_at: datetime
    begins: tuple[str, int]
    ends: str


class Archive:
    """The archive in one folder; one writer at a time, which the warehouse's lock sees to.

    run_id, flow: of the run that writes
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], *, run_id: str = "", flow: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self._files, self._now = folder, Journals(folder), now
        self._run_id, self._flow = run_id, flow
        self._places: dict[bytes, Place] | None = None
        self._unlanded: dict[str, Line] = {}
        self._open: tuple[str, BinaryIO, BinaryIO] | None = None

    def save(self, fetched: Fetched, headers: Mapping[str, str] | None = None) -> None:
        """Keep how an attempt ended and, where it gave a page whose bytes are not yet kept, the page."""
        places = self._load()
        day = self._now().date().isoformat()
        line: Line = {"run": self._run_id, "fetch": record_fields(fetched.record)}
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
        try:
            return self._fetched(line)
        except UnreadablePage:
            return None

    def landed(self) -> None:
        """Mark that everything so far is in the published warehouse."""
        self._load()
        self._unlanded.clear()
        now = self._now()
        day = now.date().isoformat()
        for stream in self._streams(day):
            os.fsync(stream.fileno())
        self._append_line(day, {"landed": now.isoformat(), "run": self._run_id, "flow": self._flow})

    def landed_runs(self) -> list[LandedRun]:
        """All runs of which anything is kept and that landed, in their order."""
        found: list[LandedRun] = []
        begun: dict[str, tuple[datetime, tuple[str, int]]] = {}
        for day in self._files.days():
            for at, line in self._files.lines(day):
                if "fetch" in line:
                    begun.setdefault(line["run"], (datetime.fromisoformat(line["fetch"]["fetched_at"]), (day, at)))
                elif "landed" in line and line["run"] in begun:
                    started_at, begins = begun[line["run"]]
                    landed_at = datetime.fromisoformat(line["landed"])
                    found.append(LandedRun(line["run"], line["flow"], started_at, landed_at, begins, day))
        return found

    def replay(self, run: LandedRun | None = None) -> Iterator[Fetched]:
        """Every attempt of a run, or every one that is kept, in the order of time, its page's hash checked.

        Raises UnreadablePage for bytes that are not those that were written.
        """
        for day in self._files.days():
            if run is not None and not run.begins[0] <= day <= run.ends:
                continue
            for _, line in self._files.lines(day, run.begins[1] if run and day == run.begins[0] else 0):
                if run is not None and "landed" in line and line["run"] == run.run_id:
                    return
                if "fetch" in line and (run is None or line["run"] == run.run_id):
                    yield self._fetched(line)

    def find(self, url: str, digest: str) -> Place | None:
        """Where a page's bytes stand, by its address and the sha256 of `fetches`; null if they are not kept."""
        for day in reversed(self._files.days()):
            for _, line in self._files.lines(day):
                if line.get("page") == url and line["fetch"]["sha256"] == digest:
                    return place_of(line)
        return None

    def forget(self, url: str) -> int:
        """Take every version of a page out, and all that names it; returns how many versions were kept."""
        self.close()
        removed = set[Place]()
        for day in self._files.days():
            kept = bytearray()
            for _, line in self._files.lines(day):
                fetch = line.get("fetch", {})
                place = place_of(line)
                if url not in {line.get("page"), fetch.get("url"), fetch.get("page_url")}:
                    if url in fetch.get("detail", ""):
                        fetch["detail"] = ""
                    kept += written(line)
                elif place is not None:
                    removed.add(place)
            self._files.replace(day, bytes(kept))
        for place in removed:
            with self._files.warc(place.day).open("r+b") as stream:
                stream.seek(place.offset)
                stream.write(forgotten_record(place.length))
        self._places = None
        self._unlanded.clear()
        return len(removed)

    def retire(self, keep_days: int) -> list[str]:
        """Remove the days that are older, and return them; a WARC stays as long as a younger day points into it."""
        self.close()
        today = self._now().date()
        days = self._files.days()
        old = [day for day in days if (today - date.fromisoformat(day)).days > keep_days]
        if not old:
            return []
        needed = {line.get("day") for day in days[len(old) :] for _, line in self._files.lines(day)}
        for day in old:
            self._files.journal(day).unlink()
        for warc in self._files.warcs():
            if warc.name[:10] <= old[-1] and warc.name[:10] not in needed:
                warc.unlink()
        self._places = None
        return old

    def close(self) -> None:
        """Close the files of the day."""
        if self._open is not None:
            self._open[1].close()
            self._open[2].close()
            self._open = None

    # --- what is remembered ------------------------------------------------------------------------------------------

    def _load(self) -> dict[bytes, Place]:
        """The places of the last days' pages; the first call mends what a sudden end has left.

        Bytes are kept once as far back as a run can be gone on with: what is older, the warehouse knows.
        """
        if self._places is None:
            self._places = {}
            since = (self._now() - RESUMED_WITHIN).date().isoformat()
            days = self._files.days()
            for day in [day for day in days if day >= since] or days[-1:]:
                self._files.mend(day)
                for _, line in self._files.lines(day):
                    self._remember(line, self._places, since)
        return self._places

    def _remember(self, line: Line, places: dict[bytes, Place], since: str) -> None:
        if "landed" in line:
            self._unlanded.clear()
            return
        if "fetch" not in line:
            return
        if line["fetch"]["reason"] != "duplicate_address":  # the same address, but not how its page ended
            self._unlanded[line["fetch"]["url"]] = line
        place = place_of(line)
        if place is not None and place.day >= since:
            places[_key(line["page"], line["fetch"]["sha256"] or "")] = place

    # --- files -------------------------------------------------------------------------------------------------------

    def _streams(self, day: str) -> tuple[BinaryIO, BinaryIO]:
        """The day's WARC and journal, open for appending."""
        if self._open is None or self._open[0] != day:
            self.close()
            warc, journal = self._files.warc(day).open("ab"), self._files.journal(day).open("ab")
            self._open = (day, warc, journal)
            if warc.tell() == 0:
                warc.write(info_record(day, f"tallywire/{VERSION}"))
                warc.flush()
                self._append_line(day, {"info": day, "end": warc.tell()})
        return self._open[1], self._open[2]

    def _append_record(self, day: str, packed: bytes) -> Place:
        warc, _ = self._streams(day)
        place = Place(day, warc.tell(), len(packed))
        warc.write(packed)
        warc.flush()
        return place

    def _append_line(self, day: str, line: Line) -> None:
        _, journal = self._streams(day)
        journal.write(written(line))
        journal.flush()

    def _fetched(self, line: Line) -> Fetched:
        """The attempt of a line with its page. Raises UnreadablePage."""
        record = record_from_json(json.dumps(line["fetch"]))
        place = place_of(line)
        if place is None:
            return Fetched(record)
        try:
            with self._files.warc(place.day).open("rb") as stream:
                stream.seek(place.offset)
                return Fetched(record, read_page_record(stream.read(place.length)).page)
        except OSError as error:
            raise UnreadablePage(f"the archive of {place.day} cannot be read: {error.strerror}") from None


def _key(url: str, digest: str) -> bytes:
    return sha256(f"{url}\x1f{digest}".encode("utf-8", "surrogatepass")).digest()[:16]
