"""The sample's web hangs together: every link leads somewhere, every feed and sitemap can be read."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html
from protego import Protego

from sector.sample.records import Response, Sector

ROOT = Path(__file__).parents[2]
LINKS = ("//a/@href", "//link[@rel='stylesheet' or @rel='alternate' or @rel='canonical' or @rel='shortlink']/@href",
         "//link[@rel='next' or @rel='prev' or @rel='icon']/@href", "//img/@src", "//script/@src")  # fmt: skip


def pages(sector: Sector) -> Iterator[tuple[str, Response]]:
    for (host, target), response in sector.responses.items():
        if response.status == 200 and response.content_type.startswith("text/html"):
            yield f"http://{host}{target}", response


def links_of(url: str, response: Response) -> set[str]:
    tree = lxml_html.fromstring(response.body)
    found = {urldefrag(urljoin(url, href)).url for expression in LINKS for href in tree.xpath(expression)}
    return {link for link in found if link.startswith("http")}


def answer(sector: Sector, url: str) -> Response | None:
    parts = urlsplit(url)
    return sector.response(parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def test_every_link_within_the_sector_leads_somewhere(sector: Sector) -> None:
    broken, outside = set(), set()
    for url, response in pages(sector):
        for link in links_of(url, response):
            if urlsplit(link).netloc not in sector.hosts:
                outside.add(urlsplit(link).netloc)
            elif answer(sector, link) is None:
                broken.add(link)
    assert broken == sector.missing
    assert outside == {"social.example", "www.lanthornrow.example"}


def test_redirects_lead_to_pages(sector: Sector) -> None:
    moved = [response for response in sector.responses.values() if response.status in {301, 302}]
    assert moved
    for response in moved:
        target = dict(response.headers)["Location"]
        assert urlsplit(target).netloc == "social.example" or answer(sector, target) is not None


def test_every_post_can_be_reached_without_breaking_robots(sector: Sector) -> None:
    """From each front page by allowed links, feeds and sitemaps within the blog's scope."""
    for blog in sector.blogs:
        robots = answer(sector, f"http://{blog.host}/robots.txt")
        rules = Protego.parse(robots.body.decode() if robots else "")
        seen, queue = {blog.url}, [blog.url]
        while queue:
            url = queue.pop()
            response = answer(sector, url)
            if response is None or not response.content_type.startswith("text/html") or not response.body:
                continue
            for link in links_of(url, response):
                if link not in seen and link.startswith(blog.scope) and rules.can_fetch(link, "sample"):
                    seen.add(link)
                    queue.append(link)
        own = {post.url for post in sector.posts if post.blog == blog.key}
        assert own <= seen, blog.key


def test_robots_forbid_the_print_twins_and_no_post(sector: Sector) -> None:
    for post in sector.posts:
        host = post.url.split("/")[2]
        robots = answer(sector, f"http://{host}/robots.txt")
        rules = Protego.parse(robots.body.decode() if robots else "")
        assert rules.can_fetch(post.url, "sample")
        if post.blog == "larkfield":
            assert answer(sector, f"{post.url}print/") is not None
            assert not rules.can_fetch(f"{post.url}print/", "sample")


@pytest.mark.parametrize(
    ("url", "entries"),
    [
        ("http://larkfieldforum.example/feed/", 10),
        ("http://larkfieldforum.example/feed/?paged=5", 10),
        ("http://churchhallnotes.example/feeds/posts/default", 25),
        ("http://churchhallnotes.example/feeds/posts/default?start-index=26&max-results=25", 13),
        ("http://fieldandledger.example/rss/", 15),
        ("http://smallnumbers.example/feed.xml", 10),
        ("http://neighbourhoods.blog.gov.example/feed/", 10),
    ],
)
def test_feeds_can_be_read(sector: Sector, url: str, entries: int) -> None:
    response = answer(sector, url)
    assert response is not None
    etree.fromstring(response.body)
    feed = feedparser.parse(response.body)
    assert not feed.bozo
    assert len(feed.entries) == entries
    known = {post.url: post for post in sector.posts}
    for entry in feed.entries:
        assert entry.title == known[entry.link].title
        assert entry.published_parsed[:3] == known[entry.link].published.timetuple()[:3]


def test_past_the_last_page_of_a_feed_there_is_nothing(sector: Sector) -> None:
    assert sector.response("larkfieldforum.example", "/feed/?paged=6") is None


def test_sitemaps_list_every_post_of_their_blog(sector: Sector) -> None:
    name = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = answer(sector, "http://fieldandledger.example/sitemap.xml")
    assert index is not None
    maps = etree.fromstring(index.body).xpath("//s:sitemap/s:loc/text()", namespaces=name)
    for blog, urls in {"field-ledger": maps, "small-numbers": ["http://smallnumbers.example/sitemap.xml"]}.items():
        listed = set()
        for url in urls:
            response = answer(sector, str(url))
            assert response is not None
            listed |= set(etree.fromstring(response.body).xpath("//s:url/s:loc/text()", namespaces=name))
        assert {post.url for post in sector.posts if post.blog == blog} <= listed


def test_jsonld_says_who_and_when(sector: Sector) -> None:
    for post in sector.posts:
        if post.blog == "field-ledger":
            response = answer(sector, post.url)
            assert response is not None
            (script,) = lxml_html.fromstring(response.body.decode()).xpath(
                "//script[@type='application/ld+json']/text()"
            )
            article = json.loads(script)
            people = article["author"] if isinstance(article["author"], list) else [article["author"]]
            assert [person["name"] for person in people] == [author.name for author in post.authors]
            assert article["datePublished"].startswith(post.published.isoformat())


def test_old_pages_are_in_their_old_encoding(sector: Sector) -> None:
    old = [post for post in sector.posts if b"windows-1252" in sector.responses[post.url.split("/")[2], post.path].body]
    assert {post.blog for post in old} == {"small-numbers", "tarnbridge"}
    (clean,) = [post for post in old if post.blog == "small-numbers"]
    response = answer(sector, clean.url)
    assert response is not None
    assert response.content_type == "text/html", "the header must not say the encoding"
    with pytest.raises(UnicodeDecodeError):
        response.body.decode("utf-8")


def test_every_build_gives_the_same_bytes(sector: Sector) -> None:
    """Whatever the process: sets are ordered otherwise in each, and no page may show it."""
    script = (
        "import hashlib; from sector.sample.sector import build;"
        "print(hashlib.sha256(repr(sorted(build().responses.items())).encode()).hexdigest())"
    )
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == hashlib.sha256(repr(sorted(sector.responses.items())).encode()).hexdigest()


def test_hosts_are_reserved_names(sector: Sector) -> None:
    """RFC 2606: nobody can own a host under .example, so nothing here can be taken for a real site."""
    assert all(host.endswith(".example") for host in sector.hosts)
    allowed = re.compile(rb"https?://(?:[\w.-]+\.example|www\.w3\.org|www\.sitemaps\.org|purl\.org|schema\.org|drupal\.org|wordpress\.org|www\.google\.com/2005/gml)\b")  # fmt: skip
    for url, response in pages(sector):
        for found in re.findall(rb"https?://[^\s\"'<>)&]+", response.body):
            assert allowed.match(found), (url, found)
