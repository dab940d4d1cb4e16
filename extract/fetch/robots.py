"""What robots.txt allows, by RFC 9309."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from protego import Protego

from extract.fetch.addresses import Address, parse_address
from extract.fetch.client import Answer, FetchProblem
from extract.fetch.memory import HostMemory, KeptRobots
from extract.fetch.settings import FetchSettings

ROBOTS_BYTES: Final = 512_000  # RFC 9309 §2.5: at least 500 KiB must be parsed
LONGEST_LINE: Final = 2_000
MOST_RULES: Final = 20_000
STALE_AFTER: Final = timedelta(days=30)
UNAVAILABLE: Final = frozenset(
    {
        "not_found", "gone", "forbidden", "refused", "login_required", "payment_required",
        "too_many_redirects", "redirect_loop", "bad_redirect", "empty",
    }
)  # fmt: skip
"""RFC 9309 §2.3.1.3: the file is unavailable, so all is allowed. Any other failure (§2.3.1.4) forbids all."""

OF_THE_HOST: Final = frozenset(
    {
        "connection_failed",
        "no_such_host",
        "private_address",
        "bad_certificate",
        "budget_spent",
        "host_stopped",
        "crawl_delay",
    }
)
"""Failures that are no matter of robots.txt: each address of the host would end so."""

log = logging.getLogger(__name__)
Ask = Callable[[Address], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows us.

    problem: why robots.txt could not be read, by name; then nothing is allowed
    """

    parsed: Protego | None = None
    problem: str = ""
    detail: str = ""
    agent: str = ""

    def refuse_if_forbidden(self, address: Address) -> None:
        """Raise FetchProblem unless the address may be asked."""
        if self.problem:
            if self.problem in OF_THE_HOST:
                raise FetchProblem(self.problem, self.detail)
            detail = self.detail if self.problem == "robots_unreachable" else f"{self.problem}: {self.detail}"
            raise FetchProblem("robots_unreachable", detail)
        if self.parsed is not None and not self.parsed.can_fetch(address.target, self.agent):
            raise FetchProblem("robots")

    @property
    def delay_seconds(self) -> float:
        """The pause between two requests that the host asks for, 0 where it asks for none."""
        if self.parsed is None:
            return 0.0
        delay = self.parsed.crawl_delay(self.agent) or 0.0
        rate = self.parsed.request_rate(self.agent)
        if rate is not None and rate.requests > 0:
            delay = max(delay, rate.seconds / rate.requests)
        return max(0.0, delay)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that robots.txt names."""
        return tuple(self.parsed.sitemaps) if self.parsed is not None else ()


class Robots:
    """The rules of each host, read once as long as they hold, over all runs.

    ask: one polite request with its redirects, without a look at robots.txt
    """

    def __init__(self, ask: Ask, settings: FetchSettings, memory: HostMemory, now: Callable[[], datetime]) -> None:
        self._ask, self._memory, self._now = ask, memory, now
        self._agent = settings.user_agent.partition("/")[0]  # the product name that robots.txt may name
        self._holds = timedelta(seconds=settings.robots_seconds)
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def rules(self, address: Address) -> Rules:
        """What the host of the address allows."""
        if address.origin not in self._rules:
            self._rules[address.origin] = asyncio.ensure_future(self._read(address))
        return await asyncio.shield(self._rules[address.origin])

    async def _read(self, address: Address) -> Rules:
        kept = self._memory.robots(address.origin)
        if kept is not None and self._is_younger(kept, self._holds):
            return await asyncio.to_thread(parse_robots, kept.text, self._agent)
        try:
            answer = await self._ask(parse_address("/robots.txt", base=f"{address.scheme}://{_bracketed(address)}/"))
            text = robots_text(answer.body)
        except FetchProblem as problem:
            if problem.reason not in UNAVAILABLE:
                return await self._unreachable(problem, kept)
            text = ""
        self._memory.save_robots(address.origin, text)
        return await asyncio.to_thread(parse_robots, text, self._agent)

    async def _unreachable(self, problem: FetchProblem, kept: KeptRobots | None) -> Rules:
        """The rules that were read last, where the file alone cannot be read now (RFC 9309 §2.4); else no leave."""
        if kept is not None and problem.reason not in OF_THE_HOST and self._is_younger(kept, STALE_AFTER):
            return await asyncio.to_thread(parse_robots, kept.text, self._agent)
        return Rules(problem=problem.reason, detail=problem.detail[:200], agent=self._agent)

    def _is_younger(self, kept: KeptRobots, age: timedelta) -> bool:
        return timedelta(0) <= self._now() - kept.read_at <= age

    def forget(self) -> None:
        """Stop what is still under way."""
        for task in self._rules.values():
            task.cancel()


def _bracketed(address: Address) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{host}:{address.port}"


def robots_text(body: bytes) -> str:
    """The lines in the first ROBOTS_BYTES of a file that may be rules; what is none (HTML, say) is left out."""
    text = body[:ROBOTS_BYTES].decode("utf-8-sig", "replace").replace("\x00", "")
    return "\n".join([line for line in text.splitlines() if ":" in line and len(line) <= LONGEST_LINE][:MOST_RULES])


def parse_robots(text: str, agent: str) -> Rules:
    """The rules of a robots.txt as `robots_text` gives it."""
    try:
        return Rules(Protego.parse(text), agent=agent)
    except Exception as error:  # noqa: BLE001 - a parser that stumbles over a file must not count as leave to go on
        log.warning("robots.txt unreadable error=%r", error)
        return Rules(problem="crash", detail=f"cannot be parsed: {type(error).__name__}", agent=agent)
