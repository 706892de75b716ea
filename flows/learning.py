"""Which of a blog's archived pages it is learnt from."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence

from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.records import Fetch

LEARN_FROM = 300  # pages a blog; more teach nothing new


def sample(latest: Sequence[Fetch]) -> list[Fetch]:
    """The pages to learn a blog from: the same ones whatever the order, and mostly the same ones when the blog grows."""
    return sorted(latest, key=lambda fetch: hashlib.sha256(fetch.url.encode()).digest())[:LEARN_FROM]


def pages_of(archive: Archive, fetches: Sequence[Fetch]) -> Iterator[tuple[str, bytes]]:
    """(URL, body) of each capture. One that cannot be read teaches nothing; reading it will say why."""
    for fetch in fetches:
        with contextlib.suppress(CrawlError):
            page = archive.read(archive.holding(fetch))
            yield page.final_url, page.body
