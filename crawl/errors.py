"""What can go wrong while crawling.

    CrawlError
    ├── FetchFailed        one URL could not be had; the crawl goes on without it
    ├── AddressRefused     a host's name leads to an address that must not be asked
    ├── ImportRefused      a file is no capture that can be imported
    └── ArchiveError
        ├── ArchiveBroken  a file of the archive is not what its index says
        └── ArchiveLocked  another process is writing this blog's archive

Nothing of this ends a whole run: `walk.crawl` turns a `FetchFailed` into a line of the ledger.
"""

from __future__ import annotations

from pathlib import Path

HEALING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""HTTP answers that say "not now" (the 52x are what Cloudflare says of a site behind it that does not answer)."""

HEALING_REASONS = frozenset({"dns", "refused", "no connection", "timeout", "cut off", "robots unreachable"})


def status_reason(status: int) -> str:
    """The reason under which an HTTP answer that gave no page is counted."""
    return f"http {status}"


def may_heal(reason: str) -> bool:
    """Whether asking again later may help."""
    if reason.startswith("http "):
        return int(reason.removeprefix("http ")) in HEALING_STATUSES
    return reason in HEALING_REASONS


class CrawlError(Exception):
    """The root of this room's errors."""


class FetchFailed(CrawlError):
    """``url`` could not be had. ``reason`` is one or two stable words, fit for a table; ``retry`` whether it may heal."""

    def __init__(self, url: str, reason: str, retry: bool = False) -> None:
        super().__init__(url, reason, retry)  # all positional, or it will not unpickle
        self.url = url
        self.reason = reason
        self.retry = retry

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class AddressRefused(CrawlError):
    """``host`` resolves to a private, loopback or otherwise internal address only."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(host, address)
        self.host = host
        self.address = address

    def __str__(self) -> str:
        return (
            f"{self.host} is {self.address}, which is not on the public internet; "
            "set allow_private = true in the workspace's settings if you mean to crawl your own network"
        )


class ImportRefused(CrawlError):
    """``path`` cannot be imported. ``what`` says why and what to do."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(path, what)
        self.path = path
        self.what = what

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class ArchiveError(CrawlError):
    """The root of what goes wrong with files of the archive."""


class ArchiveBroken(ArchiveError):
    """``path`` does not hold what it should. ``what`` says what is wrong and what to do."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(path, what)
        self.path = path
        self.what = what

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class ArchiveLocked(ArchiveError):
    """Another process writes the archive of this blog."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} is being written by another crawl; wait until it ends, or stop it"
