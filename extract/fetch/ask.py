"""One address to one answer: redirects followed, failures retried, every hop guarded, polite and allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import httpx

from extract.fetch.addresses import Address, BadAddress, parse_address
from extract.fetch.answers import (
    NOT_MODIFIED,
    REDIRECTS,
    WORTH_RETRYING,
    reason_of_status,
    retry_after_seconds,
)
from extract.fetch.client import Answer, Client, FetchProblem
from extract.fetch.guard import Guard, NoSuchHost, PrivateAddress
from extract.fetch.memory import HostMemory
from extract.fetch.politeness import Hosts
from extract.fetch.reasons import REFUSALS
from extract.fetch.robots import ROBOTS_BYTES, Robots
from extract.fetch.settings import Clock, FetchSettings, Known

ROBOTS_HEADERS = {"Accept": "text/plain,*/*;q=0.5"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, and on whose behalf.

    named: private hosts that the source names itself; every_seconds: its wish for pauses
    credentials: sent to `credentials_for` ("host:port") alone
    limit: bytes; stop_at: names of addresses that others ask for, where a redirect to them ends
    """

    address: Address
    accept: str
    limit: int
    named: frozenset[str] = frozenset()
    every_seconds: float = 0.0
    credentials: tuple[str, str] | None = None
    credentials_for: str = ""
    known: Known | None = None
    only_articles: bool = False
    stop_at: Mapping[str, str] = field(default_factory=dict)

    def headers(self, address: Address) -> dict[str, str]:
        """The headers for one hop; conditional where something is stored, with credentials where they belong."""
        headers = {"Accept": self.accept}
        if self.known is not None and self.known.sha256:
            if self.known.etag:
                headers["If-None-Match"] = self.known.etag
            if self.known.last_modified:
                headers["If-Modified-Since"] = self.known.last_modified
        if self.credentials and address.host_key == self.credentials_for:
            request = httpx.Request("GET", address.target)
            headers["Authorization"] = next(httpx.BasicAuth(*self.credentials).auth_flow(request)).headers[
                "Authorization"
            ]
        return headers


@dataclass(slots=True)
class _Spent:
    """Seconds and attempts that one address has cost so far."""

    seconds: float = 0.0
    failures: int = 0


class Asker:
    """Asks for addresses on behalf of all sources of a run."""

    def __init__(
        self, client: Client, guard: Guard, settings: FetchSettings, clock: Clock, memory: HostMemory | None = None
    ) -> None:
        memory = memory or HostMemory(None, clock.now)
        self._client, self._guard, self._hosts = client, guard, Hosts(settings, clock, memory)
        self._settings, self._clock = settings, clock
        self._named: frozenset[str] = frozenset()
        self.robots = Robots(self._ask_robots, settings, memory, clock.now)

    def note_resumed(self, address: Address, reason: str) -> None:
        """Let an answer that an interrupted run had end a host's refusals in a row, as it did in that run.

        Else the failures that are asked for again would stand side by side. Its refusals were counted then.
        """
        if reason not in REFUSALS:
            self._hosts.note(address, None)

    async def ask(self, wish: Wish) -> Answer:
        """The last answer of the chain that begins at the address: a page or a 304. Raises FetchProblem."""
        spent = _Spent()
        try:
            return replace(await self._chain(wish, spent), seconds=spent.seconds)
        except FetchProblem as problem:
            problem.seconds = spent.seconds
            raise

    async def _chain(self, wish: Wish, spent: _Spent) -> Answer:
        cookies = httpx.Cookies()
        address, met = wish.address, set[tuple[str, int]]()
        for _hop in range(self._settings.max_redirects + 1):
            if (address.target, len(cookies)) in met:
                raise FetchProblem("redirect_loop", f"again at {address.name}")
            met.add((address.target, len(cookies)))
            answer = await self._answer(wish, address, cookies, spent)
            if answer.status not in REDIRECTS:
                return answer
            address = _target(answer)
            if address.name in wish.stop_at and address.name != wish.address.name:
                raise FetchProblem("duplicate_address", f"leads to {address.name}, which is in the list itself")
        raise FetchProblem("too_many_redirects", f"more than {self._settings.max_redirects}")

    async def _answer(self, wish: Wish, address: Address, cookies: httpx.Cookies, spent: _Spent) -> Answer:
        """One hop, tried again after failures that may pass. Raises FetchProblem."""
        while True:
            try:
                await self._allow(wish, address)
                answer = await self._one_request(wish, address, cookies, spent)
            except FetchProblem as problem:
                if not self._may_retry(problem, spent):
                    raise
                if problem.wait_seconds is None:
                    pause = self._hosts.backoff_seconds(spent.failures)
                    if problem.reason == "rate_limited":
                        self._hosts.pause(address, pause)
                    await self._clock.sleep(pause)
                spent.failures += 1
            else:
                return answer

    def _may_retry(self, problem: FetchProblem, spent: _Spent) -> bool:
        return (
            problem.reason in WORTH_RETRYING
            and spent.failures + 1 < self._settings.attempts
            and spent.seconds < self._settings.total_seconds
            and (problem.wait_seconds or 0) <= self._settings.longest_wait_seconds
        )

    async def _allow(self, wish: Wish, address: Address) -> None:
        """Return if the guard and robots.txt allow the address. Raises FetchProblem."""
        self._hosts.refuse_if_done(address)
        await self._check(address, wish.named)
        self._named |= {address.host_key} & wish.named
        self._hosts.slow_down(address, wish.every_seconds)
        rules = await self.robots.rules(address)
        self._hosts.slow_down(address, rules.delay_seconds)
        rules.refuse_if_forbidden(address)

    async def _check(self, address: Address, named: frozenset[str]) -> None:
        try:
            await self._guard.check(address, named)
        except PrivateAddress as problem:
            raise FetchProblem("private_address", str(problem)) from None
        except NoSuchHost as problem:
            raise FetchProblem("no_such_host", str(problem)) from None

    async def _one_request(self, wish: Wish, address: Address, cookies: httpx.Cookies | None, spent: _Spent) -> Answer:
        async with self._hosts.turn(address):
            started = self._clock.monotonic()
            try:
                answer = await self._client.get(
                    address,
                    seconds=max(0.001, self._settings.total_seconds - spent.seconds),
                    limit=wish.limit,
                    headers=wish.headers(address),
                    cookies=cookies,
                    only_articles=wish.only_articles,
                )
                self._refuse_status(answer)
            except FetchProblem as problem:
                self._hosts.note(address, problem.reason)
                raise
            finally:
                spent.seconds += self._clock.monotonic() - started
        self._hosts.note(address, None)
        return answer

    def _refuse_status(self, answer: Answer) -> None:
        """Raise FetchProblem for a status that gives neither a page nor a way to one."""
        if answer.status in REDIRECTS or answer.status == NOT_MODIFIED:
            return
        reason = reason_of_status(answer.status)
        if reason is None:
            return
        wait = retry_after_seconds(answer.headers.get("retry-after"), self._clock.now())
        if wait is not None and reason in {"rate_limited", "server_error"}:
            self._hosts.pause(answer.address, wait)
            raise FetchProblem("rate_limited", f"asks for {wait:.0f} s of rest", answer.status, wait)
        raise FetchProblem(reason, f"status {answer.status}", answer.status)

    async def _ask_robots(self, address: Address) -> Answer:
        """robots.txt with its redirects, each guarded, none retried. Raises FetchProblem."""
        spent = _Spent()
        for _hop in range(self._settings.max_redirects + 1):
            async with self._hosts.turn(address, begins_pause=False):
                answer = await self._client.get(
                    address,
                    seconds=self._settings.read_seconds,
                    limit=ROBOTS_BYTES,
                    headers=ROBOTS_HEADERS,
                    truncate=True,
                )
            if answer.status not in REDIRECTS:
                self._refuse_status(answer)
                return answer
            address = _target(answer)
            try:
                await self._check(address, self._named)
            except FetchProblem as problem:
                raise FetchProblem("robots_unreachable", f"its redirect: {problem.detail}") from None
            spent.failures += 1
        raise FetchProblem("too_many_redirects")


def _target(answer: Answer) -> Address:
    try:
        location = answer.headers["location"]
        return parse_address(location.encode("latin-1").decode("utf-8", "replace"), base=answer.address.target)
    except KeyError:
        raise FetchProblem("bad_redirect", "no Location", answer.status) from None
    except (BadAddress, UnicodeError) as error:
        raise FetchProblem("bad_redirect", f"leads to {error}", answer.status) from None
