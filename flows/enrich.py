"""The flow `enrich`: what the archive holds becomes rows. Learn each blog's ways, read its pages in batches, load, publish."""

# No postponed annotations in modules of flows: Prefect sends a flow to its process without the names they would need.

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.listed import listed_posts
from crawl.records import Fetch
from crawl.tombstones import read_tombstones
from crawl.urls import same_page_key
from extract.records import Blog, BlogRule, ListedPost, SiteProfile
from extract.version import EXTRACTOR_VERSION
from flows.artifacts import leave_enriched
from flows.batches import Batch, page_stamp, read_batch
from flows.errors import SettingsBroken
from flows.forgetting import forget_again
from flows.learning import pages_of, sample
from flows.lexicon import count_themes, lexicon_of
from flows.marking import remove_quotes
from flows.progress import display
from flows.publishing import publish_from
from flows.records import Enriched
from flows.reporting import STATED
from flows.runtime import READING, load
from flows.searching import refresh_index
from flows.settings import EnrichSettings
from flows.workspace import Workspace
from warehouse.health import BlogStatus, not_quotable, status
from warehouse.store import Store, discard


@flow(name="enrich")
def enrich(root: str, blogs: Sequence[str] = (), from_scratch: bool = False) -> list[Enriched]:
    """Read what is new in the archive of the workspace at ``root`` into its warehouse, and publish it.

    Work is new where a page's content, the extractor or what was learnt of its blog has changed. With ``from_scratch``
    the warehouse is made again from nothing. One blog's failure is not another's.
    """
    workspace = Workspace(Path(root))
    lexicon = lexicon_of(workspace)
    wanted = workspace.blogs(blogs)
    if from_scratch:
        discard(workspace.working)
    with Store(workspace.working) as store:
        shutil.rmtree(workspace.shards, ignore_errors=True)  # of a killed run: what they held is read again
        run = store.start_run("enrich", versions())
        store.save_blogs(workspace.blogs())
        done = read_blogs(workspace, store, wanted)
        count_themes(store, lexicon)
        outcome = "partial" if any(result.problem for result in done) else "finished"
        store.finish_run(run, outcome, {"pages": sum(r.read for r in done), "posts": sum(r.posts for r in done)})
        publish_from(store, workspace)
        remove_quotes(workspace, not_quotable(store.connection))
    refresh_index(workspace)
    leave_enriched(done)
    return done


def read_blogs(workspace: Workspace, store: Store, blogs: Sequence[Blog]) -> list[Enriched]:
    """Learn the blogs, read their new pages where the flow's task runner says, and load each batch as it comes."""
    archive = Archive(workspace.archive)
    load(READING)
    ledgers = {blog.key: ledger_of(archive, blog) for blog in blogs}
    # A page that was only confirmed is read, and cited, where its body lies: so rows do not change with each re-crawl.
    latest = {
        key: [archive.holding(fetch) for fetch in archive.latest(key)]
        for key, ledger in ledgers.items()
        if not isinstance(ledger, str)
    }
    listed = {key: listed_in(archive, key, pages) for key, pages in latest.items()}
    learning = {key: learn_blog.submit(str(workspace.archive), tuple(sample(pages))) for key, pages in latest.items()}
    rules = {blog.key: blog.rules for blog in blogs}
    work: dict[str, list[Fetch]] = {}
    reading = []
    for key, future in learning.items():
        profile = future.result()
        store.save_profile(key, profile_json(profile), profile.digest)
        stamp = stamp_of(profile, rules[key])
        work[key] = new_work(latest[key], store.known_pages(key), stamp, listed[key])
        batches = cut(workspace, key, work[key], profile, rules[key], stamp, listed[key])
        reading += [read_task.submit(batch) for batch in batches]
    job = display().job("reading")
    for count, done in enumerate(as_completed(reading), 1):
        shard = Path(done.result())
        store.load(shard)
        shutil.rmtree(shard)
        job.update(count, len(reading), "batches")
    for key, pages in latest.items():
        store.save_fetches(key, ledgers[key])  # type: ignore[arg-type]
        store.drop_pages(key, store.known_pages(key).keys() - {page.url for page in pages})
        forget_again(store, archive, key)
    held = {row.blog: row for row in status(store.connection)}
    results = [enriched(blog, ledgers[blog.key], latest, work, held[blog.key]) for blog in blogs]
    job.finish(
        f"{sum(r.read for r in results)} of {sum(r.pages for r in results)} pages read, {sum(r.posts for r in results)} posts"
    )
    return results


def ledger_of(archive: Archive, blog: Blog) -> list[Fetch] | str:
    """The blog's fetches, or why they cannot be read."""
    try:
        return archive.ledger(blog.key)
    except CrawlError as broken:
        return str(broken)


def enriched(
    blog: Blog,
    ledger: list[Fetch] | str,
    latest: dict[str, list[Fetch]],
    work: dict[str, list[Fetch]],
    held: BlogStatus,
) -> Enriched:
    """What became of a blog, and what a person should look at where nothing did."""
    problem = None
    if isinstance(ledger, str):
        problem = ledger
    elif not ledger:
        problem = f"nothing crawled yet: run `sectorscope crawl {blog.key}`"
    elif latest[blog.key] and not held.posts:
        problem = "no posts found: are its url and scope in blogs.toml right?"
    return Enriched(
        blog=blog.key,
        pages=len(latest.get(blog.key, ())),
        read=len(work.get(blog.key, ())),
        posts=held.posts,
        quarantined=held.quarantined,
        problem=problem,
    )


@task(name="learn blog", cache_policy=NO_CACHE)
def learn_blog(archive: str, fetches: tuple[Fetch, ...]) -> SiteProfile:
    """What the blog's pages have in common."""
    from extract.site import learn_site

    return learn_site(pages_of(Archive(Path(archive)), fetches))


@task(name="read batch", task_run_name="read {batch.name}", cache_policy=NO_CACHE)
def read_task(batch: Batch) -> str:
    return read_batch(batch)


def profile_json(profile: SiteProfile) -> str:
    """A profile as JSON that a person can read: the same profile, the same text."""
    return json.dumps(asdict(profile), ensure_ascii=False, indent=1)


def versions() -> dict[str, str]:
    return {name: version(name) for name in STATED} | {"extractor": EXTRACTOR_VERSION}


def stamp_of(profile: SiteProfile, rules: Sequence[BlogRule]) -> str:
    """What a blog's pages were read with, besides the extractor: the digest of its profile, and that of its rules if any."""
    written = hashlib.sha256(repr(tuple(rules)).encode()).hexdigest()[:8] if rules else ""
    return f"{profile.digest}+{written}" if written else profile.digest


def listed_in(archive: Archive, key: str, pages: Sequence[Fetch]) -> dict[str, ListedPost]:
    """By URL, what the blog's feeds and sitemaps say of its pages."""
    said = listed_posts(archive, key)
    keys = ((page.url, same_page_key(page.url)) for page in pages)
    return {url: said[at] for url, at in keys if at in said}


def new_work(
    latest: Sequence[Fetch],
    known: dict[str, tuple[str, str | None, str | None]],
    stamp: str,
    listed: Mapping[str, ListedPost],
) -> list[Fetch]:
    """The captures that were not read yet in just this way, in URL order."""
    ways = ((f, (f.digest, EXTRACTOR_VERSION, page_stamp(stamp, listed.get(f.url)))) for f in latest)
    return sorted((f for f, way in ways if known.get(f.url) != way), key=lambda f: f.url)


def cut(
    workspace: Workspace,
    key: str,
    new: Sequence[Fetch],
    profile: SiteProfile,
    rules: tuple[BlogRule, ...],
    stamp: str,
    listed: Mapping[str, ListedPost],
) -> list[Batch]:
    """Batches that read few archive files each: in the order in which the captures lie there."""
    size = workspace.settings().enrich.batch_size
    stones = read_tombstones(workspace.archive)
    lying = sorted(new, key=lambda f: (f.warc_file or "", f.warc_offset or 0))
    return [
        Batch(
            archive=str(workspace.archive),
            blog=key,
            fetches=tuple(part),
            profile=profile,
            rules=rules,
            stamp=stamp,
            listed={fetch.url: listed[fetch.url] for fetch in part if fetch.url in listed},
            shards=str(workspace.shards),
            name=f"{key}-{number:05d}",
            tombstones=stones,
        )
        for number, part in enumerate(parts(lying, size))
    ]


def parts(items: Sequence[Fetch], size: int) -> Iterator[Sequence[Fetch]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def runner(settings: EnrichSettings) -> TaskRunner[Any]:
    """Where the batches run. Raises SettingsBroken where Dask is asked for and prefect-dask is not installed."""
    if settings.task_runner == "process":
        return ProcessPoolTaskRunner(max_workers=settings.workers)
    if settings.task_runner == "dask":
        try:
            from prefect_dask.task_runners import DaskTaskRunner
        except ImportError:
            raise SettingsBroken(
                "enrich.task_runner is dask, and prefect-dask is not installed.", 'Install the extra "dask".'
            ) from None
        if settings.dask_address:
            return DaskTaskRunner(address=settings.dask_address)
        return DaskTaskRunner(cluster_kwargs={"n_workers": settings.workers, "threads_per_worker": 1})
    return ThreadPoolTaskRunner(max_workers=settings.workers)
