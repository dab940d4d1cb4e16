"""A server on loopback that does what servers do to crawlers: more than sixty faults, written byte by byte.

Every fault is one entry of FAULTS: its path, what it does, and the reason (or "page") in which asking for it must end.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import time
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread
from typing import Self

import brotli

STORY = "The ferry company said that 14 passengers were hurt when the gangway gave way in Port Halder on Monday."
ARTICLE = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>Fourteen hurt at Port Halder</title></head>"
    f"<body><article><h1>Fourteen hurt at Port Halder</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"
).encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    number: int  # how often this path was asked for, from 1
    server: HostileServer


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    path: str
    ends_in: str
    behave: Behaviour


FAULTS: list[Fault] = []
BEHIND: dict[str, bytes] = {}  # pages that only redirects lead to


def fault(path: str, ends_in: str) -> Callable[[Behaviour], Behaviour]:
    def add(behave: Behaviour) -> Behaviour:
        FAULTS.append(Fault(path, ends_in, behave))
        return behave

    return add


def answer(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP/1.1 answer; header names with _ for -; Content-Length unless given."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if not any(name.lower() in {"content-length", "transfer-encoding"} for name in given):
        given["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def page(body: bytes = ARTICLE, content_type: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    return answer(body=body, Content_Type=content_type, **headers)


def always(path: str, ends_in: str, reply: bytes) -> None:
    """A fault that needs no more than its bytes."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(reply)

    FAULTS.append(Fault(path, ends_in, behave))


def redirect(path: str, ends_in: str, target: str, status: str = "302 Found") -> None:
    always(path, ends_in, answer(status, Location=target))


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


# --- redirects -------------------------------------------------------------------------------------------------------

redirect("/loop", "redirect_loop", "/loop", "301 Moved Permanently")
redirect("/ping", "redirect_loop", "/pong")
BEHIND["/pong"] = answer("302 Found", Location="/ping")
redirect("/to-a-file", "bad_redirect", "file:///etc/hostname")
redirect("/to-a-script", "bad_redirect", "javascript:alert(1)")
redirect("/to-nonsense", "bad_redirect", "http://[::1/")
always("/no-location", "bad_redirect", answer("302 Found"))
redirect("/moved", "page", "/moved-here", "308 Permanent Redirect")
redirect("/to-the-front", "redirect_to_front_page", "/")
redirect("/members-only", "login_wall", "/login?next=/members-only")
BEHIND["/login"] = page(b"<html><title>Log in</title><form><input type='password'></form></html>")


@fault("/step", "too_many_redirects")
async def ever_further(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer("302 Found", Location=f"/step?n={sum(request.server.asked.values())}"))


@fault("/cookie-wall", "page")
async def cookie_wall(request: Request, writer: asyncio.StreamWriter) -> None:
    if "seen=yes" in request.headers.get("cookie", ""):
        writer.write(page())
    else:
        writer.write(answer("302 Found", Location="/cookie-wall", Set_Cookie="seen=yes; Path=/"))


@fault("/cookie-wall-without-mercy", "redirect_loop")
async def cookie_wall_without_mercy(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer("302 Found", Location="/cookie-wall-without-mercy", Set_Cookie="seen=yes; Path=/"))


@fault("/with-credentials", "page")
async def to_credentials(request: Request, writer: asyncio.StreamWriter) -> None:
    target = f"http://reader:hunter2@127.0.0.1:{request.server.port}/reached-with-credentials"
    writer.write(answer("302 Found", Location=target))


# --- status ----------------------------------------------------------------------------------------------------------

for status, reason in {
    "204 No Content": "empty",
    "206 Partial Content": "partial_content",
    "304 Not Modified": "unexpected_status",
    "401 Unauthorized": "login_required",
    "402 Payment Required": "payment_required",
    "403 Forbidden": "forbidden",
    "404 Not Found": "not_found",
    "410 Gone": "gone",
    "418 Teapot": "refused",
    "451 Unavailable For Legal Reasons": "forbidden",
    "500 Internal Server Error": "server_error",
    "503 Service Unavailable": "server_error",
    "299 Whatever": "unexpected_status",
}.items():
    code = status[:3]
    always(
        f"/status-{code}", reason, answer(status, b"" if code in {"204", "304"} else ARTICLE, Content_Type="text/html")
    )


@fault("/fails-once", "page")
async def fails_once(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer("500 Internal Server Error") if request.number == 1 else page())


@fault("/rate-limited-without-a-word", "rate_limited")
async def rate_limited(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer("429 Too Many Requests"))


# --- time and the wire -----------------------------------------------------------------------------------------------


@fault("/slow-headers", "timeout")
async def slow_headers(request: Request, writer: asyncio.StreamWriter) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n":
        writer.write(bytes([byte]))
        await asyncio.sleep(0.2)


@fault("/a-byte-at-a-time", "timeout")
async def a_byte_at_a_time(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(Content_Type="text/html", Content_Length="5000"))
    for byte in ARTICLE:
        writer.write(bytes([byte]))
        await asyncio.sleep(0.2)


@fault("/never-answers", "timeout")
async def never_answers(request: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


@fault("/continues-for-ever", "timeout")
async def continues_for_ever(request: Request, writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await asyncio.sleep(0.02)


@fault("/reset-in-the-middle", "incomplete_body")
async def reset_in_the_middle(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(Content_Type="text/html", Content_Length="5000") + ARTICLE[:200])
    await writer.drain()
    await asyncio.sleep(0.05)
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@fault("/hangs-up", "connection_failed")
async def hangs_up(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.close()


@fault("/ends-early", "incomplete_body")
async def ends_early(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(Content_Type="text/html", Content_Length=str(len(ARTICLE) + 100)) + ARTICLE)
    writer.close()


@fault("/sends-more-than-it-says", "page")
async def sends_more(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(Content_Type="text/html", Content_Length=str(len(ARTICLE))) + ARTICLE + b"<p>and more</p>")
    writer.close()


@fault("/endless", "too_large")
async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(Content_Type="text/html", Transfer_Encoding="chunked") + b"6\r\n<html>\r\n")
    while not writer.is_closing():
        writer.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        await writer.drain()
        await asyncio.sleep(0)


@fault("/endless-headers", "bad_response")
async def endless_headers(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-More: " + b"y" * 8000 + b"\r\n")
        await writer.drain()
        await asyncio.sleep(0)


@fault("/http-1.0", "page")
async def http_1_0(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + ARTICLE)
    await writer.drain()
    writer.close()


@fault("/http-0.9", "bad_response")
async def http_0_9(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(ARTICLE + b"\r\n\r\n")
    writer.close()


always("/announces-too-much", "too_large", answer(Content_Type="text/html", Content_Length="99000000000"))
always("/invalid-header", "bad_response", b"HTTP/1.1 200 OK\r\nContent Type text/html\r\n\r\n")
always("/header-with-zero", "bad_response", b"HTTP/1.1 200 OK\r\nX-A: \x00\r\nContent-Length: 0\r\n\r\n")
always("/two-lengths", "bad_response", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhello")
always("/negative-length", "bad_response", b"HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n")
always(
    "/broken-chunks", "bad_response", answer(Content_Type="text/html", Transfer_Encoding="chunked") + b"zz\r\nhello\r\n"
)

# --- compression -----------------------------------------------------------------------------------------------------

BOMB_BYTES = 30_000_000
raw_deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
always("/gzip", "page", page(gzip.compress(ARTICLE), Content_Encoding="gzip"))
always(
    "/gzip-in-two-members",
    "page",
    page(gzip.compress(ARTICLE[:90]) + gzip.compress(ARTICLE[90:]), Content_Encoding="gzip"),
)
always("/deflate", "page", page(zlib.compress(ARTICLE), Content_Encoding="deflate"))
always("/raw-deflate", "page", page(raw_deflate.compress(ARTICLE) + raw_deflate.flush(), Content_Encoding="deflate"))
always("/brotli", "page", page(brotli.compress(ARTICLE), Content_Encoding="br"))
always("/gzip-bomb", "unpacks_too_large", page(gzip.compress(b"<html>" + bytes(BOMB_BYTES)), Content_Encoding="gzip"))
always(
    "/brotli-bomb",
    "unpacks_too_large",
    page(brotli.compress(b"<html>" + bytes(BOMB_BYTES), quality=5), Content_Encoding="br"),
)
always("/broken-gzip", "bad_gzip", page(b"\x1f\x8b\x08\x00garbage and nothing else", Content_Encoding="gzip"))
always("/half-a-gzip", "bad_gzip", page(gzip.compress(ARTICLE)[:-40], Content_Encoding="gzip"))
always("/broken-brotli", "bad_brotli", page(b"\xff\xff\xff\xff and no more", Content_Encoding="br"))
always("/half-a-brotli", "bad_brotli", page(brotli.compress(ARTICLE)[:-20], Content_Encoding="br"))
always("/zstd-unasked", "unknown_encoding", page(b"\x28\xb5\x2f\xfd rest", Content_Encoding="zstd"))
always("/packed-seven-times", "unknown_encoding", page(ARTICLE, Content_Encoding=", ".join(["gzip"] * 7)))

# --- kinds and charsets ----------------------------------------------------------------------------------------------

always("/zero-bytes", "empty", page(b""))
always("/white-space", "empty", page(b" \r\n\t " * 50))
always("/html-as-png", "page", page(ARTICLE, "image/png"))
always("/png-as-html", "binary", page(PNG, "text/html"))
always("/png", "not_an_article_type", page(PNG, "image/png"))
always("/pdf", "not_an_article_type", page(b"%PDF-1.7\n" + b"x" * 3000, "application/pdf"))
always("/json", "not_an_article_type", page(b'{"title": "no article"}', "application/json"))
always("/no-content-type", "page", answer(body=ARTICLE))
always("/octet-stream", "page", page(ARTICLE, "application/octet-stream"))
always("/wrong-charset", "page", page("<html><p>Zwölf Verletzte in Müllrose</p></html>".encode("latin-1")))
always("/unknown-charset", "page", page(ARTICLE, "text/html; charset=klingon-8"))
always("/utf-16", "page", page(ARTICLE.decode().encode("utf-16"), "text/html"))
always("/soft-404", "soft_404", page(b"<html><title>Page not found - The Halder Gazette</title><p>Sorry.</p></html>"))
always(
    "/log-in-to-read", "login_wall", page(b"<html><title>Halder</title><p>Members only</p><input type=password></html>")
)
always("/feed-as-page", "not_an_article_type", page(b"<?xml version='1.0'?><rss><channel></channel></rss>", "text/xml"))

for good in ("/moved-here", "/reached-with-credentials", "/", "/story"):
    BEHIND[good] = page(ARTICLE.replace(b"Monday", b"Monday " + good.encode()))


# --- feeds and sitemaps ----------------------------------------------------------------------------------------------


def feed(*items: str) -> bytes:
    return page(f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode(), "application/rss+xml")


def item(link: str) -> str:
    return f"<item><title>t</title><link>{link}</link><pubDate>Tue, 05 May 2026 07:30:00 GMT</pubDate></item>"


def sitemap(*links: str, index: bool = False) -> bytes:
    root, entry = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    body = "".join(f"<{entry}><loc>{link}</loc></{entry}>" for link in links)
    return page(f"<{root} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{body}</{root}>".encode(), "text/xml")


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
RSS_END = "<rss><channel><item><link>%s</link></item></channel></rss>"
BILLION_LAUGHS = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY l0 'ha'>{LAUGHS}]>" + RSS_END % "&l11;"
OUTER_ENTITY = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>" + RSS_END % "&f;"


def retry_after_date(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
