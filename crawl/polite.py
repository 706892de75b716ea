"""Asking a URL as often as it takes and as seldom as is decent: delays, Retry-After, retries."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from crawl.errors import HEALING_STATUSES, FetchFailed
from crawl.exchange import Exchange
from crawl.fetcher import Fetcher
from crawl.politeness import LONGEST_WAIT, Politeness, backoff, retry_after
from crawl.urls import origin_key


class PoliteFetcher:
    """A `Fetcher` that waits its turn, host by host, and asks again what may heal."""

    def __init__(
        self, fetcher: Fetcher, delay: float, *, clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep, rng: random.Random | None = None,
    ) -> None:  # fmt: skip
        self.requests = 0
        self.on_wait: Callable[[float, str, str], None] | None = None  # told before each wait: seconds, why, URL
        self._fetcher, self._delay, self._clock, self._sleep = fetcher, delay, clock, sleep
        self._rng = rng or random.Random()  # noqa: S311 (jitter is no secret)
        self._hosts: dict[str, Politeness] = {}

    def manners(self, url: str) -> Politeness:
        """The calendar of the host of ``url``; twins (www) share one."""
        return self._hosts.setdefault(origin_key(url), Politeness(self._delay))

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, packed: bool = False,
        max_bytes: int | None = None,
    ) -> Exchange:  # fmt: skip
        """The answer to a GET. An answer that says "not now" is returned only after the last retry.

        Raises FetchFailed as `Fetcher.fetch` does, after the last retry.
        """
        last = self._fetcher.settings.max_retries
        for attempt in range(last + 1):
            try:
                answer = self._once(url, etag, last_modified, packed, max_bytes)
            except FetchFailed as failure:
                if failure.retry:
                    self._rest(url, attempt, None)
                if not failure.retry or attempt == last:
                    raise
            else:
                if answer.status not in HEALING_STATUSES:
                    self.manners(url).went_well()
                    return answer
                asked_for = retry_after(answer.header("retry-after"), self._clock())
                self._rest(url, attempt, asked_for, too_fast=answer.status == 429)
                if attempt == last or (asked_for or 0.0) > LONGEST_WAIT:
                    return answer
        raise AssertionError("unreachable")

    def _rest(self, url: str, attempt: int, asked_for: float | None, *, too_fast: bool = False) -> None:
        """Leave the host in peace after what went wrong, whatever is asked next: as long as it asks for, and by its doing."""
        calendar, rest = self.manners(url), backoff(attempt, self._rng)
        why = "back-off" if asked_for is None or asked_for < rest else "Retry-After"
        calendar.went_wrong(too_fast=too_fast)
        calendar.rest_until(self._clock() + max(asked_for or 0.0, rest), why)

    def _once(
        self, url: str, etag: str | None, last_modified: str | None, packed: bool, max_bytes: int | None
    ) -> Exchange:
        calendar = self.manners(url)
        if (wait := calendar.wait(self._clock())) > 0:
            if self.on_wait is not None:
                self.on_wait(wait, calendar.why, url)
            self._sleep(wait)
        started = self._clock()
        self.requests += 1
        try:
            return self._fetcher.fetch(url, etag=etag, last_modified=last_modified, packed=packed, max_bytes=max_bytes)
        finally:
            calendar.asked(started, self._clock())
