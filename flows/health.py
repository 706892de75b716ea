"""What `status` shows of every blog, and what `doctor` checks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flows.errors import SectorscopeError
from flows.settings import NO_CONTACT
from flows.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    ok: bool
    says: str


def statuses(workspace: Workspace) -> list[dict[str, Any]]:
    """One row a blog: what its archive holds (also while a crawl runs), and what the snapshot made of it."""
    from crawl.archive import Archive

    archive = Archive(workspace.archive)
    held = posts_held(workspace)
    rows = []
    for blog in workspace.blogs():
        ledger = archive.ledger(blog.key, with_open=True)
        last = {fetch.url: fetch for fetch in ledger}  # in the order of time: the last one stands
        outcomes = Counter(fetch.outcome for fetch in last.values())
        why = Counter(fetch.reason or "?" for fetch in last.values() if fetch.outcome in ("failed", "excluded"))
        posts, quarantined = held.get(blog.key, (None, None))
        rows.append(
            {
                "blog": blog.key,
                "found": len(last),
                "fetched": outcomes["fetched"] + outcomes["unchanged"],
                "redirected": outcomes["redirected"],
                "excluded": outcomes["excluded"],
                "failed": outcomes["failed"],
                "why": ", ".join(f"{reason} {count}" for reason, count in why.most_common(3)),
                "quarantined": quarantined,
                "posts": posts,
                "last_fetch": max((f.fetched_at for f in ledger), default=None),
                "complete": bool(archive.endings(blog.key)) and archive.unfinished(blog.key) is None,
            }
        )
    return rows


def posts_held(workspace: Workspace) -> dict[str, tuple[int, int]]:
    """Posts and quarantined pages of each blog in the snapshot; empty where there is none yet."""
    import warehouse
    from warehouse.health import status

    if not workspace.warehouse.exists():
        return {}
    with warehouse.open(workspace.warehouse) as snapshot:
        return {row.blog: (row.posts, row.quarantined) for row in status(snapshot)}


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
    from flows.reporting import lexicon_of

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
