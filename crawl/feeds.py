"""Feeds: which of a page's feeds is the blog's own, what its items are, where it goes on. Pure. (RSS, Atom, JSON Feed.)"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawl.records import Found
from crawl.urls import absolute, origin

FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml",
})  # fmt: skip

# Feeds that a page may offer beside the blog's own: (pattern of address or title, reason).
OTHER_FEEDS: tuple[tuple[str, str], ...] = (
    (r"comment|kommentar|commenti|comentario|commentaire", "comments, not posts"),
    (r"/(tags?|categor(y|ies)|author|label)/|[?&](cat|tag|author)=", "a part of the blog only"),
    (r"podcast|oembed|/wp-json/", "not posts"),
)
_OTHER = re.compile("|".join(pattern for pattern, _ in OTHER_FEEDS), re.I)

# Where a platform has its feed, when no page says so: (pattern of the generator's name, path).
WELL_KNOWN: tuple[tuple[str, str], ...] = (
    (r"wordpress", "feed/"),
    (r"blogger", "feeds/posts/default"),
    (r"ghost|drupal", "rss/"),
    (r"hugo", "index.xml"),
    (r"jekyll|octopress|eleventy|pelican", "feed.xml"),
    (r"movable type|typepad|nikola", "atom.xml"),
)
UNKNOWN_PLATFORM = ("feed/", "rss.xml", "atom.xml")

MAX_PAGES = 400
"""No feed is followed further: at ten items a page, 4,000 posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One page of a feed. ``next`` is the page with older items, None at the end or where the feed does not say."""

    items: tuple[Found, ...] = ()
    next: str | None = None
    title: str | None = None
    generator: str | None = None


def is_own(url: str, title: str | None) -> bool:
    """Whether a feed that a page offers is one of the blog's posts, all of them."""
    return not (_OTHER.search(url) or (title and _OTHER.search(title)))


def well_known(scope: str, generator: str | None) -> tuple[Found, ...]:
    """Where the blog's feed may be, by its platform."""
    named = [path for pattern, path in WELL_KNOWN if generator and re.search(pattern, generator, re.I)]
    if named and named[0] == "feeds/posts/default":
        return (Found(url=origin(scope) + "/feeds/posts/default", how="feed"),)
    base = scope.rstrip("/") + "/"
    return tuple(Found(url=base + path, how="feed") for path in named or UNKNOWN_PLATFORM)


def parsed(body: bytes, url: str, content_type: str | None = None, depth: int = 0) -> Feed:
    """The items of the feed at ``url``. What is no feed has none."""
    if body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _from_json(body, url, depth)
    import feedparser

    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    read = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not read.get("version"):
        return Feed()
    about = read.feed
    # (dict.get: feedparser's own get warns of the old names it maps)
    generator = str(about.get("generator") or "") or None
    targets = (
        (absolute(str(item.get("feedburner_origlink") or item.get("link") or ""), url),
         dict.get(item, "updated") or dict.get(item, "published"), dict.get(item, "published"))
        for item in read.entries
    )  # fmt: skip
    items = _items(targets, url, depth)
    return Feed(
        items=items,
        next=_next_page(about.get("links", ()), url, generator) if items else None,
        title=str(about.get("title") or "") or None,
        generator=generator,
    )


def _from_json(body: bytes, url: str, depth: int) -> Feed:
    """JSON Feed 1.1 (jsonfeed.org)."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return Feed()
    if not isinstance(said, dict) or "jsonfeed.org" not in str(said.get("version")):
        return Feed()
    entries = said.get("items")
    items = [item for item in entries if isinstance(item, dict)] if isinstance(entries, list) else []
    targets = (
        (
            absolute(str(item.get("url") or ""), url),
            item.get("date_modified") or item.get("date_published"),
            item.get("date_published"),
        )
        for item in items
    )
    onward = said.get("next_url")
    return Feed(
        items=_items(targets, url, depth),
        next=absolute(onward, url) if isinstance(onward, str) else None,
        title=str(said.get("title") or "") or None,
    )


def _items(targets: object, url: str, depth: int) -> tuple[Found, ...]:
    kept: dict[str, Found] = {}
    for at, *days in targets:  # type: ignore[attr-defined]
        if at and at not in kept:
            lastmod, published = (str(day) if day else None for day in days)
            kept[at] = Found(url=at, how="feed", via=url, depth=depth + 1, lastmod=lastmod, published=published)
    return tuple(kept.values())


def _next_page(links: object, url: str, generator: str | None) -> str | None:
    """RFC 5005's ``rel=next``; WordPress has the same under ``?paged=N`` but never says so."""
    for link in links if isinstance(links, list | tuple) else ():
        if link.get("rel") == "next" and link.get("href"):
            return absolute(str(link["href"]), url)
    if generator is None or "wordpress" not in generator.lower():
        return None
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    page = int(query["paged"]) if query.get("paged", "").isdigit() else 1
    if page >= MAX_PAGES:
        return None
    query["paged"] = str(page + 1)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
