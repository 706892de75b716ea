"""A web that means harm, or is merely broken: each page costs a bounded time and memory, says why, and stops nothing."""

import gzip
import json
import socketserver
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest

from crawl import guard
from crawl.walk import crawl
from extract.records import Blog


def answer(body=b"", *headers, status="200 OK", content_type="text/html", length=None):
    length = length or len(body)
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        f"Content-Length: {length}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def page(*links):
    return answer("<html><body>{}</body></html>".format("".join(f'<a href="{at}">x</a>' for at in links)).encode())


def redirect(to):
    return answer(b"", f"Location: {to}", status="302 Found")


class Wild:
    """A server that sends, byte for byte, what a test gives a path; an iterator sends piece after piece."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        wild = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                path = self.rfile.readline().split()[1].decode()
                while self.rfile.readline() not in (b"\r\n", b""):
                    pass
                wild.asked.append(path)
                said = wild.answers.get(path) or answer(b"nothing here", status="404 Not Found")
                said = said(path) if callable(said) else said
                try:
                    for piece in [said] if isinstance(said, bytes) else said:
                        self.wfile.write(piece)
                except OSError:
                    pass  # hung up on, rightly

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def wild():
    wild = Wild()
    yield wild
    wild.server.shutdown()
    wild.server.server_close()


@pytest.fixture
def reasons(wild, world):
    """Crawl the wild site: its summary, and by path the outcome and reason."""

    def run(seed="/", host=None, **changes):
        from dataclasses import replace

        base = f"http://{host}:{wild.port}" if host else wild.url
        blog = Blog(key="wild", name="Wild", url=base + seed, scope=base + "/")
        settings = replace(world.settings, max_retries=1, **changes)
        summary = crawl(blog, world.archive, settings, clock=world.clock, sleep=world.clock.sleep)
        ledger = world.archive.ledger("wild")
        return summary, {fetch.url.removeprefix(base): (fetch.outcome, fetch.reason) for fetch in ledger}

    return run


def dripped(world, *, headers):
    """One byte for every twenty seconds that pass on the crawl's clock: each silence is short, the whole has no end."""

    def drip(_path):
        yield b"HTTP/1.1 200 OK\r\n" if headers else b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
        for _ in range(5_000):
            world.clock.now += 0.5
            yield b"x"
            time.sleep(0.0005)  # so that the bytes do not arrive all at once

    return drip


def hints(_path):
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50


def test_a_hostile_site_is_crawled_to_its_end_and_each_page_says_why(wild, world, reasons):
    wild.answers |= {
        "/": page(
            *(
                f"/{name}"
                for name in (
                    "bomb",
                    "bomb-in-bomb",
                    "drip",
                    "drip-headers",
                    "endless/0",
                    "circle",
                    "huge",
                    "charset",
                    "charset-wide",
                    "chunks",
                    "flood",
                    "many",
                    "no-http",
                    "long-location",
                    "deep",
                    "good",
                )
            )
        ),
        "/good": page("/better"),
        "/better": page(),
        "/bomb": answer(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip"),
        "/bomb-in-bomb": answer(gzip.compress(gzip.compress(bytes(50_000_000))), "Content-Encoding: gzip, gzip"),
        "/drip": dripped(world, headers=False),
        "/drip-headers": dripped(world, headers=True),
        "/circle": redirect("/circle?"),
        "/huge": answer(b"x", length=10_000_000_000),
        "/charset": answer(b"<html><a href='/after-charset'>caf\xe9</a>").replace(
            b"text/html", b"text/html; charset=klingon"
        ),
        "/charset-wide": answer(b"<html><a href='/after-wide'>x</a>").replace(
            b"text/html", b"text/html; charset=utf-16"
        ),
        "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno length\r\n0\r\n\r\n",
        "/flood": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 500) for n in range(2_000)) + b"\r\n",
        "/no-http": b"\x00\x01\x02 I am no web server\r\n\r\n",
        "/long-location": redirect("/" + "x" * 50_000),
        "/deep": answer(b"<html><body><a href='/before-deep'>x</a>" + b"<div>" * 10_000 + b"<a href='/in'>x</a>"),
        "/before-deep": page(),
        "/after-charset": page(),
        "/after-wide": page(),
    }
    for n in range(30):
        wild.answers[f"/endless/{n}"] = redirect(f"/endless/{n + 1}")
    world.clock.now += 60

    def counted(path):
        for piece in hints(path):
            world.clock.now += 0.5
            yield piece
            time.sleep(0.0005)

    wild.answers["/many"] = counted
    summary, said = reasons()
    assert summary.is_complete
    expected = {
        "/bomb": ("failed", "too large"),
        "/bomb-in-bomb": ("failed", "too large"),
        "/drip": ("failed", "timeout"),
        "/drip-headers": ("failed", "timeout"),
        "/many": ("failed", "timeout"),
        "/endless/5": ("redirected", "too many redirects"),
        "/circle": ("redirected", "redirect loop"),
        "/huge": ("failed", "too large"),
        "/chunks": ("failed", "bad answer"),
        "/flood": ("failed", "bad answer"),
        "/no-http": ("failed", "bad answer"),
        "/long-location": ("redirected", "bad address"),
    }
    assert {path: said[path] for path in expected} == expected
    good = (
        "/",
        "/good",
        "/better",
        "/charset",
        "/after-charset",
        "/charset-wide",
        "/after-wide",
        "/deep",
        "/before-deep",
    )
    assert {said[path] for path in good} == {("fetched", None)}
    assert "/endless/6" not in said
    assert {reason for _, reason in expected.values()} <= set(dict(summary.failed))


@pytest.mark.parametrize("inner", ["127.0.0.1", "[::1]", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]", "localhost"])
def test_a_redirect_into_our_own_network_is_not_followed(wild, reasons, monkeypatch, inner):
    """The site itself counts as public here; where it sends us is judged by the real rules."""
    really = guard.public_addresses

    def judged(host, port, resolve=guard.resolved):
        return ["127.0.0.1"] if host == "hill.example" else really(host, port, resolve)

    monkeypatch.setattr(guard, "public_addresses", judged)
    secret = f"http://{inner}:{wild.port}/secret"
    wild.answers |= {
        "/": page("/post", "/good"),
        "/post": redirect(secret),
        "/good": page(),
        "/sitemap.xml": redirect(secret + ".xml"),
        "/moved": redirect(secret),
    }
    summary, said = reasons(host="hill.example", allow_private=False)
    assert summary.is_complete
    assert said["/post"] == ("redirected", "out of scope")
    assert said["/good"] == ("fetched", None)
    refused = {
        reason for url, (_, reason) in said.items() if "secret" in url or url.endswith(f"{wild.port}/robots.txt")
    }
    assert "private address" in refused or "dns" in refused  # not every resolver knows every spelling
    assert not any("secret" in path for path in wild.asked)


def test_a_seed_that_leads_into_our_own_network_brings_nothing(wild, reasons, monkeypatch):
    really = guard.public_addresses
    monkeypatch.setattr(
        guard, "public_addresses", lambda host, *rest: ["127.0.0.1"] if host == "hill.example" else really(host, *rest)
    )
    wild.answers["/"] = redirect(f"http://127.0.0.1:{wild.port}/secret")
    summary, _ = reasons(host="hill.example", allow_private=False)
    assert not summary.is_complete and "robots unreachable" in dict(summary.failed)
    assert not any("secret" in path for path in wild.asked)


def test_a_sitemap_that_lists_itself_and_ever_more_of_its_kind(wild, reasons):
    index = "<sitemapindex>{}</sitemapindex>"

    def more(path):
        n = int(path.rpartition("-")[2])
        locs = f"<sitemap><loc>{wild.url}/map-{n + 1}</loc></sitemap><sitemap><loc>{wild.url}{path}</loc></sitemap>"
        return answer(index.format(locs).encode(), content_type="application/xml")

    wild.answers |= {f"/map-{n}": more for n in range(500)}
    wild.answers |= {"/robots.txt": answer(f"Sitemap: {wild.url}/map-0".encode()), "/": page("/good"), "/good": page()}
    summary, said = reasons()
    assert summary.is_complete
    assert said["/good"] == ("fetched", None)
    assert wild.asked.count("/map-0") == 1
    assert sum("/map-" in path for path in wild.asked) < 60
    assert dict(summary.left_out)["leads nowhere new"] >= 1


MEASURED = """
import json, resource, sys, time
from crawl.archive import Archive
from crawl.records import CrawlSettings
from crawl.walk import crawl
from extract.records import Blog
url, folder = sys.argv[1:]
settings = CrawlSettings(user_agent="Sectorscope", delay=0.0, allow_private=True, max_pages=20, max_retries=0)
summary = crawl(Blog(key="wild", name="Wild", url=url, scope=url), Archive(folder), settings, sleep=lambda _: None)
try:  # the peak of this program alone: ru_maxrss begins with that of the process it was forked from
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
said = dict(Archive(folder).endings("wild")[-1].left_out)
print(json.dumps([summary.found, said, summary.fetched, time.process_time(), peak // 1024]))
"""


def test_a_sitemap_of_a_million_pages_is_capped_in_time_and_memory(wild, tmp_path):
    entries = b"".join(b"<url><loc>/p/%d</loc></url>" % n for n in range(1_000_000))
    packed = zlib.compress(b"<urlset>" + entries + b"</urlset>", 1)
    wild.answers |= {
        "/": page(*(f"/p/{n}" for n in range(30)), "/bomb"),
        "/sitemap.xml": answer(packed, "Content-Encoding: deflate", content_type="application/xml"),
        "/bomb": answer(gzip.compress(bytes(50_000_000), 1), "Content-Encoding: gzip"),
    }
    wild.answers |= {f"/p/{n}": page("/") for n in range(60_000)}
    command = [sys.executable, "-c", MEASURED, wild.url + "/", str(tmp_path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=True, capture_output=True, timeout=60)
    found, left_out, fetched, seconds, megabytes = json.loads(done.stdout)
    assert 50_000 <= found < 50_100
    assert left_out["more than a sitemap may name"] == 950_000  # which `status` shows
    assert fetched >= 20
    assert seconds < 20
    assert megabytes < 400


def test_a_blog_is_not_remembered_without_end(monkeypatch, wild, reasons):
    monkeypatch.setattr("crawl.frontier.MAX_KNOWN", 50)
    wild.answers |= {"/": page(*(f"/p/{n}" for n in range(500)))} | {f"/p/{n}": page() for n in range(500)}
    summary, _ = reasons()
    assert summary.is_complete and summary.found == 50 and summary.excluded >= 450
