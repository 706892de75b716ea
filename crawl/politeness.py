"""When a host may be asked next. Pure: the time is passed in, in seconds since the epoch."""

from __future__ import annotations

import random
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

FIRST_BACKOFF = 1.0
LONGEST_BACKOFF = 120.0
LONGEST_WAIT = 600.0
"""A host that asks for more patience than this by Retry-After is left alone for this run."""

FIRST_PACE = 0.25
LEAST_PACE = 0.02
LONGEST_PACE = 30.0
"""What a host's own pace begins with, ends with, and never exceeds: seconds between two requests."""

RECOVERY, SLOW_RECOVERY, NEAR = 0.97, 0.998, 1.3
"""What is left of the pace after a good answer: 23 of them halve it; within 1.3 times what was refused, 346 do."""

IN_ROW = 3
"""Failures in a row say that a host is in trouble; single ones happen everywhere."""

BUSY = 1.0
LATELY = 0.3
"""A host that takes longer than a second is busy. Its latency is an average in which the last answer weighs 0.3."""


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
    """One host's calendar.

    ``delay`` is the least time between the starts of two requests, by the settings or robots.txt; ``pace`` is what the
    host has taught us beyond that. It doubles with every 429, and with every failure from the third in a row on, and
    falls with every answer: quickly while it is well above the pace that was refused last, slowly near it. (Additive
    or multiplicative increase, multiplicative decrease: Jacobson, "Congestion avoidance and control", SIGCOMM 1988.)
    A host that takes long to answer is busy: after its answer it rests at least as long as it lately took.
    ``why`` says what the wait is for.
    """

    delay: float
    due: float = 0.0
    pace: float = 0.0
    why: str = "delay"
    _refused_at: float = 0.0
    _latency: float = 0.0
    _last: float | None = None
    _gap: float = 0.0
    _troubles: int = 0

    def wait(self, now: float) -> float:
        """Seconds until the host may be asked. Bounded, should the clock ever jump back."""
        return max(0.0, min(self.due - now, LONGEST_WAIT))

    def slow_down(self, delay: float | None) -> None:
        """Take a longer delay, such as robots.txt's Crawl-delay; a shorter one changes nothing."""
        if delay is not None:
            self.delay = max(self.delay, delay)

    def asked(self, started: float, ended: float) -> None:
        """Note a request that took from ``started`` to ``ended``."""
        took = max(0.0, ended - started)
        self._latency = took if self._last is None else self._latency + LATELY * (took - self._latency)
        self._gap = started - self._last if self._last is not None else took
        self._last = started
        rest, why = max((self.delay, "delay"), (self.pace, "slowed down"))
        moment = (ended if took > self.delay else started) + rest
        if self._latency > BUSY and ended + min(self._latency, LONGEST_PACE) > moment:
            moment, why = ended + min(self._latency, LONGEST_PACE), "slow host"
        self._rest(moment, why)

    def went_well(self) -> None:
        """Note an answer: the pace recovers."""
        self._troubles = 0
        is_near = self.pace <= self._refused_at * NEAR
        self.pace *= SLOW_RECOVERY if is_near else RECOVERY
        if self.pace < LEAST_PACE:
            self.pace = 0.0

    def went_wrong(self, *, too_fast: bool) -> None:
        """Note an answer that says "not now", or none; ``too_fast``: the host said that it was asked too often."""
        self._troubles += 1
        if too_fast:
            self._refused_at = max(self.delay, self.pace, min(self._gap, LONGEST_PACE))
        if too_fast or self._troubles >= IN_ROW:
            self.pace = min(LONGEST_PACE, max(FIRST_PACE, 2 * self.pace, self.delay))

    def rest_until(self, moment: float, why: str = "back-off") -> None:
        self._rest(moment, why)

    def _rest(self, moment: float, why: str) -> None:
        if moment >= self.due:
            self.due, self.why = moment, why
