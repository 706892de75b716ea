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
                if not failure.retry or attempt == last:
                    raise
                asked_for = None
            else:
                if answer.status not in HEALING_STATUSES or attempt == last:
                    return answer
                asked_for = retry_after(answer.header("retry-after"), self._clock())
                if asked_for is not None and asked_for > LONGEST_WAIT:
                    return answer
            rest = max(asked_for or 0.0, backoff(attempt, self._rng))
            self.manners(url).rest_until(self._clock() + rest)
        raise AssertionError("unreachable")

    def _once(
        self, url: str, etag: str | None, last_modified: str | None, packed: bool, max_bytes: int | None
    ) -> Exchange:
        calendar = self.manners(url)
        if (wait := calendar.wait(self._clock())) > 0:
            self._sleep(wait)
        started = self._clock()
        self.requests += 1
        try:
            return self._fetcher.fetch(url, etag=etag, last_modified=last_modified, packed=packed, max_bytes=max_bytes)
        finally:
            calendar.asked(started, self._clock())
