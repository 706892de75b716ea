"""What a run reports about each blog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawl.records import CrawlSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """A blog's crawl: its summary, or the problem that left it without one. A problem names what to do next."""

    blog: str
    summary: CrawlSummary | None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enriched:
    """A blog's reading: pages looked at, pages that were new work, posts held, pages quarantined."""

    blog: str
    pages: int
    read: int
    posts: int
    quarantined: int
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """Everything a run did; ``problems`` are (blog, what) pairs for the blogs that failed."""

    harvested: tuple[Harvested, ...] = ()
    enriched: tuple[Enriched, ...] = ()
    report: str | None = None

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        results: Sequence[Harvested | Enriched] = (*self.harvested, *self.enriched)
        return tuple(dict.fromkeys((r.blog, r.problem) for r in results if r.problem))
