"""Bodies made to be slow or endless: read quickly, as far as they can be."""

import gzip
import socket
import time

import pytest

from crawl import feeds, sitemaps
from crawl.exchange import BodyUndecodable, gunzipped
from crawl.links import page_links

DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * DEEP + b"<a href=/x>x</a>" + b"</div>" * DEEP,
        b"<table><tr><td>" * (DEEP // 3),
        b"<a href=/y><div>" * DEEP,
        b"<b><i><p>" * DEEP,
        b"<meta http-equiv=refresh content='" + b" " * DEEP + b"x'>",
        b"<meta http-equiv=refresh content='5;" + b" " * DEEP + b"url" + b" " * DEEP + b"'>",
        b"<script type='application/ld+json'>" + b'"@type":' * DEEP + b" " * DEEP + b"</script>",
        b"<a href='/" + b"x/../" * DEEP + b"'>x</a>",
        b"<a rel='" + b"next " * DEEP + b"' href=/z>" + b"older " * DEEP + b"</a>",
    ],
    ids=["nested", "tables", "open anchors", "inline", "refresh", "refresh url", "json-ld", "dots", "words"],
)
def test_a_page_made_to_be_slow_is_read_quickly(body):
    started = time.process_time()
    links = page_links(b"<html><body><a href=/first>x</a>" + body, "http://hill.example/").links
    assert next(link.url for link in links) == "http://hill.example/first"
    assert time.process_time() - started < 2.0


@pytest.mark.parametrize("tag", ["url", "div"])
def test_deep_sitemaps_and_feeds_are_read_as_far_as_they_can_be(tag):
    deep = f"<{tag}>".encode() * DEEP + f"</{tag}>".encode() * DEEP
    first = b"<url><loc>http://hill.example/a</loc></url>"
    assert [p.url for p in sitemaps.parsed(b"<urlset>" + first + deep, "http://hill.example/s").pages] == [
        "http://hill.example/a"
    ]
    assert sitemaps.parsed(b"<urlset>" + deep, "http://hill.example/s").pages == ()
    deep_json = b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * DEEP
    assert feeds.parsed(deep_json, "http://hill.example/f").items == ()


def test_a_body_of_many_empty_members_is_refused_at_once():
    started = time.process_time()
    with pytest.raises(BodyUndecodable, match="bad coding"):
        gunzipped(gzip.compress(b"") * 200_000)
    assert time.process_time() - started < 1.0


def test_a_host_with_a_hundred_dead_addresses_is_given_up(monkeypatch):
    import httpcore

    from crawl.network import MAX_ADDRESSES, GuardedBackend

    tried = []
    monkeypatch.setattr(socket, "create_connection", lambda address, *_, **__: tried.append(address) or _refused())
    backend = GuardedBackend(lambda *_: [f"8.8.8.{n}" for n in range(100)])
    with pytest.raises(httpcore.ConnectError):
        backend.connect_tcp("hill.example", 80, 1.0)
    assert len(tried) == MAX_ADDRESSES


def _refused():
    raise ConnectionRefusedError
