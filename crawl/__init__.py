"""Acts on the web: robots, sitemaps, feeds, frontier, fetching, and the WARC archive.

The public names are loaded when they are first used, so that importing the room costs nothing. (`crawl.probe` is the
module; its function of the same name is had by ``from crawl.probe import probe``.)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawl.archive import Archive as Archive
    from crawl.errors import ArchiveBroken as ArchiveBroken
    from crawl.errors import ArchiveLocked as ArchiveLocked
    from crawl.errors import CrawlError as CrawlError
    from crawl.errors import FetchFailed as FetchFailed
    from crawl.probe import Probe as Probe
    from crawl.progress import Progress as Progress
    from crawl.records import CrawlSettings as CrawlSettings
    from crawl.records import CrawlSummary as CrawlSummary
    from crawl.records import Fetch as Fetch
    from crawl.walk import crawl as crawl

_HOMES = {
    "Archive": "archive",
    "ArchiveBroken": "errors",
    "ArchiveLocked": "errors",
    "CrawlError": "errors",
    "CrawlSettings": "records",
    "CrawlSummary": "records",
    "Fetch": "records",
    "FetchFailed": "errors",
    "Probe": "probe",
    "Progress": "progress",
    "crawl": "walk",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
