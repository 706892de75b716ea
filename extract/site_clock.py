"""How far the days that a blog shows are ahead of the moments that its pages give in UTC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.calendar_words import dates_in
from extract.declared_dates import from_jsonld, from_meta
from extract.marked_dates import UTC_MOMENT
from extract.places import ends_with, path_of
from extract.records import Place
from extract.site_leaves import Leaf

_FEWEST = 3  # posts on which the two days differ
_SURE = 0.95  # share of posts that the offset must explain
_WIDEST = 4  # hours between which it may lie: summer time takes one
_HOURS = range(-12, 15)


def utc_offset(leaves: Sequence[Leaf], places: Sequence[Place], day_first: bool | None) -> int | None:
    """The hours to add to a UTC moment for the day that the blog shows; None where its posts do not tell.

    A post that went out at 23:10 UTC and shows the next day puts its clock at least one hour ahead; one from 22:30 that
    shows the same day, less than two.
    """
    pairs = [(hour, days) for leaf in leaves for hour, days in _pair(leaf, places, day_first)]
    if sum(days != 0 for _, days in pairs) < _FEWEST:
        return None
    explained = {o: sum((hour + o) // 24 == days for hour, days in pairs) for o in _HOURS}
    most = max(explained.values())
    best = [o for o in _HOURS if explained[o] == most]
    if most < _SURE * len(pairs) or best[-1] - best[0] > _WIDEST:
        return None
    return best[len(best) // 2]


def _pair(leaf: Leaf, places: Sequence[Place], day_first: bool | None) -> Iterator[tuple[float, int]]:
    """The hour of a post's UTC moment, and by how many days the day shown differs from the UTC day."""
    given = next((d for read in (from_jsonld, from_meta) for d in read(leaf.sight)), None)
    clock = UTC_MOMENT.match(given.as_printed.strip()) if given is not None else None
    if given is None or clock is None:
        return
    for block in leaf.page.layout.blocks:
        if (
            len(block.text) > 200
            or not any(ends_with(path_of(block.element), place.path) for place in places)
            or not leaf.is_near(block.element)
        ):
            continue
        seen = next((s for s in dates_in(block.text, day_first=day_first) if s.precision == "day"), None)
        days = (seen.value - given.value).days if seen is not None else 9
        if abs(days) <= 1:
            yield int(clock.group(1)) + int(clock.group(2)) / 60, days
            return
