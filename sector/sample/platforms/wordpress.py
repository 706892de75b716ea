"""WordPress: archives by date, category, tag and author; paged feeds; reply, share, print and attachment pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sector.sample import feeds
from sector.sample.records import SamplePost
from sector.sample.shelf import Shelf, leaves, tag_slug
from sector.sample.special import MOVED
from sector.sample.web import Web, render
from sector.sample.wording import MONTHS

LAYOUT = "wordpress"
LEAF = 5  # posts a page
FEED_LEAF = 10
GENERATOR = "https://wordpress.org/?v=4.9.8"
ROBOTS = """User-agent: *
Disallow: /wp-admin/
Disallow: /*/print/$
Allow: /wp-admin/admin-ajax.php
"""
PAGES = {
    "about": ("About", ""),  # an empty page, as real sites have them
    "contact": ("Contact", "<p>Write to the Forum at 3 Market Cross, Larkfield Heath.</p>"),
    "privacy": ("Privacy", "<p>We keep your address until you ask us not to.</p>"),
    "funding-news": (
        "Funding news",
        "<p>Deadlines for grant funding are sent to members on the first of the month. Funders may write to us.</p>",
    ),
    "volunteering-with-us": (
        "Volunteering with us",
        "<p>Volunteers are welcome on any weekday. Volunteering here is a partnership: we bring the biscuits.</p>",
    ),
}
CALENDAR = [(year, month) for year in range(2017, 2021) for month in range(1, 13)]


def publish(web: Web, shelf: Shelf) -> None:
    root = shelf.blog.url.rstrip("/")
    web.put(f"{root}/robots.txt", ROBOTS, "text/plain")
    for post in shelf.posts:
        _post(web, shelf, post)
    for path, title, posts in _listings(shelf):
        _listing(web, shelf, root + path, title, posts)
    for name, (title, text) in PAGES.items():
        web.page(f"{root}/{name}/", LAYOUT, shelf, view="page", title=title, text=text)
    _feeds(web, shelf, root)
    _calendar(web, shelf, root)
    web.move(root + MOVED[0], next(post.url for post in shelf.posts if post.number == MOVED[1]))
    host = shelf.blog.host
    web.move(f"http://www.{host}/", f"http://{host}/")
    web.files(host, "/wp-content/themes/twentytwelve/style.css", "/wp-includes/js/jquery.js",
              "/wp-content/uploads/avatar.gif")  # fmt: skip


def _post(web: Web, shelf: Shelf, post: SamplePost) -> None:
    page = render(LAYOUT, shelf, view="post", post=post, url=post.url)
    web.put(post.url, page, changed=post.published)
    for turn in range(1, len(post.comments) + 1):
        web.put(f"{post.url}?replytocom={post.number}{turn}", page, changed=post.published)
    for service in ("twitter", "facebook"):
        web.move(f"{post.url}?share={service}", f"http://social.example/{service}?u={post.url}", status=302)
    web.put(f"{post.url}feed/", feeds.comments_rss(post), feeds.RSS_KIND)
    printed = "".join(f"<p>{text}</p>\n" for text in post.paragraphs)
    twin = f"<html><head><title>{post.title}</title></head><body><h1>{post.title}</h1>\n{printed}</body></html>"
    web.put(f"{post.url}print/", twin)
    web.move(f"http://{shelf.blog.host}/?p={1000 + post.number}", post.url)
    if post.number % 12 == 4:
        photo = f"/wp-content/uploads/photo-{post.number}.gif"
        picture = f'<p class="attachment"><a href="{photo}"><img src="{photo}" alt=""></a></p>'
        web.page(f"{post.url}photo/", LAYOUT, shelf, view="page", title="photo", text=picture)
        web.files(shelf.blog.host, photo)


def _listings(shelf: Shelf) -> Iterator[tuple[str, str, Sequence[SamplePost]]]:
    """(path, title, posts) of every listing."""
    yield "/", "", shelf.posts
    for year, found in shelf.years.items():
        yield f"/{year}/", f"Yearly Archives: {year}", found
    for (year, month), found in shelf.months.items():
        yield f"/{year}/{month:02d}/", f"Monthly Archives: {MONTHS[month - 1]} {year}", found
    for tag, found in shelf.tags.items():
        yield f"/tag/{tag_slug(tag)}/", f"Tag Archives: {tag}", found
    for name, found in shelf.categories.items():
        yield f"/category/{tag_slug(name)}/", f"Category Archives: {name}", found
    for author, found in shelf.authors.items():
        yield f"/author/{author.slug}/", f"Author Archives: {author.name}", found
    unsigned = [post for post in shelf.posts if post.signature]
    yield "/author/admin/", "Author Archives: admin", unsigned


def _listing(web: Web, shelf: Shelf, url: str, title: str, posts: Sequence[SamplePost]) -> None:
    parts = leaves(posts, LEAF)
    urls = [url, *(f"{url}page/{number}/" for number in range(2, len(parts) + 1))]
    for turn, part in enumerate(parts):
        older = urls[turn + 1] if turn + 1 < len(urls) else ""
        newer = urls[turn - 1] if turn else ""
        web.page(urls[turn], LAYOUT, shelf, view="listing", title=title, posts=part, older=older, newer=newer)


def _feeds(web: Web, shelf: Shelf, root: str) -> None:
    for turn, part in enumerate(leaves(shelf.posts, FEED_LEAF), start=1):
        url = f"{root}/feed/" if turn == 1 else f"{root}/feed/?paged={turn}"
        feed = feeds.rss(shelf.blog, part, self_url=url, generator=GENERATOR)
        web.put(url, feed, feeds.RSS_KIND, changed=shelf.posts[0].published)
    empty = feeds.rss(shelf.blog, (), self_url=f"{root}/comments/feed/", generator=GENERATOR)
    web.put(f"{root}/comments/feed/", empty, feeds.RSS_KIND)


def _calendar(web: Web, shelf: Shelf, root: str) -> None:
    """The trap: a page for every month, whether anything happens in it or not. Bounded, unlike the real ones."""
    for turn, (year, month) in enumerate(CALENDAR):
        links = [
            f'<a href="/events/?month={y}-{m:02d}">{MONTHS[m - 1]} {y}</a>'
            for y, m in (CALENDAR[max(turn - 1, 0)], CALENDAR[min(turn + 1, len(CALENDAR) - 1)])
        ]
        text = f"<p>No events in {MONTHS[month - 1]} {year}.</p><p>{' · '.join(links)}</p>"
        url = f"{root}/events/?month={year}-{month:02d}"
        web.page(url, LAYOUT, shelf, view="page", title="Events", text=text)
    year, month = CALENDAR[-1]
    text = f'<p>Nothing is planned. <a href="/events/?month={year}-{month:02d}">{MONTHS[month - 1]} {year}</a></p>'
    web.page(f"{root}/events/", LAYOUT, shelf, view="page", title="Events", text=text)
