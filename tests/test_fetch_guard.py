"""No fetch to a private address, however it is spelled and whenever it is resolved."""

import asyncio
import ipaddress
import socket

import httpcore
import pytest

from extract.fetch.addresses import parse_address
from extract.fetch.client import Client, FetchProblem
from extract.fetch.guard import Guard, GuardedNetwork, NoSuchHost, PrivateAddress
from extract.fetch.networks import is_public, named_hosts, parse_networks
from extract.fetch.settings import FetchSettings
from extract.models import Source
from tests.hostile_answers import ARTICLE
from tests.hostile_server import HostileServer

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    "2001:db8::1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip
PUBLIC = [
    "93.184.216.34",
    "8.8.8.8",
    "1.1.1.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_addresses_that_are_not_in_the_open_internet_are_private(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_addresses_in_the_open_internet_are_public(text):
    assert is_public(ipaddress.ip_address(text))


def resolving(**hosts):
    """A resolver that knows these names, and counts."""
    asked = []

    async def resolve(host, port):
        asked.append(host)
        found = hosts.get(host.replace(".", "_"))
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found if isinstance(found, list) else found.pop(0) if hasattr(found, "pop") else [found]

    resolve.asked = asked
    return resolve


def check(url, guard, *named):
    source = Source("s", "urls", urls=named)

    async def run():
        await guard.check(parse_address(url), named_hosts(source))

    return asyncio.run(run())


def test_a_name_that_resolves_to_a_private_address_is_refused():
    guard = Guard(resolve=resolving(halder_example="10.0.0.7"))
    with pytest.raises(PrivateAddress, match=r"halder.example leads to 10\.0\.0\.7"):
        check("http://halder.example/", guard)


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(PrivateAddress):
        check("http://halder.example/", Guard(resolve=resolving(halder_example=["8.8.8.8", "192.168.0.1"])))


def test_a_name_that_a_source_names_is_refused_all_the_same_where_it_leads_inside():
    guard = Guard(resolve=resolving(halder_example="127.0.0.1"))
    with pytest.raises(PrivateAddress):
        check("http://halder.example/", guard, "http://halder.example/")


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"])
def test_numbers_that_the_system_reads_as_loopback_are_refused(spelling):
    with pytest.raises((PrivateAddress, NoSuchHost)):
        check(f"http://{spelling}/", Guard())


def test_an_unknown_name_says_so():
    with pytest.raises(NoSuchHost, match=r"nowhere\.example"):
        check("http://nowhere.example/", Guard(resolve=resolving()))


def test_a_source_may_name_a_private_address_itself():
    check("http://10.1.2.3:8080/x", Guard(), "http://10.1.2.3:8080/feed")
    check("http://localhost/x", Guard(resolve=resolving(localhost="127.0.0.1")), "http://localhost/")


def test_naming_one_port_does_not_open_another():
    with pytest.raises(PrivateAddress):
        check("http://10.1.2.3:22/", Guard(), "http://10.1.2.3:8080/feed")


@pytest.mark.parametrize(
    "service", ["169.254.169.254", "[fd00:ec2::254]", "100.100.100.200", "168.63.129.16", "[fe80::1]"]
)
def test_naming_a_metadata_service_is_not_leave_enough(service):
    with pytest.raises(PrivateAddress):
        check(f"http://{service}/latest", Guard(), f"http://{service}/")


def test_localhost_must_be_this_machine():
    with pytest.raises(PrivateAddress):
        check("http://localhost/", Guard(resolve=resolving(localhost="10.0.0.1")), "http://localhost/")


def test_networks_of_the_settings_are_open_to_all():
    guard = Guard(
        parse_networks(["10.1.0.0/16"]), resolve=resolving(intranet_example="10.1.2.3", other_example="10.2.0.1")
    )
    check("http://intranet.example/", guard)
    with pytest.raises(PrivateAddress):
        check("http://other.example/", guard)


class Recorder(httpcore.AsyncNetworkBackend):
    """A network that only says where it would have connected to."""

    def __init__(self):
        self.connected_to = []

    async def connect_tcp(self, host, port, **_more):
        self.connected_to.append((host, port))
        raise httpcore.ConnectError("recorded")


def test_a_name_that_resolves_anew_to_loopback_is_connected_to_where_it_was_judged():
    resolve = resolving(rebind_example=iter([]))
    answers = [["93.184.216.34"], ["127.0.0.1"]]

    async def changing(host, port):
        resolve.asked.append(host)
        return answers.pop(0)

    async def run():
        guard = Guard(resolve=changing)
        network = GuardedNetwork(guard)
        network._network = Recorder()
        await guard.check(parse_address("http://rebind.example/"), frozenset())
        for _ in range(2):
            with pytest.raises(httpcore.ConnectError):
                await network.connect_tcp("rebind.example", 80)
        return network._network.connected_to

    assert asyncio.run(run()) == [("93.184.216.34", 80)] * 2
    assert resolve.asked == ["rebind.example"]


def test_the_connection_is_judged_even_where_nobody_checked_the_address():
    async def run():
        async with HostileServer() as server:
            guard = Guard(resolve=resolving(press_example="127.0.0.1"))
            async with Client(FetchSettings(), guard) as client:
                address = parse_address(f"http://press.example:{server.port}/story")
                with pytest.raises(FetchProblem) as caught:
                    await client.get(address, seconds=5, limit=10_000, headers={})
                return caught.value.reason, server.asked.total()

    assert asyncio.run(run()) == ("private_address", 0)


def test_an_allowed_name_is_asked_for_by_its_name():
    async def run():
        async with HostileServer() as server:
            guard = Guard(parse_networks(["127.0.0.0/8"]), resolve=resolving(press_example="127.0.0.1"))
            async with Client(FetchSettings(), guard) as client:
                address = parse_address(f"http://press.example:{server.port}/gzip")
                answer = await client.get(address, seconds=5, limit=10_000, headers={})
                return answer.body, server.headers_seen[0]["host"].partition(":")[0]

    assert asyncio.run(run()) == (ARTICLE, "press.example")


def test_a_proxy_in_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    test_an_allowed_name_is_asked_for_by_its_name()
