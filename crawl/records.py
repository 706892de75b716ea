"""What a crawl speaks of: URLs found, fetches made, captures kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

HowFound = Literal["seed", "robots", "sitemap", "feed", "pagination", "link", "redirect", "canonical", "import"]
Outcome = Literal["fetched", "unchanged", "redirected", "failed", "excluded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A URL that a crawl learnt of: from which page (``via``), by what means, and what the source said of it."""

    url: str
    how: HowFound
    via: str | None = None
    depth: int = 0
    lastmod: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSettings:
    """How one run treats every blog, where the blog itself does not say otherwise. Times in seconds, sizes in bytes."""

    user_agent: str
    delay: float = 1.0
    timeout: float = 30.0
    max_pages: int = 20_000
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    max_retries: int = 4
    proxy: str | None = None  # None: what the environment says (HTTP_PROXY …)
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One line of a blog's fetch ledger: what was asked, what came, and where in the archive it lies.

    The ledger is an index of the WARC files and can be made again from them. ``reason`` says why a URL failed or was
    excluded. For ``unchanged`` the ``digest`` is that of the earlier capture whose body still holds.
    ``crawl`` names the crawl: one that was cut short goes on under the same name.
    """

    blog: str
    crawl: str
    url: str
    how: HowFound
    via: str | None
    outcome: Outcome
    reason: str | None
    status: int | None
    location: str | None  # of a redirect
    content_type: str | None
    size: int
    digest: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSummary:
    """How a crawl of one blog ended."""

    blog: str
    crawl: str
    is_complete: bool
    found: int
    fetched: int
    unchanged: int
    redirected: int
    excluded: int
    failed: tuple[tuple[str, int], ...]  # (reason, how many), most frequent first
    left_out: tuple[tuple[str, int], ...] = ()  # likewise, of addresses that were not even asked: traps, limits
