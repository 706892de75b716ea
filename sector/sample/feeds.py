"""Feeds and sitemaps as the platforms write them: RSS 2.0, Atom (RFC 4287), sitemaps.org 0.9."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from sector.sample.records import SampleBlog, SamplePost
from sector.sample.shelf import excerpt
from sector.sample.wording import iso_moment, mail_date

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
RSS_KIND, ATOM_KIND, XML_KIND = "application/rss+xml; charset=UTF-8", "application/atom+xml", "application/xml"


def post_html(post: SamplePost) -> str:
    """The body as a feed carries it."""
    parts = []
    for block in post.blocks:
        inner = "".join(f"<li>{item}</li>" for item in block.items) or block.html
        parts.append(f"<{block.tag}>{inner}</{block.tag}>")
    return "\n".join(parts)


def rss(blog: SampleBlog, posts: Sequence[SamplePost], *, self_url: str, generator: str) -> str:
    """An RSS 2.0 feed with the whole text of each post."""
    items = "".join(_rss_item(post) for post in posts)
    return (
        f'{DECLARATION}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>{escape(blog.name)}</title><link>{blog.url}</link><description>Latest posts</description>"
        f'<atom:link href="{escape(self_url)}" rel="self" type="application/rss+xml"/>'
        f"<generator>{generator}</generator>\n{items}</channel></rss>\n"
    )


def _rss_item(post: SamplePost) -> str:
    categories = "".join(f"<category>{escape(tag)}</category>" for tag in post.tags)
    creator = f"<dc:creator>{escape(post.byline)}</dc:creator>" if post.byline else ""
    return (
        f"<item><title>{escape(post.title)}</title><link>{post.url}</link>"
        f'<guid isPermaLink="true">{post.url}</guid><pubDate>{mail_date(post.published)}</pubDate>{creator}{categories}'
        f"<description>{escape(excerpt(post))}</description>"
        f"<content:encoded><![CDATA[{post_html(post)}]]></content:encoded></item>\n"
    )


def comments_rss(post: SamplePost) -> str:
    """A post's own feed of comments, which lists no post."""
    items = "".join(
        f"<item><title>By: {escape(comment.name)}</title><link>{post.url}#comment-{turn}</link>"
        f"<pubDate>{mail_date(comment.day)}</pubDate><description>{escape(comment.text)}</description></item>"
        for turn, comment in enumerate(post.comments, start=1)
    )
    return (
        f'{DECLARATION}<rss version="2.0"><channel><title>Comments on: {escape(post.title)}</title>'
        f"<link>{post.url}</link><description></description>{items}</channel></rss>\n"
    )


def atom(
    blog: SampleBlog, posts: Sequence[SamplePost], *, self_url: str, generator: str = "", next_url: str = ""
) -> str:
    """An Atom feed with the whole text of each post."""
    links = f'<link rel="self" type="application/atom+xml" href="{escape(self_url)}"/>'
    if next_url:
        links += f'<link rel="next" type="application/atom+xml" href="{escape(next_url)}"/>'
    made_by = f"<generator>{generator}</generator>" if generator else ""
    updated = iso_moment(posts[0].published) if posts else "2009-01-01T00:00:00+00:00"
    entries = "".join(_atom_entry(post) for post in posts)
    return (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom"><id>{blog.url}</id><title>{escape(blog.name)}</title>'
        f'<updated>{updated}</updated><link rel="alternate" type="text/html" href="{blog.url}"/>{links}{made_by}\n'
        f"{entries}</feed>\n"
    )


def _atom_entry(post: SamplePost) -> str:
    people = "".join(f"<author><name>{escape(author.name)}</name></author>" for author in post.authors)
    moment = iso_moment(post.published)
    return (
        f"<entry><id>{post.url}</id><title>{escape(post.title)}</title><published>{moment}</published>"
        f'<updated>{moment}</updated><link rel="alternate" type="text/html" href="{post.url}"/>{people}'
        f'<content type="html">{escape(post_html(post))}</content></entry>\n'
    )


def sitemap(entries: Iterable[tuple[str, date | None]]) -> str:
    """A sitemap of (URL, day of its last change)."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{iso_moment(day)}</lastmod>' if day else ''}</url>\n"
        for url, day in entries
    )
    return f'{DECLARATION}<urlset xmlns="{SITEMAP}">\n{rows}</urlset>\n'


def sitemap_index(urls: Iterable[str]) -> str:
    rows = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return f'{DECLARATION}<sitemapindex xmlns="{SITEMAP}">\n{rows}</sitemapindex>\n'
