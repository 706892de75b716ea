"""When a page says it was published, and when it was last changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain

from extract.declared_dates import (
    MODIFIED_META,
    from_jsonld,
    from_meta,
    from_meta_names,
    from_nodes,
    from_url,
    from_url_month,
    from_url_year,
    url_date,
)
from extract.marked_dates import UTC_MOMENT, from_itemprop, from_time_tag
from extract.page import Page
from extract.records import Dated
from extract.shown_dates import (
    from_dateline,
    from_footer_line,
    from_header_line,
    from_labelled_line,
    from_learnt_place,
    from_named_element,
    from_updated_line,
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
    from_url,  # the day in the address: local, and rarely wrong, but not shown
    from_dateline,  # of a press release
    from_labelled_line,  # says what it is, but may be of something embedded
    from_footer_line,  # some themes date posts at their foot
    from_url_month,  # month only
    from_url_year,  # year only
)
_MACHINE_SOURCES = frozenset({"jsonld", "meta", "itemprop", "time tag"})


def published(sight: Sight) -> Dated | None:
    """When the page says it was published; None if it does not say.

    The day that is shown wins over the same moment's UTC day; a day in the URL settles which of two neighbours it is.
    """
    given = _heard(sight)
    if not given:
        return None
    best = next((dated for want in ("day", "month", "year") for dated in given if dated.precision == want), given[0])
    address = url_date(sight.page.path)
    if best.source in _MACHINE_SOURCES:
        return _as_shown(best, given, address)
    if address and best.source not in ("url",) and not _compatible(best, address) and address.precision == "day":
        return address if best.source not in ("learnt place",) else best
    return best


def _heard(sight: Sight) -> list[Dated]:
    """What each reader says first. Those that read the whole text are heard only where their word can count: where no day
    is known yet, or only a moment in UTC, which may be another day on the reader's calendar."""
    given: list[Dated] = []
    best: Dated | None = None
    for read in READERS:
        if read in _LONG_READERS and best is not None and not UTC_MOMENT.match(best.as_printed.strip()):
            continue
        said = next(iter(read(sight)), None)
        if said is not None:
            given.append(said)
            best = best or (said if said.precision == "day" else None)
    return given


_LONG_READERS = (from_labelled_line, from_footer_line)


def _as_shown(best: Dated, given: Sequence[Dated], address: Dated | None) -> Dated:
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
    clock = UTC_MOMENT.match(best.as_printed.strip())
    if clock is None or (address is not None and address.value == best.value):
        return best
    hour = int(clock.group(1))
    others = [d for d in given if d.source not in ("jsonld", "meta", "footer line") and d.precision == "day"]
    if address and address.precision == "day":
        others.append(address)
    for other in others:
        days = (other.value - best.value).days
        if (days == 1 and hour >= 10) or (days == -1 and hour < 12):
            return other
    return best


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
