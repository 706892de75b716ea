"""Whether what is said of a page, by a feed, a sitemap or its own address, shows that it is older than a day. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from crawl.recheck import moment
from crawl.records import Found

# A post's folders: /2014/, /2014/05/ or /2014/05/17/.
_FOLDERS = re.compile(r"/((?:19|20)\d\d)/(?:(0?[1-9]|1[0-2])/(?:(0?[1-9]|[12]\d|3[01])/)?)?")


def is_older(found: Found, day: date) -> bool:
    """Whether the page was neither posted nor changed on ``day`` or later. What nothing dates, or a date that cannot be read,
    is not older."""
    said = [told(text) for text in (found.lastmod, found.published) if text]
    if said:
        return all(at is not None and at < day for at in said)
    last = last_day(found.url)
    return last is not None and last < day


def told(text: str) -> date | None:
    """The day of a date as feeds (RFC 822, RFC 3339) and sitemaps (W3C datetime) write it; None for anything else."""
    at = moment(text)
    if at is not None:
        return at.date()
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, OverflowError):  # a number that no calendar has
        return None


def last_day(url: str) -> date | None:
    """The last day that the address's dated folders leave open; None where it has none."""
    found = _FOLDERS.search(urlsplit(url).path)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    length = monthrange(year, month)[1]
    return date(year, month, min(int(found[3] or length), length))
