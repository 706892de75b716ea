"""Taking pages out of the archive for good, so that nothing else in it moves.

Each record of an erased page gives way to a blank one of the same length, so every other record keeps its byte offset: what
the warehouse, and printed reports, say of where a capture lies stays true. A gzip header may carry padding (RFC 1952
§2.3.1.1), which makes any length possible. The segment is written anew beside the old one and then takes its place.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from crawl import segments
from crawl.archive import Archive
from crawl.errors import ArchiveBroken
from crawl.exchange import decoded
from crawl.records import Fetch

_HEADER = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff"  # gzip, deflate, FEXTRA, no time
_FRAME = len(_HEADER) + 2 + 8  # with the length of the padding, CRC and size
_MOST_PADDING = 65_535


def erase(archive: Archive, blog: str, urls: Collection[str], *, kept: Collection[str] = ()) -> set[str]:
    """Blank every record of ``urls`` in the archive of ``blog``, and give the URLs of all that was blanked.

    Feeds, listings and whatever else shows a page's address may show its text too: captures that hold one of the
    addresses are blanked as well, but for the pages ``kept`` (the blog's other posts: they may link to it). What led
    elsewhere from an erased page no longer says so. Raises ArchiveLocked while the blog is crawled.
    """
    if not urls:
        return set()
    with archive.locked(blog) as folder:
        found = sorted(folder.glob("*" + segments.SEGMENT))
        gone = set(urls) | {url for segment in found for url in _showing(segment, urls) if url not in kept}
        for segment in found:
            _rewrite(segment, f"{blog}/{segment.name}", gone)
        return gone


def _showing(segment: Path, urls: Collection[str]) -> Iterator[str]:
    """The URLs of the captures in ``segment`` whose bodies hold one of the addresses."""
    sought = [urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl().rstrip("/").encode() for url in urls]
    sought = [part for part in sought if len(part) > 1]
    with segment.open("rb") as file:
        for _, _, content in segments.members(file):
            record = segments.record(content)
            body = _body(record) if record.rec_type == "response" else b""
            if any(part in body for part in sought):
                yield str(record.rec_headers.get_header("WARC-Target-URI"))


def _body(record: Any) -> bytes:
    raw = bytes(record.raw_stream.read())
    try:
        return bytes(decoded(raw, record.http_headers.get_header("Content-Encoding")))
    except Exception:  # noqa: BLE001 - an encoding that nobody can read shows nobody anything
        return raw


def _rewrite(segment: Path, warc_file: str, gone: Collection[str]) -> None:
    said = segments.read_index(segment, warc_file)
    aside = segment.with_name(segment.name + ".erasing")
    changed = False
    with segment.open("rb") as read, segment.open("rb") as old, aside.open("wb") as new:
        for offset, end, content in segments.members(read):
            told = _told_instead(content, gone, end - offset)
            old.seek(offset)
            written = old.read(end - offset) if told is None else fitted(told, end - offset)
            if written is None:
                raise ArchiveBroken(segment, f"the record at byte {offset} is too short to be blanked")
            changed |= told is not None
            new.write(written)
        new.flush()
        os.fsync(new.fileno())
    if not changed:
        aside.unlink()
        return
    kept = [
        replace(entry, via=None) if isinstance(entry, Fetch) and entry.via in gone else entry
        for entry in said
        if not (isinstance(entry, Fetch) and entry.url in gone)
    ]
    segments.index_of(segment).unlink(missing_ok=True)  # it is made again of the segment, should we be killed here
    aside.replace(segment)
    segments.write_index(segments.index_of(segment), kept)


def _told_instead(content: bytes, gone: Collection[str], size: int) -> bytes | None:
    """What is to stand in the place of a record; None: the record itself."""
    record = segments.record(content)
    if record.rec_headers.get_header("WARC-Target-URI") in gone:
        return _blank(size)
    return _without_via(content, gone) if record.rec_type == "metadata" else None


def fitted(content: bytes, size: int) -> bytes | None:
    """``content`` as one gzip member of exactly ``size`` bytes; None where it cannot be so small or so large."""
    for level in (9, 0):
        packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(content) + packer.flush()
        padding = size - _FRAME - len(packed)
        if 0 <= padding <= _MOST_PADDING:
            ending = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
            return _HEADER + struct.pack("<H", padding) + bytes(padding) + packed + ending
    return None


def _blank(size: int) -> bytes:
    """A record that says nothing, for a member of ``size`` bytes. Longer ones are filled with spaces, stored as they are."""
    filling = max(0, size - 40_000)
    filling -= filling // 10_000 * 5 if filling else 0  # what stored blocks cost, and more: the rest is padding
    head = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
        f"WARC-Date: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\r\nContent-Length: {filling}\r\n\r\n"
    )
    return head.encode() + b" " * filling + b"\r\n\r\n"


def _without_via(content: bytes, gone: Collection[str]) -> bytes | None:
    """A metadata record without the line that says which erased page led to it; None where there is no such line."""
    head, _, rest = content.partition(b"\r\n\r\n")
    body = rest.removesuffix(b"\r\n\r\n")
    lines = body.split(b"\r\n")
    kept = [line for line in lines if not (line.startswith(b"via: ") and line[5:].decode("utf-8", "replace") in gone)]
    if len(kept) == len(lines):
        return None
    said = b"\r\n".join(kept)
    headers = [
        b"Content-Length: %d" % len(said) if line.lower().startswith(b"content-length:") else line
        for line in head.split(b"\r\n")
        if not line.lower().startswith((b"warc-block-digest:", b"warc-payload-digest:"))
    ]
    return b"\r\n".join(headers) + b"\r\n\r\n" + said + b"\r\n\r\n"
