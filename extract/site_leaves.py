"""The pages that a blog is learnt from: those that look like posts, each read as a page alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.elements import Element
from extract.kind import RULES, Reading, address_kind, from_address, kind
from extract.page import Page, parse_page
from extract.post import PageReading, read_page
from extract.sight import Sight

FEWEST = 5
"""Pages below which nothing is learnt: what three pages share may be chance."""
MOST = 150
"""Pages looked at; of more, those with the smallest digests of their URLs are taken, which is chance that repeats."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One learnt page that looks like a post."""

    reading: PageReading
    title: str
    title_at: int | None
    sight: Sight

    @property
    def page(self) -> Page:
        return self.reading.page

    def is_near(self, element: Element) -> bool:
        """Whether an element stands with the article, neither far above or below nor in comments, teasers or menus."""
        at = self.page.layout.position(element)
        top = min(self.sight.start, self.sight.start if self.title_at is None else self.title_at)
        return top - 6 <= at <= self.sight.end + 8 and not self.sight.is_elsewhere(element)


def chosen(pages: Iterable[tuple[str, bytes | str]]) -> list[tuple[str, bytes | str]]:
    """At most `MOST` pages, posts by their address first, each URL once, in an order of its own."""
    by_url: dict[str, bytes | str] = {}
    for url, html in pages:
        known = by_url.get(url)
        if known is None or _bytes(html) < _bytes(known):
            by_url[url] = html
    ranked = sorted(
        by_url,
        key=lambda url: (address_kind(url) is not None, hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()),
    )
    return [(url, by_url[url]) for url in ranked[:MOST]]


def _bytes(html: bytes | str) -> bytes:
    return html if isinstance(html, bytes) else html.encode("utf-8", "replace")


def leaves_of(pages: Sequence[tuple[str, bytes | str]]) -> tuple[list[Leaf], list[str]]:
    """The pages that look like posts, each post once under whatever URLs; and the URLs of those that look like listings.

    Where hardly any do, the addresses are not what they seem: then those that look like posts but for their address.
    """
    readings = [(url, read_page(parse_page(html, url), None)) for url, html in pages]
    leaves = _once(reading for _, reading in readings if reading.kind == "post")
    if len(leaves) < FEWEST:
        return _once(reading for _, reading in readings if _is_post_within(reading)), []
    return leaves, [url for url, reading in readings if reading.kind == "listing"]


def _once(readings: Iterable[PageReading]) -> list[Leaf]:
    leaves: dict[tuple[str, str], Leaf] = {}
    for reading in readings:
        if reading.title is None:
            continue
        at, body = reading.title.position, reading.article
        leaf = Leaf(reading, reading.title.text, at, Sight(reading.page, body.start, body.end, at))
        leaves.setdefault((leaf.title, body.text[:300]), leaf)
    return list(leaves.values())


def _is_post_within(reading: PageReading) -> bool:
    """Whether a page is a post by all that it shows, whatever its address says."""
    title = reading.title.text if reading.title else None
    body = (reading.article.start, reading.article.end)
    seen = Reading(reading.page, reading.article.text, title, reading.published, reading.people, body, None)
    return kind(seen, [rule for rule in RULES if rule is not from_address])[0] == "post"
