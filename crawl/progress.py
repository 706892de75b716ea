"""What a crawl tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl is. ``waiting`` can still grow; ``url`` is the one that was asked last."""

    blog: str
    crawl: str
    found: int
    waiting: int
    fetched: int
    unchanged: int
    failed: int
    url: str | None
