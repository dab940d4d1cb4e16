"""A server on loopback that does what servers do to crawlers: see `hostile_faults`."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Self

from tests.hostile_answers import Behaviour, Request, answer
from tests.hostile_faults import BEHIND, FAULTS


@dataclass
class HostileServer:
    """One host: its port, its robots.txt, its pages beside the faults, and a log of what it was asked.

    most_at_once: the greatest number of requests that were under way together
    """

    routes: dict[str, bytes | Behaviour] = field(default_factory=dict)
    robots: bytes | Behaviour = field(default_factory=lambda: answer("404 Not Found"))
    latency_seconds: float = 0.0
    asked: Counter[str] = field(default_factory=Counter)
    headers_seen: list[dict[str, str]] = field(default_factory=list)
    started_at: list[float] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0
    _under_way: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def __aenter__(self) -> Self:
        for one in FAULTS:
            self.routes.setdefault(one.path, one.behave)
        for path, reply in BEHIND.items():
            self.routes.setdefault(path, reply)
        self.routes.setdefault("/robots.txt", self.robots)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            while request := await self._read(reader):
                await self._answer(request, writer)
                if writer.is_closing():
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Request | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name}
        path = first.split(" ")[1]
        self.asked[path] += 1
        self.headers_seen.append(headers | {":path": path})
        return Request(path, headers, self.asked[path], self)

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        self.started_at.append(time.monotonic())
        try:
            if self.latency_seconds:
                await asyncio.sleep(self.latency_seconds)
            reply = self.routes.get(request.path.partition("?")[0], answer("404 Not Found"))
            if isinstance(reply, bytes):
                writer.write(reply)
            else:
                await reply(request, writer)
            await writer.drain()
        finally:
            self._under_way -= 1


@contextmanager
def on_air(hosts: int = 1, latency_seconds: float = 0.0) -> Iterator[list[HostileServer]]:
    """So many hosts in a thread of their own, for commands that run a loop themselves or in another process."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="on air", daemon=True)
    thread.start()

    async def begin() -> list[HostileServer]:
        return [await HostileServer(latency_seconds=latency_seconds).__aenter__() for _ in range(hosts)]

    servers = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        yield servers
    finally:
        for server in servers:
            asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
