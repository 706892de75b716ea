"""Puts the sample together: `build` gives its blogs, its posts and every answer of its web."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import MappingProxyType

from sector.sample.plan import BLOGS
from sector.sample.platforms import blogger, drupal, ghost, govuk, handmade, jekyll, wordpress
from sector.sample.posts import REPORTS, build_posts
from sector.sample.records import SampleBlog, SamplePost, Sector
from sector.sample.shelf import Shelf
from sector.sample.special import MISSING_PAGE
from sector.sample.web import Web

PUBLISHERS: dict[str, Callable[[Web, Shelf], None]] = {
    "wordpress": wordpress.publish,
    "drupal": drupal.publish,
    "blogger": blogger.publish,
    "ghost": ghost.publish,
    "jekyll": jekyll.publish,
    "govuk": govuk.publish,
    "handmade": handmade.publish,
}


@cache
def build() -> Sector:
    """The sample sector: the same at every call, on every machine, on every day."""
    posts = build_posts()
    web = Web()
    for blog in BLOGS:
        own = [post for post in posts if post.blog == blog.key]
        PUBLISHERS[blog.platform](web, Shelf(blog, tuple(sorted(own, key=_newest_first, reverse=True))))
        _reports(web, blog, own)
    return Sector(
        blogs=BLOGS, posts=posts, responses=MappingProxyType(web.responses), missing=frozenset({MISSING_PAGE})
    )


def _newest_first(post: SamplePost) -> tuple[object, ...]:
    return (post.published, post.number)


def _reports(web: Web, blog: SampleBlog, posts: list[SamplePost]) -> None:
    """The PDF files that the posts link to."""
    if pattern := REPORTS.get(blog.platform):
        web.files(blog.host, *(pattern.format(number=post.number) for post in posts if post.number % 4 == 0))
