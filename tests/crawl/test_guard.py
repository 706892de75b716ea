import socket

import httpcore
import pytest

from crawl import guard
from crawl.errors import AddressRefused, FetchFailed
from crawl.fetcher import Fetcher
from crawl.network import GuardedBackend
from crawl.records import CrawlSettings


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "not an address", "",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused(address):
    assert not guard.is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_may_be_asked(address):
    assert guard.is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "017700000001", "[::1]"])
def test_odd_spellings_are_judged_as_what_they_resolve_to(host):
    try:
        addresses = guard.resolved(host.strip("[]"), 80)
    except socket.gaierror:
        return  # this resolver does not know the spelling: nothing is asked either
    assert addresses
    with pytest.raises(AddressRefused, match="allow_private"):
        guard.public_addresses(host.strip("[]"), 80)


def test_only_the_public_ones_of_a_hosts_addresses_are_used():
    assert guard.public_addresses("mixed.example", 80, lambda *_: ["10.0.0.1", "8.8.8.8"]) == ["8.8.8.8"]


def test_the_address_that_was_judged_is_the_one_that_is_asked(site, monkeypatch):
    """DNS rebinding: a second answer of the resolver must not matter, so there must be no second question."""
    questions: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        questions.append(host)
        return ["127.0.0.1"] if len(questions) == 1 else ["10.0.0.1"]

    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    port = site.server.server_address[1]
    site.html("/", "/a/")
    with httpcore.ConnectionPool(network_backend=GuardedBackend(resolve)) as pool:
        assert pool.request("GET", f"http://rebinding.example:{port}/").status == 200
    assert questions == ["rebinding.example"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://169.254.169.254/"]
)
def test_a_fetcher_refuses_inner_addresses(url):
    with Fetcher(CrawlSettings(user_agent="Sectorscope")) as fetcher, pytest.raises(FetchFailed) as failure:
        fetcher.fetch(url)
    assert (failure.value.reason, failure.value.retry) == ("private address", False)
