"""One request and its answer, within limits; redirects, retries and politeness are decided elsewhere."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Final, Self
from zlib import crc32

import httpcore
import httpx

from extract.fetch import media
from extract.fetch.addresses import Address
from extract.fetch.answers import WANTED_STATUS
from extract.fetch.decode import ASKED_FOR, BadBody, Body
from extract.fetch.guard import Guard, GuardedNetwork, NoSuchHost, PrivateAddress
from extract.fetch.settings import FetchSettings

ARTICLE_TYPES: Final = "text/html,application/xhtml+xml,text/plain;q=0.9,application/xml;q=0.8,*/*;q=0.5"
LISTING_TYPES: Final = "application/rss+xml,application/atom+xml,application/xml,text/xml,text/plain;q=0.8,*/*;q=0.5"
SNIFF_AFTER: Final = 1024
SHARES: Final = 16
MOST_HEADERS: Final = 100
LONGEST_HEADER: Final = 4000


class FetchProblem(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """An address that gave no page: the reason by name, a detail, the status where one came.

    wait_seconds: the pause that the host asks for, null if it asks for none
    seconds: of all requests that led here
    """

    def __init__(
        self, reason: str, detail: str = "", status: int | None = None, wait_seconds: float | None = None
    ) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail, self.status, self.wait_seconds = reason, detail, status, wait_seconds
        self.seconds = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    headers: lower-case names; cookies left out
    body: unpacked, empty for a redirect
    seconds: of all requests that led here
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: Address
    seconds: float = 0.0


class _Share(httpx.AsyncHTTPTransport):
    """httpx's own transport, for a share of the hosts, over connections that the guard has judged."""

    def __init__(self, guard: Guard, context: ssl.SSLContext, concurrency: int) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=concurrency,
            max_keepalive_connections=max(4, concurrency // 2),
            keepalive_expiry=5.0,
            network_backend=GuardedNetwork(guard),
        )


class Transport(httpx.AsyncBaseTransport):
    """Spreads the hosts over several pools: what a pool does for each request grows with its connections."""

    def __init__(self, guard: Guard, concurrency: int) -> None:
        context = ssl.create_default_context()
        self._shares = [_Share(guard, context, concurrency) for _ in range(SHARES)]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, by the pool of its host."""
        host = request.url.netloc
        return await self._shares[crc32(host) % SHARES].handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for share in self._shares:
            await share.aclose()


class Client:
    """One httpx client for a run. It keeps no cookies, follows no redirects and reads no proxy from the environment."""

    def __init__(self, settings: FetchSettings, guard: Guard) -> None:
        for name in ("httpx", "httpcore"):
            # they would log whole addresses, and headers with credentials in them
            logging.getLogger(name).setLevel(logging.WARNING)
        self._http = httpx.AsyncClient(
            transport=Transport(guard, settings.concurrency),
            headers={"User-Agent": settings.agent_line, "Accept-Encoding": ASKED_FOR},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds, pool=None),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def get(
        self,
        address: Address,
        *,
        seconds: float,
        limit: int,
        headers: Mapping[str, str],
        cookies: httpx.Cookies | None = None,
        only_articles: bool = False,
        truncate: bool = False,
    ) -> Answer:
        """One GET, its body read within `limit` bytes and `seconds` in all.

        cookies: of this chain of redirects; sent and added to
        only_articles: leave off after the first piece of a body that cannot be an article
        truncate: return the first `limit` bytes of a longer body
        Raises FetchProblem.
        """
        request = self._http.build_request("GET", address.target, headers=dict(headers))
        if cookies:
            cookies.set_cookie_header(request)
        try:
            async with asyncio.timeout(seconds):
                response = await self._http.send(request, stream=True, auth=None)
                try:
                    if cookies is not None and "set-cookie" in response.headers:
                        cookies.extract_cookies(response)
                    body = await self._body(response, limit, only_articles=only_articles, truncate=truncate)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise FetchProblem("timeout", f"not whole after {seconds:.0f} s") from None
        except BadBody as problem:
            raise FetchProblem(problem.reason, problem.detail, response.status_code) from None
        except (PrivateAddress, NoSuchHost) as problem:
            reason = "private_address" if isinstance(problem, PrivateAddress) else "no_such_host"
            raise FetchProblem(reason, str(problem)) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _problem(error) from None
        return Answer(response.status_code, _kept(response.headers), body, address)

    async def _body(self, response: httpx.Response, limit: int, *, only_articles: bool, truncate: bool) -> bytes:
        """The unpacked body of an answer that is wanted, else nothing. Raises BadBody."""
        if response.status_code not in WANTED_STATUS:
            return b""
        body = Body(response.headers.get("content-encoding", ""), limit)
        declared, _ = media.parse_content_type(response.headers.get("content-type"))
        undecided = only_articles
        length = response.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:18]) > limit and not truncate:
            raise BadBody("too_large", f"{int(length[:18]):,} bytes announced, the limit is {limit:,}")
        try:
            async for piece in response.aiter_raw():
                body.add(piece)
                if undecided and len(body) >= SNIFF_AFTER:
                    undecided = False
                    _refuse_other_kinds(body.start(media.SNIFFED_BYTES), declared)
        except BadBody as problem:
            if truncate and problem.reason == "too_large":
                return body.start(limit)
            raise
        return body.whole()


def _refuse_other_kinds(start: bytes, declared: str) -> None:
    if media.looks_binary(start):
        raise BadBody("binary" if declared in media.HTML_TYPES | media.TEXT_TYPES else "not_an_article_type", declared)
    if not media.could_be_article(start, declared):
        raise BadBody("not_an_article_type", declared or "a feed or sitemap")


def _kept(headers: httpx.Headers) -> dict[str, str]:
    named = list(headers.items())[:MOST_HEADERS]
    return {name: value[:LONGEST_HEADER] for name, value in named if not name.startswith("set-cookie")}


# What httpx and h11 say, in the order of asking.
WORDS_OF_PROBLEMS: Final = (
    (httpx.TimeoutException, "", "timeout"),
    (httpx.ConnectError, "certificate", "bad_certificate"),
    (httpx.RemoteProtocolError, "without sending complete message body", "incomplete_body"),
    (httpx.RemoteProtocolError, "incomplete", "incomplete_body"),
    (httpx.RemoteProtocolError, "without sending a response", "connection_failed"),
    (httpx.RemoteProtocolError, "location header", "bad_redirect"),  # httpx reads it even where it is not to follow
    (httpx.ReadError, "", "incomplete_body"),
    (httpx.NetworkError, "", "connection_failed"),
    (httpx.UnsupportedProtocol, "", "bad_redirect"),
    (httpx.InvalidURL, "", "bad_redirect"),  # what was asked for itself has been read by parse_address
)


def _problem(error: Exception) -> FetchProblem:
    """What went wrong on the wire, by name."""
    words = str(error)[:200] or type(error).__name__
    for kind, part, reason in WORDS_OF_PROBLEMS:
        if isinstance(error, kind) and part in words.lower():
            return FetchProblem(reason, words)
    return FetchProblem("bad_response", words)
