"""When a host may be asked next. Pure: the time is passed in, in seconds since the epoch."""

from __future__ import annotations

import random
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

FIRST_BACKOFF = 1.0
LONGEST_BACKOFF = 120.0
LONGEST_WAIT = 600.0
"""A host that asks for more patience than this by Retry-After is left alone for this run."""


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 §10.2.3: a number or a date); None if it says nothing."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def backoff(attempt: int, rng: random.Random) -> float:
    """Seconds to wait after the failed ``attempt`` (0 = the first): doubling, half of it left to chance."""
    longest = min(LONGEST_BACKOFF, FIRST_BACKOFF * 2.0**attempt)
    return longest * (0.5 + 0.5 * rng.random()) if attempt else longest


@dataclass(slots=True)
class Politeness:
    """One host's calendar. ``delay`` is the least time between the starts of two requests, and after a slow answer
    at least that much rest is kept too: a host that takes long to answer is busy."""

    delay: float
    due: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the host may be asked. Bounded, should the clock ever jump back."""
        return max(0.0, min(self.due - now, LONGEST_WAIT))

    def slow_down(self, delay: float | None) -> None:
        """Take a longer delay, such as robots.txt's Crawl-delay; a shorter one changes nothing."""
        if delay is not None:
            self.delay = max(self.delay, delay)

    def asked(self, started: float, ended: float) -> None:
        """Note a request that took from ``started`` to ``ended``."""
        slow = ended if ended - started > self.delay else started
        self.due = max(self.due, slow + self.delay)

    def rest_until(self, moment: float) -> None:
        self.due = max(self.due, moment)
