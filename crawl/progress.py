"""What a crawl tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

REPORT_EVERY = 20
REPORT_AFTER = 1.0
"""It tells how far it is after so many URLs, or seconds."""

LONG_WAIT = 2.0
"""A wait of so many seconds is told before it begins; what shorter ones were for is said with the next report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl is. ``waiting`` can still grow; ``url`` is the one that was asked last.

    ``rate`` counts the URLs settled in a second of this run, ``left`` the seconds that those waiting will take at that
    rate; None while there is nothing to go by. ``waits_for`` says what the crawl waits for, or did since the last
    report: ``delay``, ``slowed down``, ``slow host``, ``Retry-After``, ``back-off``; of these with " (robots.txt)"
    where it is robots.txt that is asked for. ``wait`` is how long, in seconds, from now on; 0: it goes on.
    """

    blog: str
    crawl: str
    found: int
    waiting: int
    fetched: int
    unchanged: int
    failed: int
    url: str | None
    rate: float | None = None
    left: float | None = None
    waits_for: str | None = None
    wait: float = 0.0


class Teller:
    """Decides when a crawl tells how far it is, and knows how fast it goes. ``at`` is what it would tell now."""

    def __init__(self, tell: Callable[[Progress], None] | None, clock: Callable[[], float]) -> None:
        self._tell, self._clock = tell, clock
        self._began = self._last = clock()
        self._settled = 0
        self._waited: tuple[float, str] | None = None
        self.at: Progress | None = None

    def settled(self, at: Progress, *, now: bool = False) -> None:
        """Note that one more URL is settled. ``now``: tell at once, nothing more will follow."""
        self._settled += not now
        moment = self._clock()
        elapsed = moment - self._began
        rate = self._settled / elapsed if elapsed > 0 else None
        self.at = replace(
            at,
            rate=rate,
            left=at.waiting / rate if rate and self._settled >= REPORT_EVERY else None,
            waits_for=self._waited[1] if self._waited else None,
        )
        if now or self._settled % REPORT_EVERY == 1 or moment - self._last >= REPORT_AFTER:
            self._send(self.at)

    def waits(self, seconds: float, why: str, url: str) -> None:
        """Note a wait that is about to begin."""
        said = f"{why} (robots.txt)" if url.endswith("/robots.txt") else why
        self._waited = max(self._waited or (0.0, ""), (seconds, said))
        if seconds >= LONG_WAIT and self.at is not None:
            self._send(replace(self.at, waits_for=said, wait=seconds))

    def _send(self, at: Progress) -> None:
        self._last, self._waited = self._clock(), None
        if self._tell is not None:
            self._tell(at)
