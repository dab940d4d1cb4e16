"""What servers do to crawlers: more than sixty faults, written byte by byte.

Every fault is one entry of FAULTS: its path, what it does, and the reason (or "page") in which asking for it must end.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli

from tests.hostile_answers import ARTICLE, PNG, Behaviour, Request, answer, page


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


def always(path: str, ends_in: str, reply: bytes) -> None:
    """A fault that needs no more than its bytes."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(reply)

    FAULTS.append(Fault(path, ends_in, behave))


def redirect(path: str, ends_in: str, target: str, status: str = "302 Found") -> None:
    always(path, ends_in, answer(status, Location=target))


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
