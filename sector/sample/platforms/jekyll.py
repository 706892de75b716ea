"""Jekyll: clean static pages. One old post is in windows-1252, which its header does not say and its meta tag does."""

from __future__ import annotations

from sector.sample import feeds
from sector.sample.shelf import Shelf, leaves
from sector.sample.web import Web, render

LAYOUT = "jekyll"
LEAF = 8
OLD_ENCODING = ("windows-1252", 4)  # of which post
PAGES = {
    "about": ("About", "<p>I count things for a living and worry about them in the evening.</p>"),
    "volunteering-figures": ("Volunteering figures", "<p>Volunteers by year, to follow. Volunteering is hard to count.</p>"),
}  # fmt: skip


def publish(web: Web, shelf: Shelf) -> None:
    root = f"http://{shelf.blog.host}"
    web.put(f"{root}/robots.txt", f"Sitemap: {root}/sitemap.xml\n", "text/plain")
    for post in shelf.posts:
        older, newer = shelf.older(post), shelf.newer(post)
        charset = OLD_ENCODING[0] if post.number == OLD_ENCODING[1] else "utf-8"
        page = render(LAYOUT, shelf, view="post", post=post, charset=charset, url=post.url,
                      older=older.path if older else "", newer=newer.path if newer else "")  # fmt: skip
        kind = "text/html" if charset != "utf-8" else "text/html; charset=utf-8"
        web.put(post.url, page.encode(charset), kind, changed=post.published)
    parts = leaves(shelf.posts, LEAF)
    urls = ["/", *(f"/page{number}/" for number in range(2, len(parts) + 1))]
    for turn, part in enumerate(parts):
        older_url = urls[turn + 1] if turn + 1 < len(urls) else ""
        newer_url = urls[turn - 1] if turn else ""
        web.page(f"{root}{urls[turn]}", LAYOUT, shelf, view="listing", charset="utf-8", posts=part,
                 older=older_url, newer=newer_url)  # fmt: skip
    web.page(f"{root}/archive/", LAYOUT, shelf, view="listing", charset="utf-8", title="Archive", posts=shelf.posts)
    for name, (title, text) in PAGES.items():
        web.page(f"{root}/{name}/", LAYOUT, shelf, view="page", charset="utf-8", title=title, text=text)
    entries = [(post.url, post.published) for post in shelf.posts]
    pages = [(f"{root}/{name}/", None) for name in ("about", "archive")]
    web.put(f"{root}/sitemap.xml", feeds.sitemap([*entries, *pages]), feeds.XML_KIND)
    feed = feeds.atom(shelf.blog, shelf.posts[:10], self_url=f"{root}/feed.xml", generator="Jekyll")
    web.put(f"{root}/feed.xml", feed, feeds.XML_KIND, changed=shelf.posts[0].published)
    web.files(shelf.blog.host, "/assets/main.css")
