"""When a page says it was published, and when it was last changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from extract.calendar_words import dates_in, machine_date
from extract.declared_dates import (
    MODIFIED_META,
    from_jsonld,
    from_meta,
    from_meta_names,
    from_nodes,
    from_scripts,
    from_url,
    from_url_month,
    from_url_year,
    url_date,
)
from extract.elements import text_of
from extract.listed_dates import against_feed, from_feed, is_too_late
from extract.marked_dates import UTC_MOMENT, from_itemprop, from_only_time_tag, from_time_tag
from extract.own_card import from_own_card
from extract.page import Page
from extract.records import Dated
from extract.shown_dates import (
    from_dateline,
    from_footer_line,
    from_header_line,
    from_labelled_line,
    from_learnt_place,
    from_named_element,
    from_named_element_below,
    from_updated_line,
    named_as_published,
)
from extract.sight import Sight

# Most trustworthy first: what the page declares of the article, then what it shows near the title, then its address.
READERS: tuple[Callable[[Sight], Iterator[Dated]], ...] = (
    from_jsonld,  # says which date it is
    from_meta,  # says which date it is, but themes fill some of its names carelessly
    from_itemprop,  # marked in the page itself
    from_learnt_place,  # proved on the blog's other pages
    from_time_tag,  # machine-readable, but of what?
    from_named_element,  # a class name speaks of a date
    from_header_line,  # a date and little else under the title
    from_named_element_below,  # behind the article: of it, or of the next thing
    from_url,  # the day in the address: local, and rarely wrong, but not shown
    from_dateline,  # of a press release
    from_labelled_line,  # says what it is, but may be of something embedded
    from_footer_line,  # some themes date posts at their foot
    from_feed,  # the blog's own word for it, on another page
    from_only_time_tag,  # in a column beside the article, but there is no other
    from_own_card,  # said of this very page, in a list of posts
    from_scripts,  # what the site's own scripts are told of the page
    from_url_month,  # month only
    from_url_year,  # year only
)
_MACHINE_SOURCES = frozenset({"jsonld", "meta", "itemprop", "time tag"})
_SHOWN_SOURCES = frozenset({"learnt place", "named element", "header line", "labelled line"})


def from_rule(sight: Sight) -> Iterator[Dated]:
    """Where the blog's own rules say: the element's machine-readable date, else the one in its text."""
    for element in sight.page.ruled.get("date", ()):
        text = text_of(element)
        for name in ("datetime", "content", "title"):
            said = element.get(name) or ""
            if day := machine_date(said, day_first=sight.day_first):
                yield Dated(value=day, precision="day", source="rule", as_printed=said)
        for seen in sorted(dates_in(text, day_first=sight.day_first), key=lambda found: found.precision != "day"):
            printed = text[seen.start : seen.end]
            yield Dated(value=seen.value, precision=seen.precision, source="rule", as_printed=printed)


def published(sight: Sight) -> Dated | None:
    """When the page says it was published; None if it does not say.

    The day that is shown wins over the same moment's UTC day; a day in the URL settles which of two neighbours it is.
    """
    ruled = next(from_rule(sight), None)
    if ruled is not None:
        return ruled
    given = _heard(sight)
    if not given:
        return None
    rough = next((dated for want in ("month", "year") for dated in given if dated.precision == want), None)
    best = _most_trusted(given, sight)
    return against_feed(best, rough, modified(sight), sight) if sight.page.listed is not None else best


def _most_trusted(given: Sequence[Dated], sight: Sight) -> Dated:
    """What the page itself says, its readers weighed against each other."""
    best = next((dated for want in ("day", "month", "year") for dated in given if dated.precision == want), given[0])
    address = url_date(sight.page.path)
    if best.source in _MACHINE_SOURCES:
        best = _in_order(best, given)
        return _before_change(best, given, sight) or _as_shown(best, given, address, sight)
    if (
        address
        and best.source not in ("url",)
        and not _compatible(best, address)
        and address.precision == best.precision
    ):
        return address if best.source not in ("learnt place",) else best
    return best


def _heard(sight: Sight) -> list[Dated]:
    """What each reader says first, of days not after the fetch. Those that read the whole text are heard only where their
    word can count: where no day is known yet, or one that may be another on the reader's calendar."""
    latest = (
        sight.page.as_of + timedelta(days=1) if sight.page.as_of is not None else date.max
    )  # a day: of the clock's zone
    given: list[Dated] = []
    best: Dated | None = None
    for read in READERS:
        if best is not None and read in _LAST_RESORTS:
            continue
        if best is not None and read in _LONG_READERS and not _is_open(best):
            continue
        said = next((d for d in read(sight) if d.value <= latest and not is_too_late(d, sight)), None)
        if said is not None:
            given.append(said)
            best = best or (said if said.precision == "day" else None)
    return given


_IN_DOUBT = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?!\d)")


def _is_open(dated: Dated) -> bool:
    """Whether what is shown may settle the day: of a moment in UTC, and of figures that can be read both ways."""
    return bool(UTC_MOMENT.match(dated.as_printed.strip()) or _IN_DOUBT.match(dated.as_printed))


_LONG_READERS = frozenset({from_labelled_line, from_footer_line})
_LAST_RESORTS = frozenset({from_named_element_below, from_only_time_tag, from_own_card, from_feed, from_scripts})
"""Heard only where no day is known."""


def _in_order(best: Dated, given: Sequence[Dated]) -> Dated:
    """``best`` with day and month as the page shows them, where a machine's ``11/01/2023`` can be read both ways."""
    match = _IN_DOUBT.match(best.as_printed)
    if match is None or max(int(match[1]), int(match[2])) > 12:
        return best
    readings = {date(int(match[3]), int(match[i]), int(match[3 - i])) for i in (1, 2)}
    shown = next(
        (d for d in given if d.source not in _MACHINE_SOURCES and d.precision == "day" and d.value in readings), None
    )
    return replace(best, value=shown.value) if shown is not None else best


def _before_change(best: Dated, given: Sequence[Dated], sight: Sight) -> Dated | None:
    """The earlier day that the page shows or marks, where the head declares the day of the last change for both.

    All that shows or marks a day must give this one, and there must be two of them.
    """
    last = modified(sight)
    if last is None or last.value != best.value:
        return None
    others = [
        d
        for d in given
        if d.precision == "day" and d.source not in ("jsonld", "meta", "url", "dateline", "footer line")
    ]
    others = [
        d for d in others if (d.value.day, d.value.month) != (best.value.month, best.value.day)
    ]  # 03.11. or 11.03.
    days = {dated.value for dated in others}
    return others[0] if len(others) > 1 and len(days) == 1 and max(days) < best.value else None


def _as_shown(best: Dated, given: Sequence[Dated], address: Dated | None, sight: Sight) -> Dated:
    """``best``, a moment written for machines, or the neighbouring day that the page shows for the same moment.

    Only a moment in UTC has another day on the reader's calendar: the next one in its later hours, the one before in its
    earlier hours. Otherwise the neighbouring day is another event, as an update.
    """
    learnt = next((d for d in given if d.source == "learnt place" and d.precision == "day"), None)
    if learnt is not None and (learnt.value - best.value).days <= 1:
        return learnt  # shown a day off, or long before: the machine's date is then that of a move or an update
    shown = _shown_alike(given)
    if shown is not None and abs((shown.value - best.value).days) > 1:
        backed = any(d.value == shown.value for d in given if d.source in ("meta", "itemprop"))
        if backed or best.source == "time tag":  # a machine's date that another one, or all that is shown, contradicts
            return shown
    if shown is not None and _NO_CLOCK.match(best.as_printed) and abs((shown.value - best.value).days) == 1:
        last = modified(sight)
        if last is None or last.value != shown.value or shown.value in named_as_published(sight):
            return shown  # a moment on nobody knows whose clock
    clock = UTC_MOMENT.match(best.as_printed.strip())
    others = [d for d in given if d.source not in ("jsonld", "meta", "footer line") and d.precision == "day"]
    is_seen = any(d.value == best.value for d in others if d.source in _SHOWN_SOURCES)
    if clock is None or is_seen or (address is not None and address.value == best.value):
        return best
    hour = int(clock.group(1))
    if address and address.precision == "day":
        others.append(address)
    for other in others:
        days = (other.value - best.value).days
        if (days == 1 and hour >= 10) or (days == -1 and hour < 12):
            return other
    if sight.site is None or any(other.value == best.value for other in others):
        return best
    return _on_its_clock(best, hour + int(clock.group(2)) / 60, sight.site.utc_offset)


_NO_CLOCK = re.compile(r"\s*\d{4}-\d\d?-\d\d?[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?\s*$")
"""A moment that does not say in which zone."""


def _on_its_clock(dated: Dated, hour: float, offset: int | None) -> Dated:
    """A UTC moment's day as the blog's other posts show theirs, where this one shows none."""
    days = int((hour + offset) // 24) if offset is not None else 0
    return replace(dated, value=dated.value + timedelta(days=days), source="clock of the blog") if days else dated


def _shown_alike(given: Sequence[Dated]) -> Dated | None:
    """The day on which the line about the title and the element named for it agree: what readers see as its date."""
    shown = [d for d in given if d.source in ("named element", "header line") and d.precision == "day"]
    return shown[0] if len(shown) == 2 and shown[0].value == shown[1].value else None


def _compatible(one: Dated, other: Dated) -> bool:
    if "month" in (one.precision, other.precision):
        return (one.value.year, one.value.month) == (other.value.year, other.value.month)
    return abs((one.value - other.value).days) <= 1


def declared(page: Page) -> list[date]:
    """The publication days that the head and the address give: what a learnt place is checked against."""
    sight = Sight(page, 0, 0, None)
    found = [next(read(sight), None) for read in (from_jsonld, from_meta, from_itemprop, from_url)]
    return [dated.value for dated in found if dated is not None]


def modified(sight: Sight) -> Dated | None:
    """When the page says it was last changed; None if it does not say."""
    said = chain(from_nodes(sight, ("dateModified",)), from_meta_names(sight, MODIFIED_META), from_updated_line(sight))
    return next(said, None)
