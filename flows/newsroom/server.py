"""The newsroom on the air: one small web server on loopback that answers for all five hosts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from flows.newsroom.manuscripts import SCHEME, Edition, Outlet, manuscripts, outlets
from flows.newsroom.printing import Printed, printed_pages

LOOPBACK: Final = "127.0.0.1"
READ_AT: Final[Mapping[Edition, datetime]] = {
    1: datetime(2026, 4, 14, 20, 0, tzinfo=UTC),
    2: datetime(2026, 4, 17, 20, 0, tzinfo=UTC),
}
POLITENESS: Final = "20ms"  # between two requests to one host; it is our own machine
NOTHING_HERE: Final = b"<!DOCTYPE html><title>404 Not Found</title><h1>Not Found</h1>"


class QuietServer(ThreadingHTTPServer):
    """A reader that hangs up early is no news: nothing is printed about it."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Only what is our own fault goes on."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # the base class narrows needlessly


class Newsroom:
    """The running server; `turn_to` puts the next edition on the air, to be seen by the next request."""

    def __init__(self, server: ThreadingHTTPServer, edition: Edition) -> None:
        self._server = server
        self.edition: Edition = edition

    def now(self) -> datetime:
        """The evening on which the edition on the air is read: a clock that gives the same rows at each run."""
        return READ_AT[self.edition]

    @property
    def port(self) -> int:
        """The port on loopback; another one each time."""
        return int(self._server.server_address[1])

    @property
    def base_url(self) -> str:
        """Where the server listens; which outlet answers is decided by the Host header."""
        return f"{SCHEME}://{LOOPBACK}:{self.port}"

    @property
    def hosts(self) -> Mapping[str, tuple[str, int]]:
        """Where each outlet's host is to be found, for `FetchSettings.hosts`."""
        return {outlet.host: (LOOPBACK, self.port) for outlet in outlets().values()}

    def turn_to(self, edition: Edition) -> None:
        """Serve another edition from now on."""
        self.edition = edition

    def page_at(self, host: str, path: str) -> Printed | None:
        """What stands at an address now, null where nothing does."""
        return printed_pages(self.edition).get(f"{SCHEME}://{host}{path}")


@contextmanager
def serve_newsroom(edition: Edition = 1) -> Iterator[Newsroom]:
    """Serve an edition on a free port of 127.0.0.1 until the block ends.

    Addresses of pages never name the port, so two runs give the same tables.
    """
    with QuietServer((LOOPBACK, 0), BaseHTTPRequestHandler) as server:
        newsroom = Newsroom(server, edition)
        server.RequestHandlerClass = _desk_of(newsroom)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="newsroom", daemon=True)
        thread.start()
        try:
            yield newsroom
        finally:
            server.shutdown()
            thread.join()


def newsroom_sources() -> str:
    """The SOURCES.toml of the newsroom: each outlet's feed or sitemap, and the agency's text service by address."""
    entries = [_source_entry(outlet, "", outlet.source, f'url = "{outlet.feed}"') for outlet in outlets().values()]
    entries += [
        _source_entry(article.outlet, "-text", "urls", f'urls = ["{article.address}"]')
        for article in manuscripts(1).values()
        if article.plain
    ]
    return "\n".join(entries)


def _source_entry(outlet: Outlet, ending: str, kind: str, where: str) -> str:
    name = outlet.host.removesuffix(".example") + ending
    return (
        f'[[source]]\nname = "{name}"\nkind = "{kind}"\n{where}\n'
        f'outlet = "{outlet.name}"\nlanguage = "en"\nevery = "{POLITENESS}"\n'
    )


def _desk_of(newsroom: Newsroom) -> type[BaseHTTPRequestHandler]:
    """A request handler that knows its newsroom, as http.server wants a class."""
    return type("Desk", (_Desk,), {"newsroom": newsroom})


class _Desk(BaseHTTPRequestHandler):
    """Answers one connection, quietly."""

    newsroom: Newsroom
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of http.server
        """Say nothing: the user watches the pipeline, not the server."""

    def _answer(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        page = self.newsroom.page_at(host, self.path)
        if page is None:
            self._send(HTTPStatus.NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"}, NOTHING_HERE, with_body)
            return
        stamps = {"ETag": page.etag, "Last-Modified": page.last_modified, "Cache-Control": "no-cache"}
        if self._has_it(page):
            self._send(HTTPStatus.NOT_MODIFIED, stamps, b"", with_body=False)
        else:
            self._send(HTTPStatus.OK, {**stamps, "Content-Type": page.content_type}, page.body, with_body)

    def _has_it(self, page: Printed) -> bool:
        """Whether the caller's copy is still good; as in HTTP, an ETag outranks a date."""
        if tags := self.headers.get("If-None-Match"):
            return page.etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:
            return False
        return page.saved_at.replace(microsecond=0) <= since.astimezone(UTC)

    def _send(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes, with_body: bool) -> None:  # noqa: FBT001
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)
