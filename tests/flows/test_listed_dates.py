"""A blog whose pages keep their dates to themselves, and whose feed does not: from the web into what is read of each page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawl.archive import Archive
from crawl.records import CrawlSettings
from crawl.walk import crawl
from extract.records import Blog, SiteProfile
from extract.version import EXTRACTOR_VERSION
from flows.batches import Batch, page_read
from flows.enrich import listed_in, new_work

TEXT = "<p>The jetty was mended by those who use it, in three weekends and for the price of the nails.</p>" * 5
DAYS = {
    "/notes/jetty/": "Mon, 02 Jun 2014 09:30:00 +0000",
    "/notes/pier/": "Tue, 03 Jun 2014 09:30:00 +0000",
    "/notes/quay/": None,
}


@dataclass
class Coast:
    """A blog on loopback, and its archive. ``days`` is what its feed says of each post."""

    archive: Archive
    url: str = ""
    days: dict[str, str | None] = field(default_factory=lambda: dict(DAYS))

    @property
    def blog(self) -> Blog:
        return Blog(key="coast", name="Coast", url=self.url + "/", scope=self.url + "/")

    def crawl(self) -> None:
        settings = CrawlSettings(user_agent="Sectorscope/0.1 (+https://a.example)", delay=0.0, allow_private=True)
        crawl(self.blog, self.archive, settings, sleep=lambda _seconds: None)

    def body(self, path: str) -> tuple[str, str] | None:
        if path == "/feed.xml":
            items = "".join(
                f"<item><link>{self.url}{post}</link>{f'<pubDate>{day}</pubDate>' if day else ''}</item>"
                for post, day in self.days.items()
            )
            return (
                "application/rss+xml",
                f'<rss version="2.0"><channel><title>Coast</title>{items}</channel></rss>',
            )
        if path == "/":
            links = "".join(f"<li><a href='{post}'>{post}</a></li>" for post in DAYS)
            return (
                "text/html",
                f"<title>Coast</title><link rel='alternate' type='application/rss+xml' href='/feed.xml'><ul>{links}</ul>",
            )
        return ("text/html", f"<title>{path}</title><h1>The {path[7:-1]}</h1>{TEXT}") if path in DAYS else None

    def read(self) -> dict[str, str | None]:
        """By path, the day read of each page, as `enrich` reads it."""
        latest = self.archive.latest("coast")
        listed = listed_in(self.archive, "coast", latest)
        batch = Batch(
            archive=str(self.archive.folder),
            blog="coast",
            fetches=tuple(latest),
            profile=SiteProfile(pages=0),
            rules=(),
            stamp="a",
            shards="",
            name="b",
            listed=listed,
        )
        pages = [page_read(self.archive, batch, fetch) for fetch in latest]
        known = {p.url: (p.digest, EXTRACTOR_VERSION, p.profile) for p in pages}
        assert new_work(latest, known, "a", listed) == []
        self.known = known
        return {
            p.url.removeprefix(self.url): f"{p.post.published.value} {p.post.published.source}" if p.post.published else None
            for p in pages
            if p.post and "/notes/" in p.url
        }  # fmt: skip

    def due(self) -> list[str]:
        """What `enrich` would read again."""
        latest = self.archive.latest("coast")
        found = new_work(latest, self.known, "a", listed_in(self.archive, "coast", latest))
        return [fetch.url.removeprefix(self.url) for fetch in found]


@pytest.fixture
def coast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Coast]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    coast = Coast(Archive(tmp_path / "archive"))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = coast.body(self.path)
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", found[0] if found else "text/plain")
            self.end_headers()
            self.wfile.write(found[1].encode() if found else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    coast.url = f"http://127.0.0.1:{server.server_port}"
    yield coast
    server.shutdown()
    server.server_close()


def test_posts_have_the_days_that_the_feed_gives(coast: Coast) -> None:
    coast.crawl()
    assert coast.read() == {
        "/notes/jetty/": "2014-06-02 feed",
        "/notes/pier/": "2014-06-03 feed",
        "/notes/quay/": None,
    }


def test_a_page_is_read_again_when_the_feed_says_something_new_of_it(coast: Coast) -> None:
    coast.crawl()
    coast.read()
    coast.days = {"/notes/quay/": "Wed, 04 Jun 2014 09:30:00 +0000", "/notes/pier/": "Fri, 04 Jul 2014 09:30:00 +0000"}
    coast.crawl()
    assert coast.due() == ["/notes/quay/"]  # of the pier, what was said first stays
    assert coast.read()["/notes/quay/"] == "2014-06-04 feed"
    assert coast.read()["/notes/jetty/"] == "2014-06-02 feed"  # the feed no longer names it
