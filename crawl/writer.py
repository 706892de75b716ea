"""Writing one crawl of one blog into the archive."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Self

from crawl import ledger, segments
from crawl.archive import Archive
from crawl.exchange import Exchange, Headers
from crawl.records import CrawlSummary, Fetch, Found, Outcome
from crawl.urls import path_and_query
from extract.records import payload_digest

SEGMENT_BYTES = 100_000_000
"""A segment is closed when it has grown beyond this."""

Clock = Callable[[], float]

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@contextmanager
def writing(
    archive: Archive, blog: str, *, user_agent: str, clock: Clock = time.time, segment_bytes: int = SEGMENT_BYTES
) -> Iterator[Writer]:
    """A writer for the blog's next crawl, or for its last one if that was cut short (then ``is_resumed``).

    Holds the blog's lock; closes the segment whatever happens inside. Raises ArchiveLocked.
    """
    with archive.locked(blog) as folder:
        unfinished = archive.unfinished(blog)
        name = unfinished or crawl_name(clock(), {fetch.crawl for fetch in archive.ledger(blog)})
        writer = Writer(archive, folder, blog, name, user_agent=user_agent, clock=clock, segment_bytes=segment_bytes)
        writer.is_resumed = unfinished is not None
        with writer:
            yield writer


class Writer:
    """Appends fetches to the open segment of one crawl. A fetch is in the file when the method returns."""

    def __init__(
        self,
        archive: Archive,
        folder: Path,
        blog: str,
        crawl: str,
        *,
        user_agent: str,
        clock: Clock,
        segment_bytes: int,
    ) -> None:
        self.archive, self.folder, self.blog, self.crawl = archive, folder, blog, crawl
        self.is_resumed = False
        self._user_agent, self._clock, self._segment_bytes = user_agent, clock, segment_bytes
        self._segment: Path | None = None
        self._file: BinaryIO | None = None
        self._index: BinaryIO | None = None
        self._whole = 0  # the segment's length up to the end of its last whole fetch
        self._said: list[Fetch | CrawlSummary] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def save(
        self,
        exchange: Exchange,
        found: Found,
        outcome: Outcome,
        reason: str | None = None,
        earlier: Fetch | None = None,
    ) -> Fetch:
        """Write an answer. ``earlier``: the last capture of the same URL; an answer that says or shows that it still
        holds becomes ``unchanged`` and a revisit record."""
        digest: str | None = payload_digest(exchange.body) if exchange.status == 200 else None
        kind, extra = "response", {}
        if earlier is not None and exchange.status == 304:
            outcome, digest, kind = "unchanged", earlier.digest, "revisit"
            extra = self._refers_to(earlier, _NOT_MODIFIED)
        elif earlier is not None and outcome == "fetched" and digest == earlier.digest:
            outcome = "unchanged"
            if payload := self._same_payload(earlier, exchange.raw):
                kind, extra = "revisit", self._refers_to(earlier, _IDENTICAL) | {"WARC-Payload-Digest": payload}
        if exchange.truncated:
            extra["WARC-Truncated"] = "length"
        fetch = self._fetch(found, outcome, reason, exchange.fetched_at, exchange, digest, earlier)
        return self._append(fetch, (kind, exchange, extra))

    def save_failure(self, found: Found, outcome: Outcome, reason: str) -> Fetch:
        """Write that a URL gave no answer, or was not asked."""
        return self._append(self._fetch(found, outcome, reason, self._now()), None)

    def save_ending(self, summary: CrawlSummary, excluded: dict[str, int]) -> None:
        """Write that the crawl has reached its end. Without this record it will be gone on with."""
        buffer = self._buffer()
        out = self._records(buffer)
        body = ledger.ending_fields(summary, excluded)
        out.write_record(_metadata(out, f"urn:crawl:{self.blog}:{self.crawl}", self._now(), body, None))
        self._write(buffer, summary)

    def close(self) -> None:
        """Close the open segment, if there is one: from now on readers see it.

        What was being written when something went wrong (a full disk, Ctrl-C) is cut off.
        """
        if self._segment is None or self._file is None or self._index is None:
            return
        segment, self._segment = self._segment, None
        with suppress(OSError):
            self._file.flush()
            os.fsync(self._file.fileno())
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._index.close()
        os.truncate(segment, self._whole)
        if self._said:
            segments.close(segment, self._said)
        else:
            segments.recover(segment, "")
        self._said = []

    def _append(self, fetch: Fetch, answer: tuple[str, Exchange, dict[str, str]] | None) -> Fetch:
        if self._segment is not None and self._offset() > self._segment_bytes:
            self.close()
        buffer = self._buffer()
        out = self._records(buffer)
        start, concurrent = self._offset() + buffer.tell(), None
        if answer is not None:
            kind, exchange, extra = answer
            main = _answer(out, kind, exchange, extra)
            concurrent = main.rec_headers.get_header("WARC-Record-ID")
            if exchange.request_headers:  # an imported capture was not asked for by us
                out.write_record(_request(out, exchange, concurrent))
            start = self._offset() + buffer.tell()
            out.write_record(main)
        out.write_record(_metadata(out, fetch.url, fetch.fetched_at, ledger.warc_fields(fetch), concurrent))
        assert self._segment is not None
        name = f"{self.blog}/{self._segment.name.removesuffix(segments.OPEN)}"
        placed = replace(fetch, warc_file=name, warc_offset=start)
        self._write(buffer, placed)
        return placed

    def _write(self, buffer: BytesIO, entry: Fetch | CrawlSummary) -> None:
        assert self._file is not None and self._index is not None
        self._file.write(buffer.getvalue())
        self._file.flush()
        self._whole = self._file.tell()
        self._said.append(entry)
        text = ledger.line(entry) if isinstance(entry, Fetch) else ledger.ending_line(entry)
        self._index.write(text.encode() + b"\n")
        self._index.flush()

    def _buffer(self) -> BytesIO:
        """Where the records of one fetch are put together; opens the next segment if none is open."""
        if self._segment is None:
            number = sum(1 for _ in self.folder.glob(f"{self.crawl}-*{segments.SEGMENT}"))
            name = f"{self.crawl}-{number:05d}{segments.SEGMENT}"
            self._segment = self.folder / (name + segments.OPEN)
            self._file = self._segment.open("wb")
            self._index = segments.index_of(self._segment).open("wb")
            first = BytesIO()
            out = self._records(first)
            out.write_record(out.create_warcinfo_record(name, {
                "software": self._user_agent, "format": "WARC File Format 1.1", "isPartOf": f"{self.blog} {self.crawl}",
                "robots": "obey", "http-header-user-agent": self._user_agent,
            }))  # fmt: skip
            self._file.write(first.getvalue())
        return BytesIO()

    def _records(self, buffer: BytesIO) -> Any:
        from warcio.warcwriter import WARCWriter

        out = WARCWriter(buffer, gzip=True, warc_version="1.1")
        digested = out.ensure_digest
        # What has no payload of its own (WARC 1.1 §6.6) has no digest of one: other readers look for an HTTP body then.
        out.ensure_digest = lambda record, block=True, payload=True: digested(
            record, block=block, payload=payload and record.rec_type != "metadata"
        )
        return out

    def _offset(self) -> int:
        assert self._file is not None
        return self._file.tell()

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    def _refers_to(self, earlier: Fetch, profile: str) -> dict[str, str]:
        """The headers of a revisit. They name the capture with the body, which may be older than ``earlier``."""
        return {
            "WARC-Profile": profile,
            "WARC-Refers-To-Target-URI": earlier.url,
            "WARC-Refers-To-Date": self.archive.response(earlier).rec_headers.get_header("WARC-Date"),
        }

    def _same_payload(self, earlier: Fetch, raw: bytes) -> str | None:
        """The payload digest of the earlier response if it came over the wire as the same bytes: two gzipped bodies
        may differ although what they unpack to does not, and a revisit record speaks of the bytes."""
        response = self.archive.response(earlier)
        same = response.raw_stream.read() == raw
        return str(response.rec_headers.get_header("WARC-Payload-Digest")) if same else None

    def _fetch(
        self, found: Found, outcome: Outcome, reason: str | None, at: datetime, exchange: Exchange | None = None,
        digest: str | None = None, earlier: Fetch | None = None,
    ) -> Fetch:  # fmt: skip
        confirmed = earlier if outcome == "unchanged" else None  # a 304 need not repeat what it confirms
        return Fetch(
            blog=self.blog, crawl=self.crawl, url=found.url, how=found.how, via=found.via, outcome=outcome, reason=reason,
            status=exchange.status if exchange else None,
            location=exchange.location if exchange else None,
            content_type=(exchange and exchange.content_type) or (confirmed and confirmed.content_type) or None,
            size=confirmed.size if confirmed else len(exchange.body) if exchange else 0,
            digest=digest,
            etag=(exchange and exchange.header("etag")) or (confirmed and confirmed.etag) or None,
            last_modified=(exchange and exchange.header("last-modified")) or (confirmed and confirmed.last_modified) or None,
            fetched_at=at, warc_file=None, warc_offset=None,
        )  # fmt: skip


def crawl_name(now: float, taken: set[str]) -> str:
    """The crawl's name: the moment it began. Later than every name taken, whatever the clock says."""
    name = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    newest = max(taken, default="")
    return name if name > newest else newest + "a"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _answer(out: Any, kind: str, exchange: Exchange, extra: dict[str, str]) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    status = StatusAndHeaders(
        f"{exchange.status} {exchange.phrase}".strip(), _archived_headers(exchange.headers), protocol="HTTP/1.1"
    )
    headers = {"WARC-Date": _date(exchange.fetched_at), **extra}
    if exchange.http_version == "HTTP/2":
        headers["WARC-Protocol"] = "h2"
    raw = exchange.raw if kind == "response" else b""
    return out.create_warc_record(
        exchange.url, kind, payload=BytesIO(raw), length=len(raw), http_headers=status, warc_headers_dict=headers
    )


def _archived_headers(headers: Headers) -> list[tuple[str, str]]:
    """The transfer coding was undone while reading, so the record must not claim it."""
    return [("X-Archive-Orig-" + k if k.lower() == "transfer-encoding" else k, v) for k, v in headers]


def _request(out: Any, exchange: Exchange, concurrent: str) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    line = f"GET {path_and_query(exchange.url)} HTTP/1.1"
    status = StatusAndHeaders(line, list(exchange.request_headers), is_http_request=True)
    headers = {"WARC-Date": _date(exchange.fetched_at), "WARC-Concurrent-To": concurrent}
    return out.create_warc_record(
        exchange.url, "request", payload=BytesIO(b""), length=0, http_headers=status, warc_headers_dict=headers
    )


def _metadata(out: Any, url: str, at: datetime, body: bytes, concurrent: str | None) -> Any:
    headers = {"WARC-Date": _date(at)}
    if concurrent is not None:
        headers["WARC-Concurrent-To"] = concurrent
    return out.create_warc_record(
        url, "metadata", payload=BytesIO(body), length=len(body), warc_headers_dict=headers,
        warc_content_type="application/warc-fields",
    )  # fmt: skip
