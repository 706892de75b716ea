"""Captures that others made, taken into our archive as a crawl of their own: how dead blogs get in.

Read are WARC and ARC files (.warc, .warc.gz, .arc.gz), WACZ packages, and zips or folders laid out ``host/path``. What is
taken over is each HTML page of the blog's scope, with the moment it was captured; ``via`` of its ledger line names the
file it came from. Nothing is asked of the web.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawl.archive import IMPORT, Archive
from crawl.captures import Capture, LeftOut, read_captures
from crawl.errors import ImportRefused
from crawl.exchange import Exchange
from crawl.links import is_html
from crawl.records import CrawlSummary, Found
from crawl.shapes import trap
from crawl.tombstones import Tombstones, read_tombstones
from crawl.urls import canonical, in_scope
from crawl.writer import SEGMENT_BYTES, Writer, crawl_name
from extract.records import Blog, payload_digest

SOFTWARE = "Sectorscope import"
EXAMPLES = 3
"""So many addresses are named for each reason why something was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """How an import ended. ``left_out``: (reason, how many), most frequent first; ``examples``: (reason, address)."""

    blog: str
    crawl: str | None
    imported: int
    left_out: tuple[tuple[str, int], ...]
    examples: tuple[tuple[str, str], ...]


def import_captures(
    files: Iterable[Path | str], blog: Blog, archive: Archive, *, clock: Callable[[], float] = time.time
) -> ImportSummary:
    """Take the pages of ``blog`` out of ``files``. A capture that the archive holds already is not taken twice, so an
    import that was cut short is simply made again.

    Raises ImportRefused if a file is none of the formats above, or a crawl of the blog waits to be gone on with, and
    ArchiveLocked if one is running; then nothing was written.
    """
    paths = [Path(file) for file in files]
    for path in paths:
        for _ in read_captures(path):
            break  # what is no capture at all is refused before anything is written
    with archive.locked(blog.key) as folder:
        if (unfinished := archive.unfinished(blog.key)) is not None:
            what = f"crawl {unfinished} of {blog.key} was cut short; finish it first: sectorscope crawl {blog.key}"
            raise ImportRefused(folder, what)
        ledger = archive.ledger(blog.key)
        name = crawl_name(clock(), {fetch.crawl for fetch in ledger}) + IMPORT
        held = {(fetch.url, fetch.digest) for fetch in ledger if fetch.outcome == "fetched"}
        with Writer(
            archive, folder, blog.key, name, user_agent=SOFTWARE, clock=clock, segment_bytes=SEGMENT_BYTES
        ) as writer:
            return _Import(blog, writer, held, read_tombstones(archive.folder)).run(paths)


class _Import:
    """One import while it runs."""

    def __init__(self, blog: Blog, writer: Writer, held: set[tuple[str, str | None]], stones: Tombstones) -> None:
        self.blog, self.writer, self.held, self.stones = blog, writer, held, stones
        self.imported = 0
        self.left_out: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = {}

    def run(self, paths: Iterable[Path]) -> ImportSummary:
        for path in paths:
            for found in read_captures(path):
                if isinstance(found, LeftOut):
                    self._leave(found.reason, found.url)
                elif self.stones.has_page(found.url):
                    self.left_out["forgotten"] += 1  # and not named: that would be remembering
                elif reason := self._reason(found):
                    self._leave(reason, found.url)
                else:
                    self._save(found, path)
        if self.imported:
            self._end()
        return ImportSummary(
            blog=self.blog.key,
            crawl=self.writer.crawl if self.imported else None,
            imported=self.imported,
            left_out=tuple(self.left_out.most_common()),
            examples=tuple(self._examples()),
        )

    def _reason(self, capture: Capture) -> str | None:
        """Why a capture is not taken over; None if it is."""
        url = canonical(capture.url)
        if url is None:
            return "bad address"
        if not in_scope(url, self.blog.scope):
            return "out of scope"
        if capture.status != 200:
            return f"http {capture.status}"
        if not is_html(capture.content_type, capture.body):
            return "not a page"
        if reason := trap(url):
            return reason
        return "held already" if (url, payload_digest(capture.body)) in self.held else None

    def _save(self, capture: Capture, path: Path) -> None:
        url = canonical(capture.url) or capture.url
        exchange = Exchange(
            url=url, status=200, phrase="OK", http_version="HTTP/1.1", headers=capture.headers, raw=capture.body,
            body=capture.body, fetched_at=capture.captured_at, request_headers=(),
        )  # fmt: skip
        self.writer.save(exchange, Found(url=url, how="import", via=path.name), "fetched")
        self.held.add((url, payload_digest(capture.body)))
        self.imported += 1

    def _leave(self, reason: str, url: str) -> None:
        self.left_out[reason] += 1
        named = self.examples.setdefault(reason, [])
        if len(named) < EXAMPLES:
            named.append(url)

    def _examples(self) -> Iterator[tuple[str, str]]:
        for reason, _ in self.left_out.most_common():
            for url in self.examples.get(reason, ()):
                yield reason, url

    def _end(self) -> None:
        """The record that ends a crawl. An import never says that it is complete: what a blog has, only a crawl learns."""
        summary = CrawlSummary(
            blog=self.blog.key, crawl=self.writer.crawl, is_complete=False, found=self.imported + self.left_out.total(),
            fetched=self.imported, unchanged=0, redirected=0, excluded=self.left_out.total(), failed=(),
        )  # fmt: skip
        self.writer.save_ending(summary, dict(self.left_out))
