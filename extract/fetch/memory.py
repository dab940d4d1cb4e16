"""What is remembered of hosts from one run to the next: how often each was asked today, which rest, their robots.txt.

    requests-2026-11-22.txt   one line a request: the second since 1970 from which a pause counts, and the host
    refusals.jsonl            one line a change: refusals in a row, rests in a row, and until when the host rests
    robots/<id>.json          robots.txt of one host, as it was read

Every line is on its way to the disk before the request is, so that a run that is killed is remembered too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from extract.ids import hash_id

NO_PAUSE: Final = 0  # in place of a second: a request after which no pause is due, as for robots.txt


@dataclass(frozen=True, slots=True)
class Refusals:
    """How a host took our last requests.

    in_a_row: refusals and failures since the last answer as hoped for; rests: that followed one another
    until: the host is left alone until then, null = it may be asked; why: for a reader
    """

    in_a_row: int = 0
    rests: int = 0
    until: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """The robots.txt of one host. text: empty where the host has none"""

    text: str
    read_at: datetime


class HostMemory:
    """The memory in one folder; one writer at a time, which the warehouse's lock sees to.

    folder: null = remember nothing beyond this object
    """

    def __init__(self, folder: Path | None, now: Callable[[], datetime]) -> None:
        self._folder, self._now = folder, now
        self._day = ""
        self._spent: Counter[str] = Counter()
        self._last_at: dict[str, int] = {}
        newest = dict(self._read_refusals())
        self._refusals = {host: refusals for host, refusals in newest.items() if refusals != Refusals()}
        self._rewrite_refusals()
        self._robots: dict[str, KeptRobots] = {}

    def spent(self, host_key: str) -> int:
        """Requests to the host today, by UTC."""
        self._turn_to_today()
        return self._spent[host_key]

    def last_at(self, host_key: str) -> datetime | None:
        """When a pause of the host last began, today or the day before; null = not since."""
        self._turn_to_today()
        second = self._last_at.get(host_key)
        return None if second is None else datetime.fromtimestamp(second, UTC)

    def note_request(self, host_key: str, *, begins_pause: bool = True) -> None:
        """Count one request that is about to be made."""
        self._turn_to_today()
        second = int(self._now().timestamp()) if begins_pause else NO_PAUSE
        self._count(second, host_key)
        self._append(f"requests-{self._day}.txt", f"{second} {host_key}\n")

    def refusals(self, host_key: str) -> Refusals:
        """How the host took our last requests."""
        return self._refusals.get(host_key, Refusals())

    def note_refusals(self, host_key: str, refusals: Refusals) -> None:
        """Remember how the host takes our requests."""
        if refusals != self.refusals(host_key):
            self._refusals[host_key] = refusals
            self._append("refusals.jsonl", _refusals_line(host_key, refusals))

    def robots(self, origin: str) -> KeptRobots | None:
        """The robots.txt of a host as it was last read, null if it never was."""
        if origin not in self._robots and self._folder is not None:
            try:
                kept = json.loads(self._robots_file(self._folder, origin).read_bytes())
                self._robots[origin] = KeptRobots(kept["text"], datetime.fromisoformat(kept["read_at"]))
            except (OSError, ValueError, KeyError, TypeError):
                return None  # none yet, or torn: it is read anew
        return self._robots.get(origin)

    def save_robots(self, origin: str, text: str) -> None:
        """Keep a robots.txt that was read just now."""
        kept = KeptRobots(text, self._now())
        self._robots[origin] = kept
        if self._folder is not None:
            file = self._robots_file(self._folder, origin)
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_suffix(".new")
            beside.write_text(json.dumps({"origin": origin, "read_at": kept.read_at.isoformat(), "text": text}))
            beside.replace(file)

    def _robots_file(self, folder: Path, origin: str) -> Path:
        return folder / "robots" / f"{hash_id('robots', origin)}.json"

    # --- requests ----------------------------------------------------------------------------------------------------

    def _turn_to_today(self) -> None:
        """Read the day's requests, and those of the day before for the pauses that they began; older ones go."""
        now = self._now()
        today = now.date().isoformat()
        if today == self._day:
            return
        self._day = today
        yesterday = (now - timedelta(days=1)).date().isoformat()
        self._spent.clear()
        for file in sorted(self._folder.glob("requests-*.txt")) if self._folder is not None else ():
            if file.stem < f"requests-{yesterday}":
                file.unlink()
            else:
                self._read_requests(file)
            if file.stem != f"requests-{today}":
                self._spent.clear()

    def _read_requests(self, file: Path) -> None:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                second, _, host = line.rstrip("\n").partition(" ")
                if second.isascii() and second.isdigit() and host:
                    self._count(int(second), host)

    def _count(self, second: int, host_key: str) -> None:
        self._spent[host_key] += 1
        if second != NO_PAUSE:
            self._last_at[host_key] = second

    # --- refusals ----------------------------------------------------------------------------------------------------

    def _read_refusals(self) -> Iterator[tuple[str, Refusals]]:
        try:
            lines = (self._folder / "refusals.jsonl").read_bytes().splitlines() if self._folder is not None else []
        except FileNotFoundError:
            return
        for line in lines:
            try:
                given: dict[str, Any] = json.loads(line)
                until = given.pop("until")
                moment = datetime.fromisoformat(until) if until else None
                yield given.pop("host"), Refusals(**given, until=moment)
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # torn by a sudden end

    def _rewrite_refusals(self) -> None:
        """One line a host, in place of one a change."""
        if self._folder is not None and (self._folder / "refusals.jsonl").exists():
            beside = self._folder / "refusals.new"
            beside.write_text("".join(_refusals_line(host, refusals) for host, refusals in self._refusals.items()))
            beside.replace(self._folder / "refusals.jsonl")

    def _append(self, name: str, line: str) -> None:
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / name).open("a", encoding="utf-8") as file:
                file.write(line)


def _refusals_line(host_key: str, refusals: Refusals) -> str:
    until = refusals.until.isoformat() if refusals.until else None
    return json.dumps({"host": host_key} | asdict(refusals) | {"until": until}) + "\n"
