"""Blogger: robots.txt forbids the way through older posts, but the archive widget and the paged feed lead there."""

from __future__ import annotations

from sector.sample import feeds
from sector.sample.records import SamplePost
from sector.sample.shelf import Shelf, leaves, tag_slug
from sector.sample.web import Web, render

LAYOUT = "blogger"
LEAF = 7
FEED_LEAF = 25
ROBOTS = """User-agent: *
Disallow: /search
Disallow: /share-widget
Allow: /
"""
PAGES = {
    "about": ("About me", "<p>I have a hall to look after.</p>"),
    "fundraising": ("Fundraising appeal", "<p>Donations towards the roof may be left in the tin. Fundraising continues.</p>"),
}  # fmt: skip


def publish(web: Web, shelf: Shelf) -> None:
    root = f"http://{shelf.blog.host}"
    web.put(f"{root}/robots.txt", ROBOTS, "text/plain")
    for post in shelf.posts:
        _post(web, shelf, post)
    parts = leaves(shelf.posts, LEAF)
    urls = [f"{root}/", *(_search(root, part[0]) for part in parts[1:])]
    for turn, part in enumerate(parts):
        older = urls[turn + 1] if turn + 1 < len(urls) else ""
        web.page(urls[turn], LAYOUT, shelf, view="listing", posts=part, older=older, newer=urls[0] if turn else "")
    for year, found in shelf.years.items():
        web.page(f"{root}/{year}/", LAYOUT, shelf, view="listing", title=str(year), posts=found)
    for (year, month), found in shelf.months.items():
        web.page(f"{root}/{year}/{month:02d}/", LAYOUT, shelf, view="listing", title=f"{month}/{year}", posts=found)
    for tag, found in shelf.tags.items():
        web.page(f"{root}/search/label/{tag_slug(tag)}", LAYOUT, shelf, view="listing", title=tag, posts=found)
    for name, (title, text) in PAGES.items():
        web.page(f"{root}/p/{name}.html", LAYOUT, shelf, view="page", title=title, text=text)
    _feed(web, shelf, root)
    web.files(shelf.blog.host, "/static/v1/widgets.css")


def _post(web: Web, shelf: Shelf, post: SamplePost) -> None:
    older, newer = shelf.older(post), shelf.newer(post)
    page = render(LAYOUT, shelf, view="post", post=post, url=post.url,
                  older=older.url if older else "", newer=newer.url if newer else "")  # fmt: skip
    web.put(post.url, page, changed=post.published)
    web.put(f"{post.url}?m=1", page, changed=post.published)
    for turn in range(1, len(post.comments) + 1):
        web.put(f"{post.url}?showComment={post.number}{turn}", page, changed=post.published)


def _search(root: str, first: SamplePost) -> str:
    return f"{root}/search?updated-max={first.published.isoformat()}T09:30:00Z&max-results={LEAF}"


def _feed(web: Web, shelf: Shelf, root: str) -> None:
    base = f"{root}/feeds/posts/default"
    parts = leaves(shelf.posts, FEED_LEAF)
    urls = [base, *(f"{base}?start-index={1 + turn * FEED_LEAF}&max-results={FEED_LEAF}"
                    for turn in range(1, len(parts)))]  # fmt: skip
    for turn, part in enumerate(parts):
        following = urls[turn + 1] if turn + 1 < len(urls) else ""
        feed = feeds.atom(shelf.blog, part, self_url=urls[turn], generator="Blogger", next_url=following)
        web.put(urls[turn], feed, feeds.ATOM_KIND, changed=shelf.posts[0].published)
