"""How often one host is asked, how many at a time, and when it has had enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from extract.fetch.addresses import Address
from extract.fetch.client import FetchProblem
from extract.fetch.memory import HostMemory, Refusals
from extract.fetch.reasons import REFUSALS
from extract.fetch.settings import Clock, FetchSettings

LONGEST_REST: Final = timedelta(days=1)


@dataclass(slots=True)
class Host:
    """What is known of one host during a run.

    next_at: the monotonic second from which it may be asked again; every_seconds: the least pause between two starts
    stopped: why it is left alone for the rest of the run
    """

    slots: asyncio.Semaphore
    refusals: Refusals
    every_seconds: float = 0.0
    next_at: float = 0.0
    stopped: str = ""


class Hosts:
    """All hosts of a run. memory: of what earlier runs asked and how they were received"""

    def __init__(self, settings: FetchSettings, clock: Clock, memory: HostMemory | None = None) -> None:
        self._settings, self._clock = settings, clock
        self._memory = memory or HostMemory(None, clock.now)
        self._hosts: dict[str, Host] = {}
        self._everywhere = asyncio.Semaphore(settings.concurrency)

    def host(self, address: Address) -> Host:
        """What is known of the host of an address."""
        key = address.host_key
        if key not in self._hosts:
            self._hosts[key] = self._met_again(self._memory.refusals(key))
        return self._hosts[key]

    def _met_again(self, refusals: Refusals) -> Host:
        """A host as an earlier run left it."""
        host = Host(asyncio.Semaphore(self._settings.per_host), refusals)
        if refusals.until is not None:
            seconds = (refusals.until - self._clock.now()).total_seconds()
            if seconds > self._settings.longest_wait_seconds:
                host.stopped = _resting(refusals.why, refusals.until)
            host.next_at = self._clock.monotonic() + max(0.0, seconds)
        return host

    def slow_down(self, address: Address, every_seconds: float) -> None:
        """Part two requests to the host by at least so much; the slowest wish counts, and what earlier runs asked."""
        host = self.host(address)
        if every_seconds <= host.every_seconds:
            return
        host.every_seconds = every_seconds
        last_at = self._memory.last_at(address.host_key)
        if last_at is not None:
            passed = max(0.0, (self._clock.now() - last_at).total_seconds())
            host.next_at = max(host.next_at, self._clock.monotonic() + every_seconds - passed)

    def refuse_if_done(self, address: Address) -> None:
        """Raise FetchProblem if nothing more is to be asked of the host in this run."""
        host = self.host(address)
        if host.stopped:
            raise FetchProblem("host_stopped", host.stopped)
        spent = self._memory.spent(address.host_key)
        if spent >= self._settings.requests_per_day:
            raise FetchProblem("budget_spent", f"{spent:,} requests today")
        longest = self._settings.longest_wait_seconds
        if host.every_seconds > longest and host.next_at - self._clock.monotonic() > longest:
            raise FetchProblem("crawl_delay", f"{host.every_seconds:.0f} s between two requests")

    @asynccontextmanager
    async def turn(self, address: Address, *, begins_pause: bool = True) -> AsyncIterator[None]:
        """Wait until the host may be asked, and hold its place while it is. Raises FetchProblem if it no longer may.

        begins_pause: whether a crawl-delay counts from this request, as it does not from that for robots.txt
        """
        host = self.host(address)
        async with host.slots:
            while True:
                self.refuse_if_done(address)
                wait = host.next_at - self._clock.monotonic()
                if wait > 0:
                    await self._clock.sleep(wait)
                    continue
                async with self._everywhere:
                    now = self._clock.monotonic()
                    if now < host.next_at:
                        continue  # another request of this host went first while this one waited for a free place
                    self.refuse_if_done(address)
                    host.next_at = now + host.every_seconds
                    self._memory.note_request(address.host_key, begins_pause=begins_pause)
                    yield
                    return

    def pause(self, address: Address, seconds: float) -> None:
        """Leave the host alone for so long, in this run and in later ones."""
        host = self.host(address)
        until = self._clock.now() + timedelta(seconds=seconds)
        why = f"asks to be left alone for {seconds:.0f} s"
        if seconds > self._settings.longest_wait_seconds:
            host.stopped = _resting(why, until)
        host.next_at = max(host.next_at, self._clock.monotonic() + seconds)
        if host.refusals.until is None or until > host.refusals.until:
            self._remember(address, replace(host.refusals, until=until, why=why))

    def note(self, address: Address, reason: str | None) -> None:
        """Count refusals in a row, in this run and earlier ones; null = an answer as hoped for."""
        host = self.host(address)
        if reason not in REFUSALS:
            asked_for = host.refusals if _is_later(host.refusals.until, self._clock.now()) else Refusals()
            self._remember(address, Refusals(until=asked_for.until, why=asked_for.why))
            return
        found = replace(host.refusals, in_a_row=host.refusals.in_a_row + 1)
        if found.in_a_row >= self._settings.refusals_before_stop and not host.stopped:
            rest = min(timedelta(seconds=self._settings.rest_seconds * 2.0 ** min(found.rests, 30)), LONGEST_REST)
            until = self._clock.now() + rest
            why = f"{found.in_a_row} refusals or failures in a row, the last: {reason}"
            host.stopped = _resting(why, until)
            found = Refusals(0, found.rests + 1, until, why)
        self._remember(address, found)

    def _remember(self, address: Address, refusals: Refusals) -> None:
        self.host(address).refusals = refusals
        self._memory.note_refusals(address.host_key, refusals)

    def backoff_seconds(self, attempt: int) -> float:
        """The pause after the attempt-th failure, from 0: doubling, with jitter between half and whole."""
        return self._settings.backoff_seconds * 2.0**attempt * (0.5 + self._clock.chance() / 2)


def _is_later(until: datetime | None, now: datetime) -> bool:
    return until is not None and until > now


def _resting(why: str, until: datetime) -> str:
    return f"rests until {until:%Y-%m-%d %H:%M} UTC: {why}"
