"""What a blog's own feeds and sitemaps say of its posts, as the archive has them. Reads the archive, never the web.

Feeds hold the last few posts only, so every capture of one is read: together they name what was posted while the blog was
crawled. What was said first of a post stays: feeds that are made anew, and sitemaps that give the day of their making for
every page, change their word.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from crawl import feeds, sitemaps
from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.links import is_html
from crawl.records import Fetch, Found
from crawl.urls import absolute, same_page_key
from extract.records import ListedPost


def listed_posts(archive: Archive, blog: str) -> dict[str, ListedPost]:
    """By `same_page_key`, what the feeds and sitemaps of ``blog`` say of each page they name. Raises ArchiveBroken."""
    said: dict[str, ListedPost] = {}
    leads: dict[str, str] = {}
    for fetch in sorted(archive.ledger(blog), key=lambda fetch: fetch.fetched_at):
        if fetch.outcome == "redirected" and (target := absolute(fetch.location or "", fetch.url)):
            leads[same_page_key(fetch.url)] = same_page_key(target)
        if fetch.outcome != "fetched" or is_html(fetch.content_type) or fetch.url.endswith("/robots.txt"):
            continue
        for found in _named(archive, fetch):
            key = same_page_key(found.url)
            known = said.get(key, ListedPost())
            if found.how == "feed" and found.published and known.published is None:
                said[key] = replace(known, published=found.published)
            elif found.how == "sitemap" and found.lastmod and known.changed is None:
                said[key] = replace(known, changed=found.lastmod)
    for key in [key for key in said if key in leads]:  # services that count readers have addresses of their own
        said.setdefault(_end(leads, key), said[key])
    return said


def _all_alike(items: tuple[Found, ...]) -> bool:
    """Whether a feed gives the same day for all of many posts: that of its own making, or of the blog's move."""
    days = {(item.published or "")[: _MAIL_DAY if "," in (item.published or "") else _ISO_DAY] for item in items}
    return len(items) >= _MANY and len(days) == 1


_MANY = 5
_MAIL_DAY, _ISO_DAY = len("Mon, 02 Jun 2014"), len("2014-06-02")


def _end(leads: dict[str, str], key: str) -> str:
    """Where the redirects from a page end."""
    for _ in range(_MOST_HOPS):
        if key not in leads:
            break
        key = leads[key]
    return key


_MOST_HOPS = 6


def _named(archive: Archive, fetch: Fetch) -> tuple[Found, ...]:
    """What one capture names; nothing if it cannot be read, or is neither sitemap nor feed of posts: feeds of comments
    name the post, with the comment's day."""
    with suppress(CrawlError):
        page = archive.read(fetch)
        feed = feeds.parsed(page.body, fetch.url, fetch.content_type)
        if feed.items:
            is_usable = feeds.is_own(fetch.url, feed.title) and not _all_alike(feed.items)
            return feed.items if is_usable else ()
        return sitemaps.parsed(page.body, fetch.url).pages
    return ()
