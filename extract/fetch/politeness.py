"""How often one host is asked, how many at a time, and when it has had enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from extract.fetch.addresses import Address
from extract.fetch.client import FetchProblem
from extract.fetch.reasons import REFUSALS
from extract.fetch.settings import Clock, FetchSettings


@dataclass(slots=True)
class Host:
    """What is remembered of one host during a run.

    next_at: the monotonic second from which it may be asked again; every_seconds: the least pause between two starts
    refusals: refusals and failures in a row; stopped: why it is left alone for the rest of the run
    spent: requests of this day; pages: requests of this run
    """

    slots: asyncio.Semaphore
    every_seconds: float = 0.0
    next_at: float = 0.0
    refusals: int = 0
    stopped: str = ""
    spent: int = 0
    pages: int = 0


class Hosts:
    """All hosts of a run.

    spent: requests that this day's earlier runs have made, by "host:port"
    """

    def __init__(self, settings: FetchSettings, clock: Clock, spent: Mapping[str, int] | None = None) -> None:
        self._settings, self._clock = settings, clock
        self._spent = spent or {}
        self._hosts: dict[str, Host] = {}
        self._everywhere = asyncio.Semaphore(settings.concurrency)

    def host(self, address: Address) -> Host:
        """What is remembered of the host of an address."""
        key = address.host_key
        if key not in self._hosts:
            self._hosts[key] = Host(asyncio.Semaphore(self._settings.per_host), spent=self._spent.get(key, 0))
        return self._hosts[key]

    def slow_down(self, address: Address, every_seconds: float) -> None:
        """Part two requests to the host by at least so much; the slowest wish counts."""
        host = self.host(address)
        host.every_seconds = max(host.every_seconds, every_seconds)

    def refuse_if_done(self, address: Address) -> None:
        """Raise FetchProblem if nothing more is to be asked of the host in this run."""
        host = self.host(address)
        if host.stopped:
            raise FetchProblem("host_stopped", host.stopped)
        if host.spent >= self._settings.requests_per_day:
            raise FetchProblem("budget_spent", f"{host.spent:,} requests today")
        if host.pages and host.every_seconds > self._settings.longest_wait_seconds:
            raise FetchProblem("crawl_delay", f"{host.every_seconds:.0f} s between two requests")

    @asynccontextmanager
    async def turn(self, address: Address) -> AsyncIterator[None]:
        """Wait until the host may be asked, and hold its place while it is. Raises FetchProblem if it no longer may."""
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
                    host.spent += 1
                    host.pages += 1
                    yield
                    return

    def pause(self, address: Address, seconds: float) -> None:
        """Leave the host alone for so long, or for the rest of the run where that is too long to wait."""
        host = self.host(address)
        if seconds > self._settings.longest_wait_seconds:
            host.stopped = f"asks to be left alone for {seconds:.0f} s"
        host.next_at = max(host.next_at, self._clock.monotonic() + seconds)

    def note(self, address: Address, reason: str | None) -> None:
        """Count refusals in a row; null = an answer as hoped for."""
        host = self.host(address)
        host.refusals = host.refusals + 1 if reason in REFUSALS else 0
        if host.refusals >= self._settings.refusals_before_stop and not host.stopped:
            host.stopped = f"{host.refusals} refusals or failures in a row, the last: {reason}"

    def backoff_seconds(self, attempt: int) -> float:
        """The pause after the attempt-th failure, from 0: doubling, with jitter between half and whole."""
        return self._settings.backoff_seconds * 2.0**attempt * (0.5 + self._clock.chance() / 2)
