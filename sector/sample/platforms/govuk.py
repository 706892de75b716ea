"""A government department's blog: "by: Name, Posted on: … - Categories: …", an Atom feed, no sitemap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sector.sample import feeds
from sector.sample.records import SamplePost
from sector.sample.shelf import Shelf, leaves, tag_slug
from sector.sample.web import Web, render

LAYOUT = "govuk"
LEAF = 10
ROBOTS = "User-agent: *\nDisallow: /wp-admin/\n"
PAGES = {
    "about": ("About this blog", "<p>We work with communities, volunteers and local partnerships.</p>"),
    "cookies": ("Cookies", "<p>We use cookies on our digital services.</p>"),
    "subscribe": ("Email alerts", "<p>Sign up for news about funding.</p>"),
}


def publish(web: Web, shelf: Shelf) -> None:
    root = f"http://{shelf.blog.host}"
    web.put(f"{root}/robots.txt", ROBOTS, "text/plain")
    for post in shelf.posts:
        page = render(LAYOUT, shelf, view="post", post=post, url=post.url)
        web.put(post.url, page, changed=post.published)
        for turn in range(1, len(post.comments) + 1):
            web.put(f"{post.url}?replytocom={post.number}{turn}", page, changed=post.published)
    for url, title, posts in _listings(shelf, root):
        parts = leaves(posts, LEAF)
        urls = [url, *(f"{url}page/{number}/" for number in range(2, len(parts) + 1))]
        for turn, part in enumerate(parts):
            older = urls[turn + 1] if turn + 1 < len(urls) else ""
            newer = urls[turn - 1] if turn else ""
            web.page(urls[turn], LAYOUT, shelf, view="listing", title=title, posts=part, older=older, newer=newer)
    for name, (title, text) in PAGES.items():
        web.page(f"{root}/{name}/", LAYOUT, shelf, view="page", title=title, text=text)
    feed = feeds.atom(shelf.blog, shelf.posts[:10], self_url=f"{root}/feed/")
    web.put(f"{root}/feed/", feed, feeds.ATOM_KIND, changed=shelf.posts[0].published)
    web.files(shelf.blog.host, "/wp-content/themes/gds-blogs/main.css")


def _listings(shelf: Shelf, root: str) -> Iterator[tuple[str, str, Sequence[SamplePost]]]:
    yield f"{root}/", "", shelf.posts
    for name, found in shelf.categories.items():
        yield f"{root}/category/{tag_slug(name)}/", f"Category: {name}", found
    yield f"{root}/category/funding-and-partnership/", "Category: Funding and partnership", shelf.posts
    for tag, found in shelf.tags.items():
        yield f"{root}/tag/{tag_slug(tag)}/", f"Tag: {tag}", found
    for author, found in shelf.authors.items():
        yield f"{root}/author/{author.slug}/", f"Author: {author.name}", found
