"""An old site made by hand: tables for layout, no feed, no robots.txt, no dates but those in the text."""

from __future__ import annotations

from sector.sample.shelf import Shelf
from sector.sample.web import Web, render

LAYOUT = "handmade"
CHARSET = "windows-1252"
PAGES = {
    "contact": ("Contact us", "<P>12 Sheep Street, Tarnbridge. Ask for Doreen."),
    "funding": ("Funding advice", "<P>We can help with funding forms. Bring the form. Funders like neat writing."),
    "volunteering": ("Volunteering", "<P>Volunteers wanted, all ages. Volunteering is good for you."),
}


def publish(web: Web, shelf: Shelf) -> None:
    root = f"http://{shelf.blog.host}"
    for post in shelf.posts:
        older, newer = shelf.older(post), shelf.newer(post)
        page = render(LAYOUT, shelf, view="post", post=post, url=post.url,
                      older=older.path if older else "", newer=newer.path if newer else "")  # fmt: skip
        web.put(post.url, page.encode(CHARSET), "text/html", changed=post.published)
    front = render(LAYOUT, shelf, view="listing", title="Latest from Sheep Street", posts=shelf.posts[:4])
    web.put(f"{root}/", front.encode(CHARSET), "text/html")
    web.put(f"{root}/index.htm", front.encode(CHARSET), "text/html")
    news = render(LAYOUT, shelf, view="listing", title="News", posts=shelf.posts)
    web.put(f"{root}/news/index.htm", news.encode(CHARSET), "text/html")
    for name, (title, text) in PAGES.items():
        page = render(LAYOUT, shelf, view="page", title=title, text=text)
        web.put(f"{root}/{name}.htm", page.encode(CHARSET), "text/html")
    web.files(shelf.blog.host, "/images/banner.gif")
