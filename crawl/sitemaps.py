"""Sitemaps (sitemaps.org protocol 0.9) in all the forms they come in: URL sets, indexes, .gz, plain text, feeds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from crawl import feeds
from crawl.exchange import BodyUndecodable, gunzipped
from crawl.records import Found
from crawl.urls import absolute, origin

MAX_BYTES = 50_000_000
"""The protocol's own limit for one sitemap, unpacked."""

MAX_URLS = 50_000
"""The protocol's limit too; what a longer one names beyond it is counted, not kept."""

_PIECE = 1 << 16
_ENTRY_ENDS = re.compile(rb"</(?:\w+:)?(?:url|sitemap)\s*>", re.I)

# Where to look when robots.txt names none. Order: most common first.
WELL_KNOWN: tuple[tuple[str, str], ...] = (
    ("/sitemap.xml", "nearly everybody; WordPress redirects it to its own"),
    ("/sitemap_index.xml", "Yoast SEO for WordPress"),
)  # fmt: skip

# Children of an index that cannot name a post: (pattern, reason).
OTHER_SITEMAPS: tuple[tuple[str, str], ...] = (
    (r"(image|video|photo)s?[-_.]?sitemap|sitemap[-_.]?(image|video)s?", "media"),
    (r"(product|product_cat|product_tag|shop)[-_]sitemap", "a shop's goods"),
)
_OTHER = re.compile("|".join(pattern for pattern, _ in OTHER_SITEMAPS), re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What one sitemap names: ``pages``, and further ``sitemaps`` (feeds among them); ``left_out``: entries too many."""

    pages: tuple[Found, ...] = ()
    sitemaps: tuple[Found, ...] = ()
    left_out: int = 0


def well_known(url: str, named: tuple[str, ...] = ()) -> tuple[Found, ...]:
    """The sitemaps that robots.txt ``named``, else where they usually lie at the host of ``url``."""
    if named:
        return tuple(Found(url=sitemap, how="robots") for sitemap in named)
    return tuple(Found(url=origin(url) + path, how="sitemap") for path, _ in WELL_KNOWN)


def parsed(body: bytes, url: str, depth: int = 0) -> Sitemap:
    """What the sitemap at ``url`` names. What is no sitemap (a "not found" page sent with status 200) names nothing."""
    if body[:2] == b"\x1f\x8b":
        try:
            body = gunzipped(body, MAX_BYTES)
        except BodyUndecodable:
            return Sitemap()
    head = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return _from_text(body, url, depth)
    if re.search(rb"<(rss|feed|rdf:RDF)\b", head, re.I):
        return Sitemap(pages=feeds.parsed(body, url, depth=depth).items)
    return _from_xml(body, url, depth)


def _from_xml(body: bytes, url: str, depth: int) -> Sitemap:
    """Read piece by piece, so that no more than one entry is held as a tree."""
    from lxml import etree

    found: list[Found] = []
    kind, level = "", 0
    fields: dict[str, str] = {}
    parser = etree.XMLPullParser(events=("start", "end"), recover=True, resolve_entities=False, no_network=True)
    for event, element in _events(parser, body):
        name = _name(element)
        if event == "start":
            level += 1
            if level == 1 and (kind := name) not in ("urlset", "sitemapindex"):
                return Sitemap()
            continue
        level -= 1
        if level == 2:
            fields.setdefault(name, (element.text or "").strip())
        elif level == 1:
            if name in ("url", "sitemap") and (at := absolute(fields.get("loc", ""), url)):
                lastmod = fields.get("lastmod") or None
                found.append(Found(url=at, how="sitemap", via=url, depth=depth + 1, lastmod=lastmod))
            fields = {}
            _forget(element)
            if len(found) == MAX_URLS:
                break
    left_out = len(_ENTRY_ENDS.findall(body)) - MAX_URLS if len(found) == MAX_URLS else 0
    if kind == "urlset":
        return Sitemap(pages=tuple(found), left_out=max(0, left_out))
    children = tuple(child for child in found if not _OTHER.search(child.url))
    return Sitemap(sitemaps=children, left_out=max(0, left_out))


def _events(parser: Any, body: bytes) -> Iterator[tuple[str, Any]]:
    """What an XML parser that is fed ``body`` says, up to where it cannot go on."""
    from lxml import etree

    for start in range(0, len(body), _PIECE):
        parser.feed(body[start : start + _PIECE])
        yield from parser.read_events()
    with suppress(etree.XMLSyntaxError):
        parser.close()
    yield from parser.read_events()


def _forget(element: Any) -> None:
    """Free an entry that was read, and its place in the list of its parent."""
    element.clear()
    while (before := element.getprevious()) is not None:
        element.getparent().remove(before)


def _from_text(body: bytes, url: str, depth: int) -> Sitemap:
    lines = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    if not lines or not all(re.match(r"https?://\S+$", line, re.I) for line in lines[:20]):
        return Sitemap()
    urls = dict.fromkeys(at for line in lines[:MAX_URLS] if (at := absolute(line, url)))
    pages = tuple(Found(url=at, how="sitemap", via=url, depth=depth + 1) for at in urls)
    return Sitemap(pages=pages, left_out=max(0, len(lines) - MAX_URLS))


def _name(element: object) -> str:
    """The tag without its namespace: real sitemaps write the namespace in many wrong ways."""
    tag = getattr(element, "tag", None)
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""  # a comment's tag is a function
