"""Who cites what, over all posts of a report: works, sites, and the listed blogs each other. Descriptions; no test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from analysis.networks import citation_network, edges_of
from analysis.records import PostView, Site, Work
from analysis.report_records import BlogLink, Cited, WhoCites

FEWEST_SHARED = 2  # works that two blogs must both cite to be called alike: one may be chance

T = TypeVar("T", Work, Site)


def who_cites(posts: Sequence[PostView]) -> WhoCites:
    """All works and sites that ``posts`` cite, and all links between blogs. The order of the posts does not matter."""
    posts = sorted(posts, key=lambda post: (post.published, post.blog, post.url))
    links: dict[tuple[str, str], list[PostView]] = {}
    for post in posts:
        for to in dict.fromkeys(site.blog for site in post.linked if site.blog is not None):
            links.setdefault((post.blog, to), []).append(post)
    order = edges_of((blog, post.url, to) for (blog, to), citing in links.items() for post in citing)
    network = citation_network(
        ((post.blog, post.url, str(work.key)) for post in posts for work in post.cited), fewest=FEWEST_SHARED
    )
    return WhoCites(
        works=_cited(posts, lambda post: post.cited),
        sites=_cited(posts, lambda post: post.linked),
        blogs=tuple(BlogLink(blog=edge.blog, to=edge.work, posts=tuple(links[edge.blog, edge.work])) for edge in order),
        alike=network.alike_blogs,
    )


def _cited(posts: Iterable[PostView], things: Callable[[PostView], tuple[T, ...]]) -> tuple[Cited, ...]:
    """What is cited, by most blogs first, then by most posts."""
    found: dict[T, list[PostView]] = {}
    for post in posts:
        for thing in dict.fromkeys(things(post)):
            found.setdefault(thing, []).append(post)
    rows = [Cited(thing=thing, posts=tuple(citing), by=_by(citing)) for thing, citing in found.items()]
    return tuple(sorted(rows, key=lambda row: (-len(row.by), -len(row.posts), row.name, row.key)))


def _by(posts: Iterable[PostView]) -> tuple[tuple[str, int], ...]:
    counted = Counter(post.blog for post in posts)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
