"""The archive: a folder of WARC files that is the only truth about what was crawled.

``archive/<blog key>/<crawl name>-00000.warc.gz`` and, beside each, its index ``….fetches.jsonl`` (one `Fetch` a line),
which is made again from the segment when it is missing. Reading needs no lock. Crawl names sort by time.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawl import segments
from crawl.errors import ArchiveBroken, ArchiveLocked
from crawl.exchange import decoded, media_type
from crawl.links import HTML_TYPES
from crawl.records import CrawlSummary, Fetch
from extract.records import FetchedPage

IMPORT = "-import"
"""How the name of a crawl ends that was imported, and not crawled by us."""


class Archive:
    """The archive in ``folder``; the folder need not exist yet."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._bodies: dict[str, tuple[tuple[str, ...], dict[tuple[str, str], Fetch]]] = {}

    def blogs(self) -> list[str]:
        """The keys of the blogs that have anything archived."""
        if not self.folder.is_dir():
            return []
        return sorted(
            place.name for place in self.folder.iterdir() if place.is_dir() and any(self._segments(place.name))
        )

    def ledger(self, blog: str, *, with_open: bool = False) -> list[Fetch]:
        """All fetches of a blog, oldest first. ``with_open``: also those of a segment that is being written now."""
        return [entry for entry in self._entries(blog, with_open=with_open) if isinstance(entry, Fetch)]

    def endings(self, blog: str) -> list[CrawlSummary]:
        """The summaries of the crawls that reached their end, oldest first; an import is no crawl of ours."""
        entries = self._entries(blog, with_open=False)
        return [e for e in entries if isinstance(e, CrawlSummary) and not e.crawl.endswith(IMPORT)]

    def unfinished(self, blog: str) -> str | None:
        """The name of the last crawl, if it was cut short: what the next one goes on with. (An import is made again.)"""
        entries = [e for e in self._entries(blog, with_open=False) if not e.crawl.endswith(IMPORT)]
        return entries[-1].crawl if entries and isinstance(entries[-1], Fetch) else None

    def latest(self, blog: str) -> list[Fetch]:
        """For every URL the newest fetch that gave, or confirmed, an HTML page with status 200; in the order found."""
        return _newest(fetch for fetch in self.ledger(blog) if media_type(fetch.content_type) in HTML_TYPES)

    def captures(self, blog: str, *, before: str) -> dict[str, Fetch]:
        """By URL, the newest fetch with a body that still held, from the crawls before the one named ``before``."""
        return {fetch.url: fetch for fetch in _newest(f for f in self.ledger(blog) if f.crawl < before)}

    def holding(self, fetch: Fetch) -> Fetch:
        """The fetch whose own record holds the body: of a page that was only confirmed the earlier capture, else itself."""
        return (self._capture(fetch) or fetch) if fetch.outcome == "unchanged" else fetch

    def read(self, fetch: Fetch) -> FetchedPage:
        """The page that a fetch gave, decoded; of a revisit, the page that it confirmed.

        Raises ArchiveBroken if the file does not hold what the ledger says, LookupError if the fetch gave no answer.
        """
        response = self.response(fetch)
        headers = tuple((str(name), str(value)) for name, value in response.http_headers.headers)
        status = int(response.http_headers.get_statuscode())
        raw = response.raw_stream.read()
        return FetchedPage(
            url=fetch.url,
            final_url=fetch.url,
            status=status,
            content_type=response.http_headers.get_header("Content-Type"),
            headers=headers,
            body=decoded(raw, response.http_headers.get_header("Content-Encoding")) if status == 200 else raw,
            fetched_at=fetch.fetched_at,
        )

    def response(self, fetch: Fetch) -> Any:
        """The WARC response record that holds the body of ``fetch`` (of a revisit: of the capture it refers to)."""
        found = self._record(fetch)
        if found.rec_type == "revisit":
            earlier = self._capture(fetch)
            if earlier is None:
                raise ArchiveBroken(
                    self._path(fetch), f"{fetch.url} refers to an earlier capture that is in no segment of {fetch.blog}"
                )
            found = self._record(earlier)
        if found.rec_type != "response":
            raise LookupError(f"{fetch.url} gave no answer in crawl {fetch.crawl}: {fetch.reason}")
        return found

    @contextmanager
    def locked(self, blog: str) -> Iterator[Path]:
        """Hold the blog's folder for writing, with the segments of killed writers put right.

        Raises ArchiveLocked if another process (or thread) holds it.
        """
        place = self.folder / blog
        place.mkdir(parents=True, exist_ok=True)
        with (place / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ArchiveLocked(place) from None
            for segment in sorted(place.glob("*" + segments.SEGMENT + segments.OPEN)):
                segments.recover(segment, f"{blog}/{segment.name.removesuffix(segments.OPEN)}")
            yield place

    def _segments(self, blog: str) -> list[Path]:
        return sorted((self.folder / blog).glob("*" + segments.SEGMENT))

    def _entries(self, blog: str, *, with_open: bool) -> list[Fetch | CrawlSummary]:
        found = self._segments(blog)
        if with_open:
            found += sorted((self.folder / blog).glob("*" + segments.SEGMENT + segments.OPEN))
        entries: list[Fetch | CrawlSummary] = []
        for segment in found:
            entries += segments.read_index(segment, f"{blog}/{segment.name.removesuffix(segments.OPEN)}")
        return entries

    def _path(self, fetch: Fetch) -> Path:
        if fetch.warc_file is None:
            raise LookupError(f"{fetch.url} is in no segment")
        path = self.folder / fetch.warc_file
        return path if path.exists() else path.with_name(path.name + segments.OPEN)

    def _record(self, fetch: Fetch) -> Any:
        path = self._path(fetch)
        try:
            with path.open("rb") as file:
                content = next(segments.members(file, fetch.warc_offset or 0))[2]
            found = segments.record(content)
        except (OSError, StopIteration, ValueError) as error:
            raise ArchiveBroken(path, f"no record at byte {fetch.warc_offset}; {_ADVICE}") from error
        if found.rec_headers.get_header("WARC-Target-URI") != fetch.url:
            raise ArchiveBroken(path, f"another page than {fetch.url} at byte {fetch.warc_offset}; {_ADVICE}")
        return found

    def _capture(self, fetch: Fetch) -> Fetch | None:
        """The capture with a body of its own that has the URL and digest of a revisit."""
        key = (fetch.url, fetch.digest or "")
        names = tuple(segment.name for segment in self._segments(fetch.blog))
        if self._bodies.get(fetch.blog, ((), {}))[0] != names:
            self._bodies[fetch.blog] = (names, _with_bodies(self.ledger(fetch.blog)))
        found = self._bodies[fetch.blog][1].get(key)
        return found or _with_bodies(self.ledger(fetch.blog, with_open=True)).get(key)


_ADVICE = "delete the segment's .fetches.jsonl, it will be made again"


def _newest(fetches: Iterable[Fetch]) -> list[Fetch]:
    kept: dict[str, Fetch] = {}
    for fetch in fetches:
        if fetch.outcome not in ("fetched", "unchanged"):
            continue
        if fetch.how == "import" and fetch.url in kept and fetch.fetched_at < kept[fetch.url].fetched_at:
            continue  # imported later, captured earlier
        kept[fetch.url] = fetch
    return list(kept.values())


def _with_bodies(fetches: Iterable[Fetch]) -> dict[tuple[str, str], Fetch]:
    return {(fetch.url, fetch.digest): fetch for fetch in fetches if fetch.outcome == "fetched" and fetch.digest}
