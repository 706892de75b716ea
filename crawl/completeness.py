"""Is a blog held whole? The posts that it promises against those that were read. Reads the archive, never the web.

A post is *promised* where the blog's own lists name it: every item of its feeds, and those pages of its sitemaps and listings
(front page, numbered pages, archives, tags) whose address has the shape that this blog's posts have, as far as they are in scope.
Links inside posts promise nothing: old posts link to much that is gone. A page that was read and found to be no post is missing
only where a feed names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawl import feeds, sitemaps
from crawl.archive import Archive
from crawl.links import is_html, page_links
from crawl.records import Fetch, Found
from crawl.shapes import chain, family, trap
from crawl.urls import absolute, in_scope, same_page_key
from extract.records import Blog

FEWEST_OF_A_SHAPE = 0.02
"""A shape that fewer of the blog's posts have is an exception, and says nothing of other pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A promised post that is not held: who named it (feed, sitemap or listing), and what became of it."""

    url: str
    named_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How many posts a blog promises, how many of these are held, and which are not, by URL."""

    promised: int
    held: int
    missing: tuple[Missing, ...]


def completeness(
    archive: Archive, blog: Blog, kinds: Mapping[str, str | None], canonicals: Iterable[str] = ()
) -> Completeness:
    """What ``blog`` promises and what is held of it.

    ``kinds``: what each page (by URL) was read as, None for one that could not be read; ``canonicals``: the addresses that the
    posts give themselves. Raises ArchiveBroken.
    """
    ledger = archive.ledger(blog.key, with_open=True)
    last = {fetch.url: fetch for fetch in ledger}
    by_key = {same_page_key(url): fetch for url, fetch in last.items()}
    posts = [url for url, kind in kinds.items() if kind == "post"]
    held = {same_page_key(url) for url in (*posts, *canonicals)}
    others = {same_page_key(url): kind for url, kind in kinds.items() if kind not in ("post", None)}
    shapes = common_shapes(posts)
    promised: dict[str, tuple[str, str]] = {}
    for found in _named(archive, last, {url for url, kind in kinds.items() if kind == "listing"}):
        key = same_page_key(found.url)
        is_post = found.how == "feed" or (
            shape(found.url) in shapes and family(found.url) is None and key not in others
        )
        if is_post and in_scope(found.url, blog.scope) and not trap(found.url):
            promised.setdefault(key, (found.url, found.how))
    missing = tuple(
        Missing(url=url, named_by="listing" if how == "pagination" else how, reason=reason)
        for key, (url, how) in sorted(promised.items(), key=lambda item: item[1][0])
        if (reason := _why_missing(key, by_key, held, others)) is not None
    )
    return Completeness(promised=len(promised), held=len(promised) - len(missing), missing=missing)


def shape(url: str) -> str:
    """What addresses of one kind of page have in common: ``/2014/05/a-title/`` is ``/0000/00/*``, ``/?p=12`` is ``?p=0``."""
    parts = urlsplit(url)
    *folders, name = parts.path.rstrip("/").split("/")
    ending = re.search(r"\.\w{2,5}$", name)
    last = "*" + (ending[0].lower() if ending else "") if name else ""
    return re.sub(r"\d", "0", "/".join([*folders, last])) + re.sub(
        r"=[^&]*", "=0", f"?{parts.query}" if parts.query else ""
    )


def common_shapes(posts: Iterable[str]) -> frozenset[str]:
    """The shapes that posts of a blog usually have."""
    counts = Counter(map(shape, posts))
    return frozenset(found for found, times in counts.items() if times >= FEWEST_OF_A_SHAPE * counts.total())


def _named(archive: Archive, last: Mapping[str, Fetch], listings: set[str]) -> Iterable[Found]:
    """What the blog's feeds, sitemaps and listings name, in this order of trust, as the archive has them."""
    listed: list[Found] = []
    mapped: list[Found] = []
    for fetch in last.values():
        if fetch.outcome not in ("fetched", "unchanged") or fetch.url.endswith("/robots.txt"):
            continue
        is_page = is_html(fetch.content_type)
        if is_page and not (fetch.url in listings or fetch.how == "seed" or chain(fetch.url) or family(fetch.url)):
            continue
        body = archive.read(fetch).body
        if is_page:
            links = page_links(body, fetch.url, fetch.content_type).links
            listed += [Found(url=link.url, how="pagination") for link in links if link.how == "link"]
        elif items := feeds.parsed(body, fetch.url, fetch.content_type).items:
            yield from items
        else:
            mapped += sitemaps.parsed(body, fetch.url).pages
    yield from mapped
    yield from listed


def _why_missing(key: str, ledger: Mapping[str, Fetch], held: set[str], others: Mapping[str, str | None]) -> str | None:
    """Why a promised post is not held; None if it is."""
    for _ in range(6):  # an address may lead to the post by redirects
        if key in held:
            return None
        fetch = ledger.get(key)
        if fetch is None:
            return "not asked yet"
        if fetch.outcome == "redirected" and (target := absolute(fetch.location or "", fetch.url)):
            if fetch.reason is not None:
                return f"redirected: {fetch.reason}"
            key = same_page_key(target)
            continue
        if fetch.outcome in ("fetched", "unchanged"):
            kind = others.get(key)
            return f"read as {kind}" if kind else "not read: quarantined, or `sectorscope process` has not run"
        return fetch.reason or fetch.outcome
    return "too many redirects"
