"""When a page that is known should be asked again. Pure: the time is passed in.

What has not changed for long will seldom change tomorrow, so the rest between two checks grows with the time that a page
was seen to hold: a quarter of it, at most 90 days. A page checked once is always due, one that changed starts anew. (The
idea is that of adaptive revisit policies: Cho & Garcia-Molina, "Effective page refresh policies for web crawlers", ACM
TODS 28(4), 2003; the quarter is ours. For a page that never changes it makes the checks grow with the logarithm of time.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawl.records import Fetch

SHARE = 0.25
LONGEST_REST = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a page gave when it was asked last: the same since ``since``, as was seen at ``checked``."""

    since: datetime
    checked: datetime


def held(fetches: Iterable[Fetch]) -> dict[str, Held]:
    """By URL, how long its content was seen to hold; not for pages that failed or led elsewhere the last time.

    ``fetches`` is a ledger, oldest first. Imported captures say nothing of how the page is now.
    """
    known: dict[str, Held] = {}
    for fetch in fetches:
        if fetch.how == "import":
            continue
        before = known.get(fetch.url)
        if fetch.outcome == "unchanged" and before is not None:
            known[fetch.url] = Held(since=before.since, checked=fetch.fetched_at)
        elif fetch.outcome in ("fetched", "unchanged"):
            known[fetch.url] = Held(since=fetch.fetched_at, checked=fetch.fetched_at)
        else:
            known.pop(fetch.url, None)
    return known


def is_due(page: Held, now: datetime, lastmod: str | None = None) -> bool:
    """Whether to ask again at ``now``. A ``lastmod`` (of a sitemap or feed) that is later than the last check says yes,
    and so does one that cannot be read."""
    if lastmod is not None:
        said = moment(lastmod)
        if said is None or said.date() >= page.checked.date():
            return True
    return now - page.checked >= min(LONGEST_REST, SHARE * (page.checked - page.since))


def moment(text: str) -> datetime | None:
    """An ISO 8601 date or time; None for anything else."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def began(crawl: str) -> datetime | None:
    """When a crawl began, by its name: the same moment however often it was cut short."""
    return moment(crawl[:16])
