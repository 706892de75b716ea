"""The flow `harvest`: crawl the sector's blogs into the archive. Hosts side by side, one connection each."""

# No postponed annotations in modules of flows: Prefect sends a flow to its process without the names they would need.

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prefect import flow, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.records import CrawlSettings, CrawlSummary, Fetch
from crawl.tombstones import read_tombstones
from crawl.walk import OLDER, Progress, crawl
from extract.records import Blog
from flows.artifacts import leave_harvest
from flows.progress import Job, display
from flows.records import Harvested
from flows.runtime import CRAWLING, load
from flows.workspace import Workspace

SAID_AT_ONCE = 10.0  # seconds: a longer wait is told where plain lines are seldom

# reason: what a person can do, where it is another thing than checking the address
NOT_REACHED = {
    "private address": "not reached (private address): set allow_private = true under [crawl] if it is your own network",
}


@flow(name="harvest")
def harvest(
    root: str, blogs: Sequence[str] = (), overrides: Mapping[str, Any] | None = None, since: date | None = None
) -> list[Harvested]:
    """Crawl the enabled blogs of the workspace at ``root``, or those named. One blog's failure is not another's.

    ``overrides`` replaces crawl settings (``delay``, ``max_pages`` …) for this run, a blog's own too. ``since`` leaves out pages that
    are known to be older.
    """
    workspace = Workspace(Path(root))
    settings = replace(workspace.settings().crawl, **(overrides or {}))
    wanted = [without_overridden(blog, overrides or {}) for blog in workspace.blogs(blogs)]
    hosts = by_host(wanted)
    load(CRAWLING)
    done = harvest_host.map(
        list(hosts), list(hosts.values()), unmapped(str(workspace.archive)), unmapped(settings), unmapped(since)
    ).result()
    found = {result.blog: result for results in done for result in results}
    harvested = [found[blog.key] for blog in wanted]
    leave_harvest(harvested)
    return harvested


def by_host(blogs: Sequence[Blog]) -> dict[str, list[Blog]]:
    """The blogs of each host: they are crawled one after the other, so that no host is asked by two at once."""
    hosts: dict[str, list[Blog]] = {}
    for blog in blogs:
        hosts.setdefault((urlsplit(blog.url).hostname or "").removeprefix("www."), []).append(blog)
    return hosts


@task(name="harvest host", task_run_name="harvest {host}", cache_policy=NO_CACHE)
def harvest_host(
    host: str,  # noqa: ARG001 - it names the task run
    blogs: Sequence[Blog],
    archive: str,
    settings: CrawlSettings,
    since: date | None = None,
) -> list[Harvested]:
    """Crawl the blogs of one host, one after the other."""
    return [harvest_blog(blog, archive, settings, since) for blog in blogs]


def harvest_blog(blog: Blog, archive: str, settings: CrawlSettings, since: date | None = None) -> Harvested:
    """Crawl one blog. What the web does is in the summary; what keeps the blog from being crawled is the problem."""
    if read_tombstones(Path(archive)).has_blog(blog.scope):
        return Harvested(blog=blog.key, summary=None, problem="it was forgotten and is not crawled again")
    job, kept = display().job(blog.key), Archive(Path(archive))
    try:
        summary = crawl(blog, kept, settings, since=since, on_progress=lambda at: told(job, at))
    except CrawlError as failed:
        job.finish("not crawled")  # why is said at the end of the run, blog by blog
        return Harvested(blog=blog.key, summary=None, problem=str(failed))
    problem = problem_of(summary, kept.ledger(blog.key))
    job.finish("nothing fetched" if problem else sentence(summary, goes_on=kept.unfinished(blog.key) is not None))
    return Harvested(blog=blog.key, summary=summary, problem=problem)


def told(job: Job, at: Progress) -> None:
    """Show how far a crawl is, how fast it goes, and what it waits for; a long wait is said at once."""
    job.update(at.found - at.waiting, at.found, pace(at), now=at.wait >= SAID_AT_ONCE)


def pace(at: Progress) -> str:
    """Rate, time left and wait of a crawl in a few words, such as ``2.1/s, 4 min left, waits 30 s: Retry-After``."""
    parts = []
    if at.rate:
        parts.append(f"{at.rate:.1f}/s" if at.rate >= 1 else f"{at.rate * 60:.0f}/min")
    if at.left and at.waiting:
        parts.append(f"{span(at.left)} left")
    if at.failed:
        parts.append(f"{at.failed} failed")
    if at.wait:
        parts.append(f"waits {span(at.wait)}: {at.waits_for}")
    elif at.waits_for:
        parts.append(f"waits for {at.waits_for}")
    return ", ".join(parts)


def span(seconds: float) -> str:
    """A time as a person says it: 40 s, 12 min, 3.5 h."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def without_overridden(blog: Blog, overrides: Mapping[str, Any]) -> Blog:
    """``blog`` with its own limits dropped where this run overrides them."""
    return replace(
        blog,
        delay=None if "delay" in overrides else blog.delay,
        max_pages=None if "max_pages" in overrides else blog.max_pages,
    )


def problem_of(summary: CrawlSummary, ledger: Sequence[Fetch]) -> str | None:
    """Why a crawl brought nothing at all, with what to do next; None where it brought something."""
    if summary.fetched + summary.unchanged:
        return None
    reasons = [reason for reason, _ in summary.failed]
    if "robots" in reasons:
        return "its robots.txt forbids the crawl: ask the blog's owner"
    if "robots unreachable" in reasons:  # what kept its robots.txt from us is the true reason
        reasons = [fetch.reason or "?" for fetch in ledger if fetch.crawl == summary.crawl and fetch.how == "robots"]
    why = reasons[-1] if reasons else "nothing was found"
    return NOT_REACHED.get(why, f"not reached ({why}): check its url in blogs.toml, and your connection")


def sentence(summary: CrawlSummary, *, goes_on: bool) -> str:
    """A crawl in one line for a person; ``goes_on``: it was cut short, and the next run takes it up."""
    failed = sum(count for _, count in summary.failed)
    parts = [f"{summary.fetched} fetched", f"{summary.unchanged} unchanged"]
    if failed:
        parts.append(f"{failed} failed ({', '.join(f'{why} {n}' for why, n in summary.failed[:3])})")
    older = dict(summary.left_out).get(OLDER)
    if goes_on and not summary.is_complete:
        parts.append("the host stopped answering, the next run goes on")
    elif older:
        parts.append(f"{older} {OLDER}")
    elif not summary.is_complete:
        parts.append("not complete: max_pages reached")
    return ", ".join(parts)


def runner(parallel_hosts: int) -> TaskRunner[Any]:
    """Crawling waits more than it works: threads, one a host."""
    return ThreadPoolTaskRunner(max_workers=parallel_hosts)
