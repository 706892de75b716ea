"""Who cites what, as the page shows it: how many rows of each table, and the page of evidence behind their numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.evidence_pages import FOLDER
from analysis.records import PostView
from analysis.report_records import Cited, ReportInput, WhoCites
from analysis.templating import environment

PAGE = "who-cites.html"  # no theme's: their keys have no hyphen
MOST_ROWS = 20  # of a table; the files have all
MOST_LISTED = 50  # posts of a row
FEWEST_POSTS = 2  # a work of one post is that post's
FEWEST_BLOGS = 2  # a site that one blog alone links to says who that blog is


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The posts behind one number, at most `MOST_LISTED` of them; ``left_out`` are not listed."""

    anchor: str
    name: str
    posts: tuple[PostView, ...]
    left_out: int

    @property
    def where(self) -> str:
        """Where they are listed, from the report."""
        return f"{FOLDER}/{PAGE}#{self.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationPages:
    """The rows that the report shows, each with the list behind it."""

    works: tuple[tuple[Cited, Listed], ...]
    sites: tuple[tuple[Cited, Listed], ...]
    blogs: tuple[tuple[tuple[str, str], Listed], ...]  # (blog, the blog it links to)
    of: WhoCites

    @property
    def once(self) -> int:
        """Works that one post cites."""
        return sum(len(row.posts) < FEWEST_POSTS for row in self.of.works)

    @property
    def lists(self) -> Mapping[str, Sequence[Listed]]:
        """By heading, without empty ones."""
        found = {
            "Works": [one for _, one in self.works],
            "Sites": [one for _, one in self.sites],
            "Blogs": [one for _, one in self.blogs],
        }
        return {heading: lists for heading, lists in found.items() if lists}


def citation_pages(report: ReportInput, found: WhoCites, names: Mapping[str, str]) -> CitationPages:
    """The rows shown: works that two posts cite, by how many blogs do; sites that two blogs link to, where there are several; links between blogs."""
    fewest = min(FEWEST_BLOGS, len({post.blog for post in report.posts}))
    sites = [row for row in found.sites if len(row.by) >= fewest and not row.is_blog][:MOST_ROWS]

    works = [row for row in found.works if len(row.posts) >= FEWEST_POSTS][:MOST_ROWS]

    def listed(anchor: str, name: str, posts: Sequence[PostView]) -> Listed:
        return Listed(
            anchor=anchor,
            name=name,
            posts=tuple(_chosen(posts, str(report.seed))),
            left_out=max(0, len(posts) - MOST_LISTED),
        )

    return CitationPages(
        works=tuple((row, listed(f"work-{k}", row.name, row.posts)) for k, row in enumerate(works, 1)),
        sites=tuple((row, listed(f"site-{k}", row.name, row.posts)) for k, row in enumerate(sites, 1)),
        blogs=tuple(
            ((one.blog, one.to), listed(f"blog-{k}", f"{names.get(one.blog, one.blog)} → {names.get(one.to, one.to)}", one.posts))
            for k, one in enumerate(found.blogs[:MOST_ROWS], 1)
        ),
        of=found,
    )  # fmt: skip


def citations_html(report: ReportInput, pages: CitationPages, names: Mapping[str, str], report_file: str) -> str:
    """The page of evidence."""
    template = environment().get_template("who_cites_evidence.html")
    return template.render(report=report, pages=pages, names=names, report_file=report_file, most=MOST_LISTED)


def _chosen(posts: Sequence[PostView], seed: str) -> list[PostView]:
    """As many of the posts as are listed, the first in a fixed random order, by date."""
    if len(posts) > MOST_LISTED:
        posts = sorted(posts, key=lambda post: hashlib.sha256(f"{seed}|{post.url}".encode()).digest())[:MOST_LISTED]
    return sorted(posts, key=lambda post: (post.published, post.blog, post.url))
