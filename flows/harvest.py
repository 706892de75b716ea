"""The flow `harvest`: crawl the sector's blogs into the archive. Hosts side by side, one connection each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.records import CrawlSettings, CrawlSummary
from crawl.walk import Progress, crawl
from extract.records import Blog
from flows.artifacts import leave_harvest
from flows.progress import Job, display
from flows.records import Harvested
from flows.workspace import Workspace


@flow(name="harvest")
def harvest(root: str, blogs: Sequence[str] = (), overrides: Mapping[str, Any] | None = None) -> list[Harvested]:
    """Crawl the enabled blogs of the workspace at ``root``, or those named. One blog's failure is not another's.

    ``overrides`` replaces crawl settings (``delay``, ``max_pages`` …) for this run, a blog's own too.
    """
    workspace = Workspace(Path(root))
    settings = replace(workspace.settings().crawl, **(overrides or {}))
    wanted = [without_overridden(blog, overrides or {}) for blog in workspace.blogs(blogs)]
    done = harvest_blog.map(wanted, unmapped(str(workspace.archive)), unmapped(settings)).result()
    leave_harvest(done)
    return done


@task(name="harvest blog", task_run_name="harvest {blog.key}", cache_policy=NO_CACHE)
def harvest_blog(blog: Blog, archive: str, settings: CrawlSettings) -> Harvested:
    """Crawl one blog. What the web does is in the summary; what keeps the blog from being crawled is the problem."""
    job = display().job(blog.key)
    try:
        summary = crawl(blog, Archive(Path(archive)), settings, on_progress=lambda at: told(job, at))
    except CrawlError as failed:
        job.finish(f"not crawled: {failed}")
        return Harvested(blog=blog.key, summary=None, problem=str(failed))
    problem = problem_of(summary)
    job.finish(problem or sentence(summary))
    return Harvested(blog=blog.key, summary=summary, problem=problem)


def told(job: Job, at: Progress) -> None:
    job.update(at.found - at.waiting, at.found, at.url or "")


def without_overridden(blog: Blog, overrides: Mapping[str, Any]) -> Blog:
    """``blog`` with its own limits dropped where this run overrides them."""
    return replace(
        blog,
        delay=None if "delay" in overrides else blog.delay,
        max_pages=None if "max_pages" in overrides else blog.max_pages,
    )


def problem_of(summary: CrawlSummary) -> str | None:
    """Why a crawl brought nothing at all, with what to do next; None where it brought something."""
    if summary.fetched + summary.unchanged:
        return None
    reasons = dict(summary.failed)
    if "robots" in reasons or (summary.excluded and not reasons):
        return "its robots.txt forbids the crawl: ask the blog's owner, or import an archive copy"
    why = next(iter(reasons), "nothing was found")
    return f"not reached ({why}): check the url in blogs.toml, and your connection"


def sentence(summary: CrawlSummary) -> str:
    """A crawl in one line for a person."""
    failed = sum(count for _, count in summary.failed)
    parts = [f"{summary.fetched} fetched", f"{summary.unchanged} unchanged"]
    if failed:
        parts.append(f"{failed} failed ({', '.join(f'{why} {n}' for why, n in summary.failed[:3])})")
    if not summary.is_complete:
        parts.append("cut short, the next run goes on")
    return ", ".join(parts)


def runner(parallel_hosts: int) -> TaskRunner[Any]:
    """Crawling waits more than it works: threads, one a host."""
    return ThreadPoolTaskRunner(max_workers=parallel_hosts)
