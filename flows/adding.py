"""`sectorscope add`: look at a blog, read three of its posts, say what could and could not be read, write its entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.records import Blog, Post
from flows.workspace import Workspace, add_blog, key_of

if TYPE_CHECKING:
    from crawl.probe import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at a blog gave: the entry it would get, the probe, and the posts that were read."""

    blog: Blog
    probe: Probe
    posts: tuple[Post, ...]

    @property
    def told(self) -> str:
        """The look, line by line, for a person."""
        probe = self.probe
        lines = [
            f"{self.blog.name}  {probe.final_url}",
            f"  scope     {self.blog.scope}",
            f"  platform  {probe.platform or 'not recognised'}",
            f"  robots    {'lets us in' if probe.is_allowed else 'forbids us'}"
            + (f", asks for {probe.delay:g} s between requests" if probe.delay else ""),
            f"  sitemaps  {listed(probe.sitemaps)}",
            f"  feeds     {listed(probe.feeds)}",
        ]
        for post in self.posts:
            who = ", ".join(person.name for person in post.people) or "no author read"
            when = post.published.value.isoformat() if post.published else "no date read"
            lines.append(
                f"  {post.kind:9} {post.title or 'no title read'} · {who} · {when} · {len(post.text.split())} words"
            )
        lines += [f"  problem   {problem}" for problem in probe.problems]
        return "\n".join(lines)


def listed(places: Sequence[tuple[str, int]]) -> str:
    """Feeds or sitemaps, each with the number of its entries."""
    return ", ".join(f"{at} ({count} entries)" for at, count in places) or "none"


def looked_at(workspace: Workspace, url: str, *, key: str | None, name: str | None, group: str | None) -> Seen:
    """Look at the blog at ``url`` with few requests. Raises CrawlError where it cannot be reached or robots forbids."""
    from crawl.probe import probe
    from extract.post import extract_post

    found = probe(url, workspace.settings().crawl)
    posts = tuple(
        extract_post(page.body, page.final_url, content_type=page.content_type, as_of=page.fetched_at.date())
        for page in found.posts
    )
    at = found.final_url
    blog = Blog(key=key or key_of(at), name=name or found.title or key_of(at), url=at, scope=found.scope, group=group)
    return Seen(blog=blog, probe=found, posts=posts)


def written(workspace: Workspace, seen: Seen) -> Blog:
    """Write the blog's entry into blogs.toml; gives it with the key that it got."""
    return add_blog(workspace, seen.blog)


def shown(seen: Seen) -> dict[str, Any]:
    """The look as JSON."""
    return {
        "key": seen.blog.key,
        "name": seen.blog.name,
        "url": seen.blog.url,
        "scope": seen.blog.scope,
        "platform": seen.probe.platform,
        "is_allowed": seen.probe.is_allowed,
        "sitemaps": [at for at, _ in seen.probe.sitemaps],
        "feeds": [at for at, _ in seen.probe.feeds],
        "problems": list(seen.probe.problems),
        "posts": [
            {
                "url": post.canonical_url,
                "kind": post.kind,
                "title": post.title,
                "authors": [person.name for person in post.people],
                "date": post.published.value.isoformat() if post.published else None,
            }
            for post in seen.posts
        ],
    }
