"""A small web of our own: a real HTTP server on loopback, and a clock that nobody has to wait for."""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawl.archive import Archive
from crawl.records import CrawlSettings, CrawlSummary
from crawl.walk import crawl
from extract.records import Blog

AGENT = "Sectorscope/0.1 (+https://sectorscope.example/crawler)"


@dataclass
class Answer:
    """What a path answers. ``chunks`` is called once for each piece that is sent, if the body is to come slowly."""

    body: bytes = b""
    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    gzipped: bool = False
    cut_at: int | None = None
    has_validators: bool = True


class Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on an answer too long is what some tests are about."""


class Site:
    """A site whose pages a test sets; ``log`` holds what was asked of it, in order: (path, status, was conditional)."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[int], Answer]] = {}
        self.log: list[tuple[str, int, bool]] = []
        self.times: list[float] = []
        self.agents: set[str] = set()
        self.on_request: Callable[[str], None] = lambda _path: None
        self.server = Quiet(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def html(self, path: str, *links: str, head: str = "", text: str = "", **kwargs: object) -> None:
        """Set a page that links to ``links``."""
        anchors = "".join(f'<p><a href="{link}">to {link}</a></p>' for link in links)
        markup = (
            f"<!DOCTYPE html><html><head><title>Page {path}</title>{head}</head><body>{text}{anchors}</body></html>"
        )
        self.answers[path] = Answer(markup.encode(), **kwargs)  # type: ignore[arg-type]

    def put(self, path: str, body: str | bytes, content_type: str | None = "text/plain", **kwargs: object) -> None:
        body = body.encode() if isinstance(body, str) else body
        self.answers[path] = Answer(body, content_type=content_type, **kwargs)  # type: ignore[arg-type]

    def redirect(self, path: str, to: str, status: int = 301) -> None:
        self.answers[path] = Answer(status=status, headers={"Location": to})

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.log]

    def _answer(self, path: str) -> Answer:
        found = self.answers.get(path)
        if callable(found):
            return found(self.paths().count(path))
        return found or Answer(b"<html><body>nothing here</body></html>", 404)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16  # headers and body in one packet, or each answer waits for a delayed ACK

            def do_GET(self) -> None:
                answer = site._answer(self.path)
                body = gzip.compress(answer.body, mtime=0) if answer.gzipped else answer.body
                etag = '"' + hashlib.sha1(answer.body).hexdigest() + '"'
                asked = self.headers.get("If-None-Match")
                fresh = answer.status == 200 and asked == etag
                status = 304 if fresh else answer.status
                site.log.append((self.path, status, asked is not None))
                site.agents.add(self.headers["User-Agent"])
                site.on_request(self.path)
                self.send_response(status)
                if answer.has_validators and answer.status == 200:
                    self.send_header("ETag", etag)
                if answer.content_type and not fresh:
                    self.send_header("Content-Type", answer.content_type)
                if answer.gzipped and not fresh:
                    self.send_header("Content-Encoding", "gzip")
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if not fresh:
                    self.send_header("Content-Length", answer.headers.get("X-Length", str(len(body))))
                self.end_headers()
                if not fresh:
                    self.wfile.write(body if answer.cut_at is None else body[: answer.cut_at])
                if answer.cut_at is not None:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


class Clock:
    """Seconds that pass when somebody sleeps; ``slept`` remembers how long."""

    def __init__(self, now: float = 1_750_000_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(autouse=True)
def no_proxy_around_us(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings() -> CrawlSettings:
    return CrawlSettings(user_agent=AGENT, delay=0.0, timeout=5.0, max_bytes=200_000, max_retries=2, allow_private=True)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def world(site: Site, clock: Clock, settings: CrawlSettings, archive: Archive) -> SimpleNamespace:
    """Site, clock, settings and archive together, with ``run(scope="/", **changes)`` to crawl the site."""

    def run(path: str = "/", since: date | None = None, **changes: object) -> CrawlSummary:
        blog = Blog(key="hill", name="Hill", url=site.url + path, scope=site.url + path)
        used = CrawlSettings(**{**{name: getattr(settings, name) for name in settings.__slots__}, **changes})  # type: ignore[arg-type]
        clock.now += 60.0
        return crawl(blog, archive, used, since=since, clock=clock, sleep=clock.sleep)

    return SimpleNamespace(site=site, clock=clock, settings=settings, archive=archive, run=run)


@pytest.fixture
def blog_site(site: Site) -> Site:
    """Forty posts: on listing pages of ten, the newest in a feed, one in the sitemap only; with traps about."""
    posts = [f"/2014/{1 + n % 12:02d}/the-{n}th-walk-up-the-hill/" for n in range(40)]
    for n, post in enumerate(posts):
        site.html(post, "/", posts[n - 1], f"/tag/t{n % 7}/", post + "?replytocom=3", post + "?share=anyone", post + "feed/",
                  "/private/diary/", "/walk.jpg", text=f"<p>Walk number {n}.</p>")  # fmt: skip
    for page in range(1, 5):
        onward = [f"/page/{page + 1}/"] if page < 4 else []
        path = "/" if page == 1 else f"/page/{page}/"
        head = '<link rel="alternate" type="application/rss+xml" title="Walks" href="/feed/">'
        site.html(path, *posts[(page - 1) * 10 : page * 10], *onward, "/about/", "/page/1/", head=head)
    site.html("/about/", "/")
    site.html("/only-in-the-sitemap/", "/")
    site.html("/private/diary/", "/")
    for n in range(7):
        site.html(f"/tag/t{n}/", *posts[n::7])
    site.put("/robots.txt", f"User-agent: *\nDisallow: /private/\nSitemap: {site.url}/sitemap.xml\n")
    locs = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in (posts[0], "/only-in-the-sitemap/"))
    site.put(
        "/sitemap.xml",
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locs}</urlset>',
        "application/xml",
    )
    items = "".join(f"<item><title>W</title><link>{site.url}{post}</link></item>" for post in posts[:10])
    site.put(
        "/feed/", f'<rss version="2.0"><channel><title>Walks</title>{items}</channel></rss>', "application/rss+xml"
    )
    return site
