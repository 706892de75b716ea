"""Where a page leads: its links, its next page, its feeds, its canonical address. Pure.

``rel=nofollow`` is no reason to skip a link: it speaks to search engines' rankings, and blogs put it on their own pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawl.exchange import media_type
from crawl.feeds import FEED_TYPES, is_own
from crawl.records import Found, HowFound
from crawl.urls import absolute

if TYPE_CHECKING:
    from lxml.html import HtmlElement, HTMLParser

MAX_LINKS = 5_000
"""On one page. A page with more is a link farm or a dump."""

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

# What a link to older or newer posts says, in the languages of the blogs we met.
NEXT_WORDS = re.compile(
    r"^\W*(older|newer|previous|next|earlier|more)( (posts?|entries|articles|page|stories))?\W*$"
    r"|^\W*(articoli|post|messaggi) (pi[uù] )?(precedenti|vecchi|successivi|recenti)\W*$"
    r"|^\W*(ältere|neuere) (beiträge|artikel|einträge)\W*$"
    r"|^\W*(articles|billets) (plus )?(précédents|anciens|suivants|récents)\W*$"
    r"|^\W*entradas (más )?(antiguas|anteriores|recientes|siguientes)\W*$",
    re.I,
)
LONGEST_NEXT = 40

# (The counts in these patterns are bounded: a page can hold millions of blanks where one is expected.)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_REFRESH = re.compile(r"^[\d.]{0,9}\s{0,9}[;,]?\s{0,9}url\s{0,9}=\s{0,9}[\"']?([^\"']+)", re.I)
_POST_TYPE = re.compile(
    r"\"@type\"\s{0,99}:\s{0,99}\[?\s{0,99}\"(BlogPosting|Article|NewsArticle|ScholarlyArticle|Report)\""
)
_POST_CLASS = re.compile(
    r"(^|\s)(single-post|single|postid-\d+|post-template\S*|node-type-blog|page-node-type-\S+)(\s|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """``looks_like_post``: the page says of itself that it is an article (it need not; most old ones say nothing)."""

    title: str | None = None
    generator: str | None = None
    canonical: str | None = None
    feeds: tuple[Found, ...] = ()
    links: tuple[Found, ...] = ()
    looks_like_post: bool = False


def is_html(content_type: str | None, body: bytes = b"") -> bool:
    """By what the server says; a server that says nothing, or only "text", is checked by a look at the body."""
    kind = media_type(content_type)
    if kind in HTML_TYPES:
        return True
    return kind in (None, "text/plain", "application/octet-stream") and bool(
        re.match(rb"\s*(<!doctype html|<html)\b", body[:500].removeprefix(b"\xef\xbb\xbf"), re.I)
    )


def page_links(body: bytes, url: str, content_type: str | None = None, depth: int = 0) -> PageLinks:
    """What the page at ``url`` leads to, in the page's order, each address once. A page without markup leads nowhere."""
    root = _tree(body, content_type)
    if root is None:
        return PageLinks()
    base = next((at for href in root.xpath("//base/@href") if (at := absolute(str(href), url))), url)
    canonical: str | None = None
    feeds: dict[str, Found] = {}
    links: dict[str, Found] = {}
    for how, href, title in _hrefs(root):
        at = absolute(href, base)
        if at is None or len(links) >= MAX_LINKS:
            continue
        if how == "feed":
            if is_own(at, title):
                feeds.setdefault(at, Found(url=at, how=how, via=url, depth=depth + 1))
            continue
        if how == "canonical":
            canonical = canonical or at
        if at not in links or how == "pagination":
            links[at] = Found(url=at, how=how, via=url, depth=depth + 1)
    return PageLinks(
        title=_text(root, "//title") or None,
        generator=_meta(root, "generator"),
        canonical=canonical,
        feeds=tuple(feeds.values()),
        links=tuple(links.values()),
        looks_like_post=_says_post(root),
    )


def _tree(body: bytes, content_type: str | None) -> HtmlElement | None:
    from lxml import etree, html

    if not body.strip():
        return None
    try:
        return html.document_fromstring(body, parser=_parser(body, content_type))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _parser(body: bytes, content_type: str | None) -> HTMLParser:
    """For the encoding the server names, if there is such a one; else for UTF-8, if the body is that (undeclared pages
    are it more often than the Latin-1 lxml would take them for); else one that looks for what the page declares."""
    from lxml.html import HTMLParser

    named = _CHARSET.search(content_type or "")
    if named and not _is_wide(named[1], body):
        with suppress(LookupError):
            return HTMLParser(encoding=named[1], huge_tree=True)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return HTMLParser(huge_tree=True)
    return HTMLParser(encoding="utf-8", huge_tree=True)  # huge: 2,048 levels deep, not 256; size is capped elsewhere


def _is_wide(charset: str, body: bytes) -> bool:
    """Whether the server names an encoding of two or four bytes a character for a body that cannot be in it."""
    return bool(re.match(r"(utf-?(16|32)|ucs|iso-10646)", charset, re.I)) and b"\0" not in body[:1_000]


def _hrefs(root: HtmlElement) -> Iterator[tuple[HowFound, str, str | None]]:
    """Everything on the page that leads somewhere: (how, address as written, title)."""
    for element in root.iter("a", "area", "link", "frame", "iframe", "option", "meta"):
        tag = element.tag
        if tag in ("a", "area"):
            if href := element.get("href"):
                yield _how_linked(element), href, None
        elif tag == "link":
            yield from _from_link_tag(element)
        elif tag in ("frame", "iframe"):
            if src := element.get("src"):
                yield "link", src, None
        elif tag == "option":  # archives offered as a drop-down list
            value = element.get("value") or ""
            if value.startswith(("http://", "https://", "/")):
                yield "link", value, None
        elif (element.get("http-equiv") or "").lower() == "refresh" and (
            match := _REFRESH.match((element.get("content") or "").strip())
        ):
            yield "redirect", match[1], None


def _from_link_tag(element: HtmlElement) -> Iterator[tuple[HowFound, str, str | None]]:
    href, rels = element.get("href"), (element.get("rel") or "").lower().split()
    if not href:
        return
    if "canonical" in rels:
        yield "canonical", href, None
    elif "next" in rels or "prev" in rels:
        yield "pagination", href, None
    elif "alternate" in rels and media_type(element.get("type")) in FEED_TYPES:
        yield "feed", href, element.get("title")


def _how_linked(element: HtmlElement) -> HowFound:
    rels = (element.get("rel") or "").lower().split()
    if "next" in rels or "prev" in rels:
        return "pagination"
    text = _beginning(element)
    return "pagination" if len(text) < LONGEST_NEXT and NEXT_WORDS.match(text) else "link"


def _beginning(element: HtmlElement) -> str:
    """The element's text, or as much of it as shows that it is no "older posts": anchors never closed hold the page."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        if stripped := part.strip() if not parts else part:
            parts.append(stripped)
            length += len(stripped)
        if length > LONGEST_NEXT * 4:
            break
    return "".join(parts).strip()


def _says_post(root: HtmlElement) -> bool:
    if (_meta(root, "og:type") or "").lower() in ("article", "blog", "post") and _meta(root, "og:type") != "blog":
        return True
    if _meta(root, "article:published_time"):
        return True
    bodies = root.xpath("//body/@class")
    if bodies and _POST_CLASS.search(str(bodies[0])):
        return True
    return any(_POST_TYPE.search(str(text)) for text in root.xpath("//script[@type='application/ld+json']/text()"))


def _meta(root: HtmlElement, name: str) -> str | None:
    for element in root.iter("meta"):
        if name in ((element.get("name") or "").lower(), (element.get("property") or "").lower()):
            return (element.get("content") or "").strip() or None
    return None


def _text(root: HtmlElement, path: str) -> str:
    found = root.xpath(path)
    return " ".join("".join(found[0].itertext()).split()) if found else ""
