"""WARC segments: the files of the archive, how one is written, and how a broken one is put right.

A segment is gzip member after gzip member, one record each (WARC 1.1, annex D). A fetch is written as request, response
(or revisit) and metadata, in one piece, the metadata last: where it stands, the fetch is whole. So after a crash the
file is cut behind the last metadata record, and nothing but the fetch in flight is lost.

While it is written a segment is called ``….warc.gz.open``, its index ``….fetches.jsonl.open``.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from crawl import ledger
from crawl.errors import ArchiveBroken
from crawl.records import CrawlSummary, Fetch

SEGMENT = ".warc.gz"
INDEX = ".fetches.jsonl"
OPEN = ".open"

_BLOCK = 1 << 16


def index_of(segment: Path) -> Path:
    """The index beside a segment; of an open one, the open index."""
    name = segment.name
    ending = OPEN if name.endswith(OPEN) else ""
    return segment.with_name(name.removesuffix(OPEN).removesuffix(SEGMENT) + INDEX + ending)


def members(file: BinaryIO, offset: int = 0) -> Iterator[tuple[int, int, bytes]]:
    """(offset, end, content) of each gzip member from ``offset`` on. Ends before the first one that is not whole."""
    file.seek(offset)
    pending = b""
    while True:
        reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        content = bytearray()
        size = 0
        while not reader.eof:
            block = pending or file.read(_BLOCK)
            if not block:
                return
            try:
                content += reader.decompress(block)
            except zlib.error:
                return
            size += len(block) - len(reader.unused_data)
            pending = reader.unused_data
        yield offset, offset + size, bytes(content)
        offset += size


def record(content: bytes) -> Any:
    """The WARC record in one member, as warcio reads it. Raises ValueError if it is none."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        return ArcWarcRecordLoader(arc2warc=False).parse_record_stream(BytesIO(content), known_format="warc")
    except (ArchiveLoadFailed, EOFError, UnicodeDecodeError) as error:
        raise ValueError(f"no WARC record: {error}") from error


def scanned(segment: Path, warc_file: str) -> tuple[list[Fetch | CrawlSummary], int]:
    """What the segment's metadata records say, and where the last of them ends. ``warc_file`` is its archived name."""
    said: list[Fetch | CrawlSummary] = []
    whole = 0
    main: tuple[str, int] | None = None
    with segment.open("rb") as file:
        for offset, end, content in members(file):
            try:
                read = record(content)
            except ValueError:
                break
            if read.rec_type in ("response", "revisit"):
                main = (read.rec_headers.get_header("WARC-Record-ID"), offset)
            elif read.rec_type == "metadata":
                about = read.rec_headers.get_header("WARC-Concurrent-To")
                place = main[1] if main is not None and main[0] == about else offset
                entry = ledger.parsed_fields(read.raw_stream.read(), warc_file, place)
                if entry is not None:
                    said.append(entry)
                whole = end
    return said, whole


def recover(segment: Path, warc_file: str) -> None:
    """Close a segment that its writer could not close: cut the broken tail off, write the index, rename.

    A segment with no whole fetch is removed.
    """
    said, whole = scanned(segment, warc_file)
    if not said:
        segment.unlink()
        index_of(segment).unlink(missing_ok=True)
        return
    with segment.open("r+b") as file:
        file.truncate(whole)
        os.fsync(file.fileno())
    close(segment, said)


def close(segment: Path, said: list[Fetch | CrawlSummary]) -> Path:
    """Give a whole open segment its index and its name. Safe to be killed in: the next writer does it again."""
    closed = segment.with_name(segment.name.removesuffix(OPEN))
    write_index(index_of(closed), said)
    segment.rename(closed)
    index_of(segment).unlink(missing_ok=True)
    _sync_folder(closed.parent)
    return closed


def write_index(path: Path, said: list[Fetch | CrawlSummary]) -> None:
    """Write an index so that it is there whole or not at all."""
    aside = path.with_name(path.name + ".new")
    with aside.open("w", encoding="utf-8") as file:
        for entry in said:
            file.write((ledger.line(entry) if isinstance(entry, Fetch) else ledger.ending_line(entry)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def read_index(segment: Path, warc_file: str) -> list[Fetch | CrawlSummary]:
    """The index of a segment. A closed segment's missing index is made again; an open one's may lack its last line.

    Raises ArchiveBroken if a closed segment or its index cannot be read.
    """
    is_open = segment.name.endswith(OPEN)
    try:
        text = index_of(segment).read_text(encoding="utf-8")
    except FileNotFoundError:
        return [] if is_open else _indexed_again(segment, warc_file)
    said: list[Fetch | CrawlSummary] = []
    lines = text.split("\n")
    for number, entry in enumerate(lines[:-1], 1):  # what follows the last line break is being written
        try:
            said.append(ledger.parsed_line(entry))
        except ValueError as error:
            raise ArchiveBroken(
                index_of(segment), f"line {number} cannot be read ({error}); delete the file, it will be made again"
            ) from error
    return said


def _indexed_again(segment: Path, warc_file: str) -> list[Fetch | CrawlSummary]:
    try:
        said, whole = scanned(segment, warc_file)
    except FileNotFoundError:
        return []  # an open segment that was closed under another name a moment ago
    if whole != segment.stat().st_size:
        raise ArchiveBroken(segment, f"cannot be read behind byte {whole}; restore it from a backup")
    write_index(index_of(segment), said)
    return said


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
