"""Drupal 7: a blog that is one folder of a university's site. The rest of the site is there to be left alone."""

from __future__ import annotations

from sector.sample.records import SamplePost
from sector.sample.shelf import Shelf, leaves, tag_slug
from sector.sample.web import Web

LAYOUT = "drupal"
LEAF = 6
BLOG = "/centres/civic-practice/blog"
ROBOTS = """User-agent: *
Crawl-delay: 0
Disallow: /admin/
Disallow: /print/
Disallow: /user/
"""
LOREM = "<p>The University of Estermere teaches, studies and repairs its roofs in partnership with the town.</p>"
# Pages of the bigger site. The other centre's blog looks just like ours, and is none of ours.
SITE = {
    "/": ("University of Estermere", LOREM + '<p><a href="/centres/civic-practice">Centre for Civic Practice</a></p>'),
    "/study": ("Courses", "<p>Digital marketing. Funding your studies. Volunteering while you study.</p>"),
    "/research": ("Research", LOREM),
    "/business": ("Business partnerships", "<p>Partnership, collaboration, and rooms for hire.</p>"),
    "/contact": ("Contact us", "<p>Ring the porter.</p>"),
    "/cookies": ("Accessibility and cookies", "<p>This site uses cookies.</p>"),
    "/news": ("News", '<p><a href="/news/new-library-opens">New library opens</a></p>'),
    "/news/new-library-opens": ("New library opens", "<p>The library opened on 3rd May 2018, in spite of austerity.</p>"),
    "/centres/marine-history/blog": (
        "Marine history blog",
        '<p><a href="/centres/marine-history/blog/ropes">Ropes and knots</a></p>',
    ),
    "/centres/marine-history/blog/ropes": ("Ropes and knots", "<p>A rope is a partnership of fibres.</p>"),
    "/centres/civic-practice": (
        "Centre for Civic Practice",
        '<p>We study how organisations work together. Read <a href="/centres/civic-practice/blog">our blog</a>, or that '
        'of <a href="/centres/marine-history/blog">our neighbours</a>.</p>',
    ),
    "/centres/civic-practice/partnership": ("Partnership and collaboration", "<p>Our work on partnership.</p>"),
}  # fmt: skip


def publish(web: Web, shelf: Shelf) -> None:
    root = f"http://{shelf.blog.host}"
    web.put(f"{root}/robots.txt", ROBOTS, "text/plain")
    for post in shelf.posts:
        web.page(post.url, LAYOUT, shelf, view="post", post=post, changed=post.published)
        web.page(f"{root}/print/{400 + post.number}", LAYOUT, shelf, view="page", title=post.title, text=_printed(post))
        web.move(f"{root}/node/{400 + post.number}", post.url)
    parts = leaves(shelf.posts, LEAF)
    for turn, part in enumerate(parts):
        older = f"{BLOG}?page={turn + 1}" if turn + 1 < len(parts) else ""
        newer = (f"{BLOG}?page={turn - 1}" if turn > 1 else BLOG) if turn else ""
        url = f"{root}{BLOG}?page={turn}" if turn else f"{root}{BLOG}"
        web.page(url, LAYOUT, shelf, view="listing", title="Blog", posts=part, older=older, newer=newer,
                 leaves=len(parts))  # fmt: skip
    web.move(f"{root}{BLOG}/", f"{root}{BLOG}")
    for path, (title, text) in SITE.items():
        web.page(f"{root}{path}", LAYOUT, shelf, view="page", title=title, text=text)
    _people(web, shelf, root)
    for tag, posts in shelf.tags.items():
        listed = "".join(f'<p><a href="{post.path}">{post.title}</a></p>' for post in posts)
        web.page(f"{root}/tags/{tag_slug(tag)}", LAYOUT, shelf, view="page", title=tag, text=listed)
    web.files(shelf.blog.host, "/sites/all/themes/estermere/style.css", "/sites/all/themes/estermere/logo.gif",
              "/misc/drupal.js")  # fmt: skip


def _printed(post: SamplePost) -> str:
    return "".join(f"<p>{text}</p>" for text in post.paragraphs)


def _people(web: Web, shelf: Shelf, root: str) -> None:
    """The Centre's staff pages: near the blog, and outside its scope."""
    base = "/centres/civic-practice/people"
    links = ""
    for author in shelf.authors:
        web.page(
            f"{root}{base}/{author.slug}", LAYOUT, shelf, view="page", title=author.name, text=f"<p>{author.bio}</p>"
        )
        links += f'<li><a href="{base}/{author.slug}">{author.honorific} {author.name}</a></li>'
    web.page(f"{root}{base}", LAYOUT, shelf, view="page", title="People", text=f"<ul>{links}</ul>")
