"""One request and its answer, as they went over the wire, and how to read the body."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]

MAX_DECODED = 256_000_000
"""What a body may come to when it is decoded again from the archive; bodies were capped when they were fetched."""

MAX_MEMBERS = 100
"""Of a gzip body; each costs a copy of all that follows it, so a body of many empty ones would cost hours."""

MAX_CODINGS = 4
"""Applied to one body, one on the other."""


class BodyUndecodable(ValueError):
    """The body cannot be decoded; ``str()`` of it is the reason: ``too large``, ``cut off``, ``bad coding``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """``raw`` is the body as received: transfer coding undone, content coding (gzip) still on. ``body`` is decoded.

    ``truncated`` says that we stopped reading (bodies of error pages are not worth more).
    """

    url: str
    status: int
    phrase: str
    http_version: str
    headers: Headers
    raw: bytes
    body: bytes
    fetched_at: datetime
    request_headers: Headers
    truncated: bool = False

    def header(self, name: str) -> str | None:
        return header(self.headers, name)

    @property
    def content_type(self) -> str | None:
        return self.header("content-type")

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as the server wrote it."""
        return self.header("location") if self.status in (301, 302, 303, 307, 308) else None


def header(headers: Headers, name: str) -> str | None:
    """The first header of that name, whatever its case."""
    return next((value for key, value in headers if key.lower() == name), None)


def media_type(content_type: str | None) -> str | None:
    """``text/html`` of ``Text/HTML; charset=utf-8``."""
    if content_type is None:
        return None
    return content_type.split(";", 1)[0].split(",", 1)[0].strip().lower() or None


def decoded(raw: bytes, coding: str | None, max_bytes: int = MAX_DECODED) -> bytes:
    """``raw`` with its content coding undone. Never holds more than ``max_bytes`` of it.

    Raises BodyUndecodable if the body is longer, breaks off, or uses a coding that was not asked for.
    """
    names = [part.strip().lower() for part in (coding or "").split(",")]
    if len(names) > MAX_CODINGS:
        raise BodyUndecodable("bad coding")
    for name in reversed(names):
        if name in ("gzip", "x-gzip"):
            raw = gunzipped(raw, max_bytes)
        elif name == "deflate":
            raw = _inflated(raw, max_bytes)
        elif name not in ("", "identity"):
            raise BodyUndecodable("bad coding")
    if len(raw) > max_bytes:
        raise BodyUndecodable("too large")
    return raw


def gunzipped(raw: bytes, max_bytes: int = MAX_DECODED) -> bytes:
    """The members of a gzip file, one after the other (RFC 1952). An empty body stays empty."""
    out = bytearray()
    members = 0
    while raw:
        if (members := members + 1) > MAX_MEMBERS:
            raise BodyUndecodable("bad coding")
        piece, rest = _one_stream(raw, zlib.MAX_WBITS | 16, max_bytes - len(out))
        out += piece
        raw = rest if rest[:2] == b"\x1f\x8b" else b""  # padding behind the last member is allowed
    return bytes(out)


def _inflated(raw: bytes, max_bytes: int) -> bytes:
    """``deflate``: with the zlib header as RFC 9110 §8.4.1.2 wants it, or without, as some servers send it."""
    if not raw:
        return raw
    with_header = raw[0] & 0x0F == 8 and int.from_bytes(raw[:2], "big") % 31 == 0
    return _one_stream(raw, zlib.MAX_WBITS if with_header else -zlib.MAX_WBITS, max_bytes)[0]


def _one_stream(raw: bytes, wbits: int, max_bytes: int) -> tuple[bytes, bytes]:
    reader = zlib.decompressobj(wbits)
    try:
        out = reader.decompress(raw, max_bytes + 1)
    except zlib.error as error:
        raise BodyUndecodable("bad coding") from error
    if len(out) > max_bytes:
        raise BodyUndecodable("too large")
    if not reader.eof:
        raise BodyUndecodable("cut off")
    return out, reader.unused_data
