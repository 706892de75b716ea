"""Ghost: JSON-LD, a sitemap of sitemaps, tag and author pages, a paywall."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sector.sample import feeds
from sector.sample.records import SamplePost
from sector.sample.shelf import Shelf, excerpt, leaves, tag_slug
from sector.sample.web import Web
from sector.sample.wording import iso_moment

LAYOUT = "ghost"
LEAF = 12
FEED_LEAF = 15
ROBOTS = """User-agent: *
Sitemap: http://fieldandledger.example/sitemap.xml
Disallow: /ghost/
Disallow: /p/
"""


def publish(web: Web, shelf: Shelf) -> None:
    root = f"http://{shelf.blog.host}"
    web.put(f"{root}/robots.txt", ROBOTS, "text/plain")
    for post in shelf.posts:
        web.page(post.url, LAYOUT, shelf, view="post", post=post, jsonld=_jsonld(shelf, post), changed=post.published)
    for url, title, posts in _listings(shelf, root):
        _listing(web, shelf, url, title, posts)
    web.page(f"{root}/about/", LAYOUT, shelf, view="page", title="About", text="<p>Two columns, honestly kept.</p>")
    newest = shelf.posts[:FEED_LEAF]
    feed = feeds.rss(shelf.blog, newest, self_url=f"{root}/rss/", generator="Ghost 2.9")
    web.put(f"{root}/rss/", feed, feeds.RSS_KIND, changed=newest[0].published)
    _sitemaps(web, shelf, root)
    web.files(shelf.blog.host, "/assets/built/screen.css", "/assets/built/casper.js", "/favicon.ico")


def _jsonld(shelf: Shelf, post: SamplePost) -> str:
    people = [{"@type": "Person", "name": author.name, "url": f"http://{shelf.blog.host}/author/{author.slug}/"}
              for author in post.authors]  # fmt: skip
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {"@type": "Organization", "name": shelf.blog.name},
        "author": people[0] if len(people) == 1 else people,
        "headline": post.title,
        "url": post.url,
        "datePublished": iso_moment(post.published),
        "dateModified": iso_moment(post.published, 17),
        "keywords": ", ".join(post.tags),
        "description": excerpt(post, 24),
        "isAccessibleForFree": post.kind != "truncated",
        "mainEntityOfPage": {"@type": "WebPage", "@id": f"http://{shelf.blog.host}/"},
    }
    return json.dumps(article, indent=4, ensure_ascii=False).replace("<", "\\u003c")


def _listings(shelf: Shelf, root: str) -> Iterator[tuple[str, str, Sequence[SamplePost]]]:
    yield f"{root}/", "", shelf.posts
    for tag, found in shelf.tags.items():
        yield f"{root}/tag/{tag_slug(tag)}/", tag, found
    for author, found in shelf.authors.items():
        yield f"{root}/author/{author.slug}/", author.name, found


def _listing(web: Web, shelf: Shelf, url: str, title: str, posts: Sequence[SamplePost]) -> None:
    parts = leaves(posts, LEAF)
    urls = [url, *(f"{url}page/{number}/" for number in range(2, len(parts) + 1))]
    for turn, part in enumerate(parts):
        older = urls[turn + 1] if turn + 1 < len(urls) else ""
        newer = urls[turn - 1] if turn else ""
        web.page(urls[turn], LAYOUT, shelf, view="listing", title=title, posts=part, older=older, newer=newer)


def _sitemaps(web: Web, shelf: Shelf, root: str) -> None:
    maps: dict[str, list[tuple[str, date | None]]] = {
        "posts": [(post.url, post.published) for post in shelf.posts],
        "pages": [(f"{root}/", shelf.posts[0].published), (f"{root}/about/", None)],
        "tags": [(f"{root}/tag/{tag_slug(tag)}/", found[0].published) for tag, found in shelf.tags.items()],
        "authors": [(f"{root}/author/{who.slug}/", found[0].published) for who, found in shelf.authors.items()],
    }
    for name, entries in maps.items():
        web.put(f"{root}/sitemap-{name}.xml", feeds.sitemap(entries), feeds.XML_KIND)
    web.put(f"{root}/sitemap.xml", feeds.sitemap_index(f"{root}/sitemap-{name}.xml" for name in maps), feeds.XML_KIND)
