"""What a hostile server answers with: whole HTTP answers, a page, feeds and sitemaps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile_server import HostileServer

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


def answer(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP/1.1 answer; header names with _ for -; Content-Length unless given."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if not any(name.lower() in {"content-length", "transfer-encoding"} for name in given):
        given["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def page(body: bytes = ARTICLE, content_type: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    return answer(body=body, Content_Type=content_type, **headers)


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
