"""A `Fetch` and its two written forms: a line of the index, and the fields of a WARC metadata record. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from crawl.records import CrawlSummary, Fetch

ENDING = "crawl_ended"
"""The key of the index line, and the field of the WARC record, that say a crawl reached its end."""

_NUMBERS = frozenset({"status", "size", "warc_offset"})
_PLACE = frozenset({"warc_file", "warc_offset"})  # known from where the record lies, so not written into it


def line(fetch: Fetch) -> str:
    """One JSON object, without a line break."""
    said = asdict(fetch)
    said["fetched_at"] = fetch.fetched_at.isoformat()
    return json.dumps(said, ensure_ascii=False)


def ending_line(summary: CrawlSummary) -> str:
    return json.dumps({ENDING: asdict(summary)}, ensure_ascii=False)


def parsed_line(text: str) -> Fetch | CrawlSummary:
    """The reverse of `line` and `ending_line`. Raises ValueError for what is neither."""
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError("not an index line")
    try:
        if ENDING in said:
            return _summary(said[ENDING])
        return Fetch(**{**said, "fetched_at": datetime.fromisoformat(said["fetched_at"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"not an index line: {error}") from error


def warc_fields(fetch: Fetch) -> bytes:
    """The body of the metadata record (application/warc-fields): all of the fetch but where it lies."""
    said = asdict(fetch)
    said["fetched_at"] = fetch.fetched_at.isoformat()
    lines = [f"{name}: {value}\r\n" for name, value in said.items() if value is not None and name not in _PLACE]
    return "".join(lines).encode()


def ending_fields(summary: CrawlSummary, excluded: dict[str, int]) -> bytes:
    """The body of the metadata record that closes a crawl: its summary, and why pages were left out."""
    said = json.dumps(asdict(summary), ensure_ascii=False)
    left_out = json.dumps(excluded, ensure_ascii=False, sort_keys=True)
    return f"{ENDING}: {said}\r\nleft_out: {left_out}\r\n".encode()


def parsed_fields(body: bytes, warc_file: str, offset: int) -> Fetch | CrawlSummary | None:
    """The reverse of `warc_fields` and `ending_fields`; None for metadata that others wrote."""
    said: dict[str, Any] = {}
    for text in body.decode().split("\r\n"):
        name, colon, value = text.partition(": ")
        if colon:
            said[name] = int(value) if name in _NUMBERS else value
    if ENDING in said:
        return _summary(json.loads(said[ENDING]))
    if not {"blog", "crawl", "outcome", "fetched_at"} <= said.keys():
        return None
    known: dict[str, Any] = {field.name: said.get(field.name) for field in fields(Fetch)}
    known |= {
        "fetched_at": datetime.fromisoformat(said["fetched_at"]),
        "warc_file": warc_file,
        "warc_offset": offset,
    }
    return Fetch(**known)


def _summary(said: dict[str, Any]) -> CrawlSummary:
    counted = {
        name: tuple((str(reason), int(times)) for reason, times in said.get(name, ()))
        for name in ("failed", "left_out")
    }
    return CrawlSummary(**{**said, **counted})
