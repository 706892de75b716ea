"""Forgetting: a post, an author's posts or a blog goes everywhere, and does not come in again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crawl.archive import Archive
from crawl.erasure import erase
from crawl.tombstones import read_tombstones, write_tombstones
from flows.batches import FORGOTTEN
from flows.earlier import posts_of
from flows.errors import NothingThere, SectorscopeError
from flows.marking import remove_marks
from flows.workspace import Workspace, remove_blog

if TYPE_CHECKING:
    from warehouse.store import Store

READABLE = {".html", ".csv", ".json", ".jsonl", ".md", ".txt", ".svg", ".bib"}  # files of a report that may name a post


def sought(
    workspace: Workspace, *, url: str | None = None, author: str | None = None, blog: str | None = None
) -> dict[str, list[str]]:
    """blog → the pages that are to go. Raises SectorscopeError where not just one thing is named, NothingThere where
    nothing is held of it."""
    from warehouse.store import Store

    if sum(one is not None for one in (url, author, blog)) != 1:
        raise SectorscopeError("What is to be forgotten?", "Give a URL, or --author NAME, or --blog KEY: one of them.")
    if not workspace.working.exists():
        raise NothingThere("There is no warehouse yet.", "Make it with `sectorscope process`, then forget.")
    with Store(workspace.working) as store:
        pages = store.pages_of(url=url, author=author, blog=blog)
    if blog is not None and blog in {known.key for known in workspace.blogs([blog])}:
        pages.setdefault(blog, [])  # nothing was read of it yet, but it may have an archive
    if not pages:
        raise NothingThere(
            f"Nothing is held of {url or author or blog}.", "Is it spelt as `sectorscope search` or `status` shows it?"
        )
    return pages


def forget(
    workspace: Workspace,
    pages: Mapping[str, Sequence[str]],
    *,
    url: str | None = None,
    author: str | None = None,
    blog: str | None = None,
) -> Iterator[str]:
    """Take ``pages`` (`sought`) out of everything; gives a line for each thing done, and the reports that used them.

    First the tombstones, so that nothing comes back should this be cut short; then the marks that quote it; then the archive,
    which is what all the rest is made of; then the warehouse, which is written anew and published. Done again, it goes on where it was.
    """
    from warehouse.errors import WarehouseMissing
    from warehouse.store import Store

    archive = Archive(workspace.archive)
    known = {one.key: one for one in workspace.blogs([blog] if blog else ())}
    stones = read_tombstones(workspace.archive)
    for urls in pages.values():
        stones = stones.with_pages(urls)
    stones = stones.with_pages([url]) if url else stones.with_person(author) if author else stones
    stones = stones.with_blog(known[blog].scope) if blog else stones
    write_tombstones(workspace.archive, stones)
    with Store(workspace.working) as store:
        named = {key: sorted({*urls, *store.posts_behind(key, urls)}) for key, urls in pages.items()}
        yield from (
            f"report: {path} was made with it; make it again or withdraw it" for path in reports_with(workspace, named)
        )
        if marks := remove_marks(workspace, {one for urls in named.values() for one in urls}):
            yield f"marks: {marks} lines removed"
        for key, urls in pages.items():
            gone = set(urls)
            if key == blog:
                with archive.locked(key):
                    shutil.rmtree(workspace.archive / key)
            else:
                gone |= erase(archive, key, gone, kept=store.posts_of(key) - gone)
            store.forget(key, gone, whole=key == blog)
            yield f"{key}: {len(urls)} pages removed" + (
                f", and {len(gone) - len(urls)} captures that show them" if len(gone) > len(urls) else ""
            )
        store.compact()
        published(workspace, store)
    shutil.rmtree(workspace.kept, ignore_errors=True)  # charts name blogs
    if blog:
        remove_blog(workspace, blog)
    try:
        remade_index(workspace)
    except WarehouseMissing:
        return


def published(workspace: Workspace, store: Store) -> None:
    """Publish without keeping the snapshot that was there; the older ones go too: they may hold what was forgotten."""
    from warehouse.snapshot import drop_kept

    drop_kept(workspace.snapshots)
    if workspace.warehouse.exists():
        store.publish(workspace.warehouse)


def remade_index(workspace: Workspace) -> None:
    """Make the search index anew: SQLite leaves deleted words in its file."""
    from flows.searching import refresh_index

    for ending in ("", "-wal", "-shm"):
        workspace.search_index.with_name(workspace.search_index.name + ending).unlink(missing_ok=True)
    refresh_index(workspace)


def reports_with(workspace: Workspace, pages: Mapping[str, Sequence[str]]) -> list[Path]:
    """The report folders that count one of the pages, or have a file that names it."""
    urls = {url for urls in pages.values() for url in urls}
    wanted = [url.encode() for url in sorted(urls)]
    wanted += [url.replace(b"&", b"&amp;") for url in wanted if b"&" in url]
    if not workspace.reports.is_dir():
        return []
    return [
        folder
        for folder in sorted(workspace.reports.iterdir())
        if folder.is_dir()
        and (
            not urls.isdisjoint(posts_of(folder) or ())
            or any(
                any(url in content for url in wanted)
                for content in (file.read_bytes() for file in sorted(folder.rglob("*")) if file.suffix in READABLE)
            )
        )
    ]


def forget_again(store: Store, archive: Archive, blog: str) -> None:
    """Take out what came in again under another address, and was known when it was read."""
    found = store.connection.execute(
        "SELECT DISTINCT url FROM quarantine WHERE blog = ? AND reason = ?", [blog, FORGOTTEN]
    ).fetchall()
    urls = {str(url) for (url,) in found}
    if urls:
        write_tombstones(archive.folder, read_tombstones(archive.folder).with_pages(urls))
        store.forget(blog, erase(archive, blog, urls, kept=store.posts_of(blog) - urls))
