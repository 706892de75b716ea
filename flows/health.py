"""What `status` shows of every blog, and what `doctor` checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from flows.errors import SectorscopeError
from flows.settings import NO_CONTACT
from flows.workspace import Workspace

if TYPE_CHECKING:
    from crawl.archive import Archive
    from crawl.completeness import Completeness
    from crawl.records import Fetch
    from extract.records import Blog
    from warehouse.health import ReadPage


LIMITS = ("more than a sitemap may name", "more pages than a blog has", "endless pages")
"""Of the reasons why addresses are left out, those that a person should know of even where nothing failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    ok: bool
    says: str


def statuses(workspace: Workspace, keys: Iterable[str] = ()) -> list[dict[str, Any]]:
    """One row a blog: what its archive holds (also while a crawl runs), and what the snapshot made of it.

    ``promised`` and ``missing`` (`crawl.completeness`) are None before anything was read into the snapshot.
    """
    from crawl.archive import Archive

    archive = Archive(workspace.archive)
    held, read = posts_held(workspace)
    rows = []
    for blog in workspace.blogs(keys):
        posts, quarantined, oversized = held.get(blog.key, (None, None, None))
        whole = wholeness(archive, blog, read[blog.key]) if read.get(blog.key) else None
        rows.append(
            {
                "blog": blog.key,
                **crawled(archive, blog),
                "quarantined": quarantined,
                "posts": posts,
                "oversized": oversized,
                "promised": whole.promised if whole else None,
                "held": whole.held if whole else None,
                "missing": [asdict(post) for post in whole.missing] if whole else None,
            }
        )
    return rows


def told(row: dict[str, Any]) -> dict[str, Any]:
    """A row for a table: what a person looks at first; in one cell the commonest failures, and limits that were met."""
    met = [(reason, count) for reason, count in row["left_out"].items() if reason in LIMITS]
    reasons = ", ".join(f"{reason} {count}" for reason, count in [*list(row["why"].items())[:3], *met])
    whole = None if row["promised"] is None else f"{row['held']} of {row['promised']}"
    moment = row["last_run"]
    return {
        **{name: row[name] for name in ("blog", "found", "fetched", "unchanged", "failed", "excluded")},
        "why": reasons,
        "gone": row["gone"],
        "quarantined": row["quarantined"],
        "posts": row["posts"],
        "oversized": row["oversized"],
        "promised posts held": whole,
        "last run": f"{moment:%Y-%m-%d %H:%M}" if moment else None,
        "complete": row["complete"],
    }


def crawled(archive: Archive, blog: Blog) -> dict[str, Any]:
    """What the ledger of a blog says of its last crawl and of each URL's last request."""
    ledger = archive.ledger(blog.key, with_open=True)
    last = {fetch.url: fetch for fetch in ledger}  # in the order of time: the last one stands
    newest = max((fetch.crawl for fetch in ledger), default=None)
    outcomes = Counter(fetch.outcome for fetch in last.values())
    why = Counter(fetch.reason or "?" for fetch in last.values() if fetch.outcome == "failed")
    refused = Counter(fetch.reason or "?" for fetch in last.values() if fetch.outcome == "excluded")
    endings = archive.endings(blog.key)
    return {
        "found": len(last),
        "fetched": outcomes["fetched"],
        "unchanged": outcomes["unchanged"],
        "redirected": outcomes["redirected"],
        "excluded": outcomes["excluded"],
        "failed": outcomes["failed"],
        "why": dict([*why.most_common(), *refused.most_common()]),
        "left_out": dict(endings[-1].left_out) if endings else {},
        "gone": sum(is_gone(fetch) for fetch in last.values()),
        "last_run": min((fetch.fetched_at for fetch in ledger if fetch.crawl == newest), default=None),
        "last_fetch": max((fetch.fetched_at for fetch in ledger), default=None),
        "complete": any(ending.is_complete for ending in endings) and archive.unfinished(blog.key) is None,
    }


def is_gone(fetch: Fetch) -> bool:
    """Whether the server said, when it was asked last, that a page is no longer there."""
    return fetch.outcome == "failed" and fetch.status in (404, 410)


def wholeness(archive: Archive, blog: Blog, pages: Iterable[ReadPage]) -> Completeness | None:
    """The blog's promised posts against those held; None where the archive cannot be read (`doctor` says why)."""
    from crawl.completeness import completeness
    from crawl.errors import ArchiveError

    kinds = {page.url: page.kind for page in pages}
    canonicals = [page.canonical_url for page in pages if page.kind == "post" and page.canonical_url]
    try:
        return completeness(archive, blog, kinds, canonicals)
    except (ArchiveError, LookupError):
        return None


def posts_held(workspace: Workspace) -> tuple[dict[str, tuple[int, int, int]], dict[str, list[ReadPage]]]:
    """Of each blog in the snapshot: posts, quarantined pages and posts too large to be read whole, and what its pages were
    read as. Empty without one."""
    import warehouse
    from warehouse.health import oversized, read_pages, status

    if not workspace.warehouse.exists():
        return {}, {}
    with warehouse.open(workspace.warehouse) as snapshot:
        large = oversized(snapshot)
        held = {row.blog: (row.posts, row.quarantined, large.get(row.blog, 0)) for row in status(snapshot)}
        return held, read_pages(snapshot)


def checks(workspace: Workspace) -> list[Check]:
    """Every check, in the order in which things depend on each other."""
    return [
        check(workspace)
        for check in (settings_read, contact_given, themes_read, blogs_named, archive_whole, snapshot_sound)
    ]


def settings_read(workspace: Workspace) -> Check:
    try:
        workspace.settings()
    except SectorscopeError as broken:
        return Check(name="settings", ok=False, says=str(broken))
    return Check(name="settings", ok=True, says="sectorscope.toml is read")


def contact_given(workspace: Workspace) -> Check:
    try:
        agent = workspace.settings().crawl.user_agent
    except SectorscopeError:
        return Check(name="contact", ok=False, says="not known: the settings are broken")
    if NO_CONTACT in agent:
        return Check(
            name="contact", ok=False, says="none: write one into [workspace] contact, so that sites can reach you"
        )
    return Check(name="contact", ok=True, says=agent)


def themes_read(workspace: Workspace) -> Check:
    from analysis.themes import ThemesBroken
    from flows.lexicon import lexicon_of

    try:
        lexicon = lexicon_of(workspace)
    except ThemesBroken as broken:
        return Check(name="themes", ok=False, says=str(broken))
    return Check(name="themes", ok=True, says=f"{len(lexicon.themes)} themes, lexicon {lexicon.digest}")


def blogs_named(workspace: Workspace) -> Check:
    try:
        count = len(workspace.blogs())
    except SectorscopeError as broken:
        return Check(name="blogs", ok=False, says=str(broken))
    return Check(
        name="blogs", ok=count > 0, says=f"{count} enabled" if count else "none: add one with `sectorscope add URL`"
    )


def archive_whole(workspace: Workspace) -> Check:
    from crawl.archive import Archive
    from crawl.errors import CrawlError

    archive, captures = Archive(workspace.archive), 0
    try:
        for key in archive.blogs():
            captures += len(archive.ledger(key))
    except CrawlError as broken:
        return Check(name="archive", ok=False, says=str(broken))
    return Check(name="archive", ok=True, says=f"{captures} fetches of {len(archive.blogs())} blogs")


def snapshot_sound(workspace: Workspace) -> Check:
    import warehouse
    from warehouse.health import integrity

    if not workspace.warehouse.exists():
        return Check(name="warehouse", ok=True, says="none yet: `sectorscope run` makes it")
    with warehouse.open(workspace.warehouse) as snapshot:
        problems = integrity(snapshot)
    return Check(name="warehouse", ok=not problems, says="; ".join(problems) or "the snapshot is sound")
