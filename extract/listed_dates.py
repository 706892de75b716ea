"""What the blog's own feeds and sitemaps say of a post's date, against what its page says.

A feed (RSS 2.0 ``pubDate``, Atom ``published``, JSON Feed ``date_published``) says when a post was published, a sitemap's
``lastmod`` when it was last changed. So a feed gives the day that a page keeps to itself, and refuses later ones that
nothing on the page calls the day of publication; a sitemap only refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from extract.calendar_words import machine_date
from extract.marked_dates import UTC_MOMENT
from extract.records import Dated
from extract.shown_dates import from_labelled_line, named_as_published
from extract.sight import Sight

UNLABELLED = frozenset(
    {"time tag", "only time tag", "named element", "header line", "footer line", "own card", "script"}
)
"""Dates that stand where the one of publication usually does, but may be of an update, an event or today."""
_AHEAD = timedelta(days=31)
"""How long before its day a post is written that waits for it: then it was last changed before it was published."""


def from_feed(sight: Sight) -> Iterator[Dated]:
    """The day that the blog's feeds give, on the blog's own clock where that is known."""
    said = sight.page.listed.published if sight.page.listed is not None else None
    day = machine_date(said, day_first=True) if said else None
    if said and day:
        clock = UTC_MOMENT.match(said.strip())
        offset = sight.site.utc_offset if sight.site is not None else None
        if clock and offset is not None:
            day += timedelta(days=(int(clock[1]) + offset) // 24)
        yield Dated(value=day, precision="day", source="feed", as_printed=said)


def is_too_late(dated: Dated, sight: Sight) -> bool:
    """Whether a date that nothing labels is long after the last change, by the blog's sitemaps: then it is of something else."""
    said = sight.page.listed.changed if sight.page.listed is not None else None
    changed = machine_date(said) if said and dated.source in UNLABELLED else None
    return changed is not None and dated.value > changed + _AHEAD and not _is_labelled(dated, sight)


def against_feed(best: Dated, rough: Dated | None, changed: Dated | None, sight: Sight) -> Dated:
    """``best``, or the feed's day where that is earlier by more than a day and ``best`` may be of something else.

    That is a date without a label, and the day of the last ``changed``. An earlier date than the feed's stays: feeds give
    the day of a move, too. And the feed's day gives way to a month or year (``rough``) of the page that it is not in.
    """
    fed = next(from_feed(sight), None)
    if fed is None or best.precision != "day":
        return best
    if best.source == "feed":
        return best if rough is None or _is_within(best, rough) else rough
    if best.value - fed.value <= timedelta(days=1):
        return best
    is_change = changed is not None and changed.value == best.value
    return fed if is_change or (best.source in UNLABELLED and not _is_labelled(best, sight)) else best


def _is_labelled(dated: Dated, sight: Sight) -> bool:
    """Whether the page calls a day that of publication, in words or by the name of the element."""
    said = (labelled.value for labelled in from_labelled_line(sight))
    return dated.value in named_as_published(sight) or dated.value in said


def _is_within(dated: Dated, rough: Dated) -> bool:
    is_year = dated.value.year == rough.value.year
    return is_year and (rough.precision == "year" or dated.value.month == rough.value.month)
