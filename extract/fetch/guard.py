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
from typing import Final

import httpcore

from extract.errors import BadSource
from extract.fetch.addresses import Address, BadAddress, parse_address
from extract.models import Source

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

# Where clouds answer with credentials: Azure's wire server (public by number), Alibaba's and Amazon's services.
METADATA: Final = frozenset(
    ipaddress.ip_address(text) for text in ("168.63.129.16", "100.100.100.200", "fd00:ec2::254")
)
NAT64: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
IPV4_COMPATIBLE: Final = ipaddress.ip_network("::/96")


class PrivateAddress(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """A host that leads where nobody from outside should."""


class NoSuchHost(Exception):  # noqa: N818, RUF100 - named for what went wrong
    """A host name that is not known."""


async def resolve_name(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system would connect to them. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: IP) -> bool:
    """Whether the address is in the open internet, whatever it is wrapped in."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved and address not in METADATA


def _wrapped(address: IP) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, null if it stands for itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in NAT64) or (address in IPV4_COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks such as "10.1.0.0/16" or single addresses. Raises BadSource."""
    networks = []
    for text in texts:
        try:
            networks.append(ipaddress.ip_network(text, strict=False))
        except ValueError:
            raise BadSource(f"{text!r} is no network; write it as 10.1.0.0/16") from None
    return tuple(networks)


def named_hosts(source: Source) -> frozenset[str]:
    """The "host:port" of every address that a source names in plain sight: an IP address, or localhost.

    A domain name is no such thing, whatever it resolves to: somebody else decides that.
    """
    named = set()
    for text in (*source.urls, *([source.url] if source.url else [])):
        try:
            address = parse_address(text)
        except BadAddress:
            continue
        if address.host == "localhost" or _literal(address.host):
            named.add(address.host_key)
    return frozenset(named)


def _may_be_named(host: str, ip: IP) -> bool:
    """Whether naming the host is leave enough. Metadata and other link-local services need `allowed_networks`."""
    if ip.is_link_local or ip.is_unspecified or ip.is_multicast or ip in METADATA or _wrapped(ip) is not None:
        return False
    return ip.is_loopback or host != "localhost"


def _literal(host: str) -> IP | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


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
        if address.host_key in named and all(_may_be_named(address.host, ip) for ip in found):
            self._named.add(address.host_key)
            return
        self._judge(address.host, found)

    def _judge(self, host: str, found: Sequence[IP]) -> None:
        for ip in found:
            if not is_public(ip) and not any(ip in network for network in self.networks):
                raise PrivateAddress(f"{host[:100]} leads to {ip}")

    async def addresses(self, host: str, port: int) -> tuple[IP, ...]:
        """What the host resolved to when it was first asked for. Raises NoSuchHost."""
        literal = _literal(host)
        if literal is not None:
            return (literal,)
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
