"""Reading captures that others made: WARC, ARC, WACZ, and zips or folders laid out ``host/path``."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from crawl.errors import ImportRefused
from crawl.exchange import Headers, header

MAX_BODY = 10_000_000
"""Bytes of a page, unpacked; a longer one is left out."""

_WARC_NAME = re.compile(r"\.w?arc(\.gz)?$", re.I)

# A replay's address holds the true one and its time: /web/20140501123456id_/http://hill.example/a
_REPLAY = re.compile(r"^https?://[^/]+/(?:web|wayback|all)/(\d{4,14})(?:[a-z]{2}_)?/(https?):/+(.+)$", re.I)

# The body is kept unpacked, so its headers must not say otherwise.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})

# What archivers and HTTrack put beside the pages.
_NO_PAGES = re.compile(r"(^|/)(__MACOSX|hts-cache|\.git)/|(^|/)(\.DS_Store|Thumbs\.db|hts-log\.txt)$")
_MARKUP = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.I)
_SAFE = "/?=&;:@!$,~%+*()"
"""Kept as they are when a file's name becomes an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One page as somebody captured it, its body unpacked."""

    url: str
    status: int
    content_type: str | None
    headers: Headers
    body: bytes
    captured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    url: str
    reason: str


def read_captures(path: Path) -> Iterator[Capture | LeftOut]:
    """What ``path`` holds, in its order. Raises ImportRefused if it is no capture, saying what it should be."""
    if path.is_dir():
        return _from_folder(path)
    if not path.is_file():
        raise ImportRefused(path, "is not there")
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"PK"):
        return _from_zip(path)
    if head.startswith((b"WARC/", b"filedesc://", b"\x1f\x8b")):
        return _from_warc_file(path)
    raise ImportRefused(path, "is no WARC, WACZ, zip or folder; unpack or convert it first")


def true_address(url: str) -> tuple[str, datetime | None]:
    """The address of a page and, if ``url`` is a web archive's replay of it, when that archive captured it."""
    match = _REPLAY.match(url)
    if match is None:
        return url, None
    digits = match[1] + "00000101000000"[len(match[1]) :]
    try:
        at: datetime | None = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        at = None
    return f"{match[2]}://{match[3]}", at


def _from_warc_file(path: Path) -> Iterator[Capture | LeftOut]:
    with path.open("rb") as file:
        yield from _from_warc(file, path)


def _from_warc(file: IO[bytes], path: Path) -> Iterator[Capture | LeftOut]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = 0
    try:
        for record in ArchiveIterator(file, arc2warc=True):
            records += 1
            if record.rec_type == "response" and record.http_headers is not None:
                yield _captured(record)
            elif record.rec_type in ("revisit", "resource", "conversion"):
                address = record.rec_headers.get_header("WARC-Target-URI") or "?"
                yield LeftOut(url=address, reason=f"{record.rec_type} record")
    except (ArchiveLoadFailed, EOFError, zlib.error, OSError, UnicodeDecodeError) as error:
        if not records:
            raise ImportRefused(path, f"cannot be read as WARC ({error})") from error
        yield LeftOut(url=f"{path.name}, behind record {records}", reason="file broken")
    if not records:
        raise ImportRefused(path, "holds no WARC record")


def _captured(record: Any) -> Capture | LeftOut:
    said = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    url, at = true_address(said)
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    status = str(record.http_headers.get_statuscode())
    date = at or _moment(record.rec_headers.get_header("WARC-Date"))
    if not status.isdigit() or date is None:
        return LeftOut(url=url, reason="no date" if date is None else "no status")
    try:
        body = record.content_stream().read(MAX_BODY + 1)
    except (zlib.error, ValueError):
        return LeftOut(url=url, reason="bad coding")
    if len(body) > MAX_BODY:
        return LeftOut(url=url, reason="too large")
    if not record.raw_stream.read(1) and getattr(record.raw_stream, "limit", 0) > 0:
        return LeftOut(url=url, reason="cut off")  # the file ends before the record does
    kept = tuple(("X-Archive-Orig-" + k if k.lower() in _OF_THE_WIRE else k, v) for k, v in headers)
    return Capture(
        url=url, status=int(status), content_type=header(headers, "content-type"), headers=kept, body=body, captured_at=date
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _from_zip(path: Path) -> Iterator[Capture | LeftOut]:
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ImportRefused(path, f"cannot be read as a zip ({error}); unpack it and import the folder") from error
    with package:
        entries = [entry for entry in package.infolist() if not entry.is_dir()]
        if not entries:
            raise ImportRefused(path, "is an empty zip")
        is_of_warcs = any(_WARC_NAME.search(entry.filename) for entry in entries)  # a WACZ, or WARC files zipped
        for entry in entries:
            try:
                if is_of_warcs and _WARC_NAME.search(entry.filename):
                    with package.open(entry) as file:
                        yield from _whole(_from_warc(file, path), entry.filename)
                elif not is_of_warcs:
                    yield _from_entry(package, entry)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
                yield LeftOut(url=entry.filename, reason="file broken")  # or encrypted


def _from_entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Capture | LeftOut:
    if entry.file_size > MAX_BODY:
        return LeftOut(url=entry.filename, reason="too large")
    year, month, day, hour, minute, second = entry.date_time
    at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    with package.open(entry) as file:
        return _stored(entry.filename, file.read(MAX_BODY), at)


def _from_folder(path: Path) -> Iterator[Capture | LeftOut]:
    files = sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink())
    if not files:
        raise ImportRefused(path, "is an empty folder")
    for file in files:
        name = file.relative_to(path).as_posix()
        if _WARC_NAME.search(name):
            yield from _whole(_from_warc_file(file), name)
        elif file.stat().st_size > MAX_BODY:
            yield LeftOut(url=name, reason="too large")
        else:
            yield _stored(name, file.read_bytes(), datetime.fromtimestamp(file.stat().st_mtime, UTC))


def _whole(captures: Iterator[Capture | LeftOut], name: str) -> Iterator[Capture | LeftOut]:
    """``captures``; one broken file among many is left out, not a reason to refuse the others."""
    try:
        yield from captures
    except ImportRefused:
        yield LeftOut(url=name, reason="file broken")


def _stored(name: str, body: bytes, at: datetime) -> Capture | LeftOut:
    """The page in a file called ``host/path``. Its scheme is nowhere: http stands for both. What the server called it is
    nowhere either, so the body is looked at."""
    host, slash, path = name.partition("/")
    if _NO_PAGES.search(name) or not slash or not re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", host):
        return LeftOut(url=name, reason="not host/path")
    url, captured = true_address(f"http://{host}/{quote(path, safe=_SAFE)}")
    if not _MARKUP.search(body[:5_000]):
        return LeftOut(url=url, reason="not a page")
    headers = (("Content-Type", "text/html"),)
    return Capture(
        url=url, status=200, content_type="text/html", headers=headers, body=body, captured_at=captured or at
    )
