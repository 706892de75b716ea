"""`sectorscope inspect`: one page, what was read on it, where it was found and why, and what else might have been."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from extract.records import Blog, FetchedPage, Post, SiteProfile
from flows.workspace import Workspace

if TYPE_CHECKING:
    from crawl.archive import Archive
    from crawl.records import Fetch
    from extract.explanation import Explained, Finding


_STEPS = 3  # of a path that a person is shown; JSON has all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A page as it was read: of which blog, from the archive or the web, with a profile of how many pages, by how many rules."""

    url: str
    blog: str | None
    origin: str
    profile_pages: int
    rules: int
    post: Post
    parts: tuple[Explained, ...]

    @property
    def told(self) -> str:
        """The page, line by line, for a person."""
        post = self.post
        known = f"profile of {self.profile_pages} pages" if self.profile_pages else "no profile"
        lines = [
            self.url,
            f"  {self.blog or 'no blog of this workspace'} · {self.origin} · {known} · {self.rules} rules",
        ]
        for part in self.parts:
            lines.append(f"{part.what:9}{line_of(part.chosen) if part.chosen else 'not found'}")
            same = [f.source for f in part.others if part.chosen is not None and f.value == part.chosen.value]
            if same:
                lines.append(f"{'':9}also: {', '.join(dict.fromkeys(same))}")
            lines += [
                f"{'':9}not:  {line_of(f)}" for f in part.others if part.chosen is None or f.value != part.chosen.value
            ]
        lines.append(
            f"and      {len(post.links)} links, {len(post.references)} references, {len(post.tags)} tags, "
            f"language {post.language or 'unknown'}" + (", cut off by a paywall" if post.is_truncated else "")
        )
        return "\n".join(lines)

    @property
    def shown(self) -> dict[str, Any]:
        """The page as JSON."""
        return {
            "url": self.url,
            "blog": self.blog,
            "origin": self.origin,
            "profile_pages": self.profile_pages,
            "rules": self.rules,
            "parts": {part.what: asdict(part) for part in self.parts},
            "post": asdict(self.post),
        }


def line_of(finding: Finding) -> str:
    from flows.cli_common import plain

    score = f" {finding.score:.2f}" if finding.score is not None else ""
    steps = (finding.where or "").split("/")
    place = "/".join(steps if len(steps) <= _STEPS else ["…", *steps[-_STEPS:]])
    where = f" at {place}" if place else ""
    return plain(f"{finding.value}  [{finding.source}{score}{where}]")


def inspected(workspace: Workspace, url: str, *, key: str | None = None, fetch: bool = False) -> Inspected:
    """Read the page at ``url`` as `process` would. It comes from the archive, or from the web if it is not there.

    Raises FetchFailed where it cannot be fetched, UnknownBlog where blogs.toml has no blog ``key``.
    """
    from crawl.archive import Archive
    from crawl.listed import listed_posts
    from crawl.probe import look_at
    from crawl.urls import same_page_key
    from extract.explanation import explained

    blog = blog_of(workspace, url, key)
    archive = Archive(workspace.archive)
    latest = archive.latest(blog.key) if blog is not None else []
    held = None if fetch else holding(latest, url)
    held = archive.holding(held) if held is not None else None
    page = archive.read(held) if held is not None else look_at(url, workspace.settings().crawl)
    site = learnt(archive, latest)
    rules = blog.rules if blog is not None else ()
    post, parts = explained(
        page.body,
        page.final_url,
        content_type=page.content_type,
        site=site,
        rules=rules,
        as_of=page.fetched_at.date(),
        listed=listed_posts(archive, blog.key).get(same_page_key(page.url)) if blog is not None else None,
    )
    return Inspected(
        url=page.final_url,
        blog=blog.key if blog is not None else None,
        origin=origin_of(page, held),
        profile_pages=site.pages if site is not None else 0,
        rules=len(rules),
        post=post,
        parts=parts,
    )


def blog_of(workspace: Workspace, url: str, key: str | None) -> Blog | None:
    """The blog named ``key``, else the one in whose scope ``url`` lies; None if there is none."""
    from crawl.urls import in_scope

    if key is not None:
        return workspace.blogs([key])[0]
    known = sorted(workspace.blogs(), key=lambda blog: -len(blog.scope))
    return next((blog for blog in known if in_scope(url, blog.scope)), None)


def holding(latest: list[Fetch], url: str) -> Fetch | None:
    """The newest capture of ``url``, or of another spelling of it."""
    from crawl.urls import same_page_key

    wanted = same_page_key(url)
    exact = next((fetch for fetch in latest if fetch.url == url), None)
    return exact or next((fetch for fetch in latest if same_page_key(fetch.url) == wanted), None)


def learnt(archive: Archive, latest: list[Fetch]) -> SiteProfile | None:
    """The profile that `process` would read the blog's pages with; None where nothing of it is archived."""
    from extract.site import learn_site
    from flows.learning import pages_of, sample

    return learn_site(pages_of(archive, sample(latest))) if latest else None


def origin_of(page: FetchedPage, held: Fetch | None) -> str:
    if held is None:
        return f"fetched {page.fetched_at:%Y-%m-%d %H:%M} UTC"
    return f"archived {held.fetched_at:%Y-%m-%d} in {held.warc_file} at {held.warc_offset}"
