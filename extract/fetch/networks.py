"""Which addresses are public, and which private ones a source has named in plain sight."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final

from extract.errors import BadSource
from extract.fetch.addresses import BadAddress, parse_address
from extract.models import Source

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Where clouds answer with credentials: Azure's wire server (public by number), Alibaba's and Amazon's services.
METADATA: Final = frozenset(
    ipaddress.ip_address(text) for text in ("168.63.129.16", "100.100.100.200", "fd00:ec2::254")
)
NAT64: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
IPV4_COMPATIBLE: Final = ipaddress.ip_network("::/96")


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
        if address.host == "localhost" or literal(address.host):
            named.add(address.host_key)
    return frozenset(named)


def may_be_named(host: str, ip: IP) -> bool:
    """Whether naming the host is leave enough. Metadata and other link-local services need `allowed_networks`."""
    if ip.is_link_local or ip.is_unspecified or ip.is_multicast or ip in METADATA or _wrapped(ip) is not None:
        return False
    return ip.is_loopback or host != "localhost"


def literal(host: str) -> IP | None:
    """The IP address that a host is, null for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
