"""No fetch to a private address: names are resolved once, judged, and connected to as judged.

A name that resolves anew between check and connection (DNS rebinding) gains nothing, for the connection goes to the
addresses of the check. Spelling tricks (decimal, octal, IPv4 inside IPv6) gain nothing, for what is judged is what the
system would connect to.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import httpcore

from extract.fetch.addresses import Address
from extract.fetch.networks import IP, Network, is_public, literal, may_be_named

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class PrivateAddress(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """A host that leads where nobody from outside should."""


class NoSuchHost(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """A host name that is not known."""


async def resolve_name(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system would connect to them. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(slots=True)
class Guard:
    """Judges hosts, and remembers what they resolved to for the length of a run.

    networks: private networks that any source may reach
    hosts: names that the settings place themselves, to (IP address, port); they are neither looked up nor judged
    """

    networks: tuple[Network, ...] = ()
    resolve: Resolve = resolve_name
    connect_seconds: float = 10.0
    hosts: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _found: dict[str, asyncio.Task[tuple[IP, ...]]] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)

    async def check(self, address: Address, named: frozenset[str]) -> None:
        """Return if the address may be asked for a source that names these hosts.

        Raises PrivateAddress or NoSuchHost.
        """
        if address.host in self.hosts:
            return
        found = await self.addresses(address.host, address.port)
        if address.host_key in named and all(may_be_named(address.host, ip) for ip in found):
            self._named.add(address.host_key)
            return
        self._judge(address.host, found)

    def _judge(self, host: str, found: Sequence[IP]) -> None:
        for ip in found:
            if not is_public(ip) and not any(ip in network for network in self.networks):
                raise PrivateAddress(f"{host[:100]} leads to {ip}")

    async def addresses(self, host: str, port: int) -> tuple[IP, ...]:
        """What the host resolved to when it was first asked for. Raises NoSuchHost."""
        itself = literal(host)
        if itself is not None:
            return (itself,)
        if host not in self._found:
            self._found[host] = asyncio.ensure_future(self._look_up(host, port))
        return await asyncio.shield(self._found[host])

    async def _look_up(self, host: str, port: int) -> tuple[IP, ...]:
        try:
            async with asyncio.timeout(self.connect_seconds):
                texts = await self.resolve(host, port)
            found = tuple(ipaddress.ip_address(text.partition("%")[0]) for text in texts)
        except (OSError, UnicodeError, ValueError) as error:  # a timeout is an OSError
            raise NoSuchHost(f"{host[:100]}: {getattr(error, 'strerror', None) or type(error).__name__}") from None
        if not found:
            raise NoSuchHost(f"{host[:100]} has no address")
        return found

    async def connectable(self, host: str, port: int) -> tuple[IP, ...]:
        """The addresses to connect to: those of the check, judged once more. Raises PrivateAddress or NoSuchHost."""
        found = await self.addresses(host, port)
        if f"{host}:{port}" not in self._named:
            self._judge(host, found)
        return found

    async def doors(self, host: str, port: int) -> Sequence[tuple[str, int]]:
        """The (IP address, port) pairs to connect to, in order. Raises PrivateAddress or NoSuchHost."""
        if host in self.hosts:
            return [self.hosts[host]]
        return [(str(ip), port) for ip in await self.connectable(host, port)]


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that were judged, never to a name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """One connection to the first of the judged addresses that takes it."""
        failed: Exception = httpcore.ConnectError(f"no address for {host}")
        for ip, placed_port in await self._guard.doors(host.strip("[]"), port):
            try:
                return await self._network.connect_tcp(
                    ip, placed_port, timeout=timeout, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: a socket file is no public address."""
        del timeout, socket_options
        raise PrivateAddress(f"{path} is a socket file")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)
