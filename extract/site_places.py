"""Where on a blog's posts title, byline, date and body stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from extract.calendar_words import dates_in
from extract.dates import declared
from extract.marked_authors import byline_places, signatures_at
from extract.persons import as_person
from extract.places import path_of, tail_of
from extract.records import Place
from extract.site_leaves import FEWEST, Leaf

# --- dates --------------------------------------------------------------------------------------------------------------


def date_places(leaves: Sequence[Leaf], day_first: bool | None) -> tuple[Place, ...]:
    """Paths of short blocks that hold one date on most posts, and no other than the address or the head gives.

    After a move to another platform the heads of all old posts may give the few days of the move; then the dates shown,
    being many and earlier, are right. Where the whole path differs from section to section, its last steps are taken.
    """
    shown = [_days_shown(leaf, day_first) for leaf in leaves]
    return _date_places(leaves, shown) or _date_places(leaves, [_by_last_steps(days) for days in shown])


def _days_shown(leaf: Leaf, day_first: bool | None) -> dict[str, list[date]]:
    """The days that short blocks about the article give, by path."""
    found: defaultdict[str, list[date]] = defaultdict(list)
    for block in leaf.page.layout.blocks:
        if len(block.text) > 200:
            continue
        days = [s.value for s in dates_in(block.text, day_first=day_first) if s.precision == "day"]
        if days and leaf.is_near(block.element):
            found[path_of(block.element)].append(days[0])
    return found


def _by_last_steps(days: dict[str, list[date]]) -> dict[str, list[date]]:
    found: defaultdict[str, list[date]] = defaultdict(list)
    for path, some in days.items():
        found["/".join(path.split("/")[-_LAST_STEPS:])] += some
    return found


_LAST_STEPS = 3


def _date_places(leaves: Sequence[Leaf], shown: Sequence[dict[str, list[date]]]) -> tuple[Place, ...]:
    seen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    given = {day for leaf in leaves for day in declared(leaf.page)}
    is_moved = 0 < len(given) <= 0.1 * len(leaves)
    values: defaultdict[str, set[date]] = defaultdict(set)
    for leaf, here in zip(leaves, shown, strict=True):
        known = declared(leaf.page)
        for path, days in here.items():
            if len(set(days)) != 1:
                wrong[path] += 1
                continue
            seen[path] += 1
            values[path].add(days[0])
            if known and not any(abs((day - days[0]).days) <= 1 for day in known):
                wrong[path] += 1
                earlier[path] += all(day > days[0] for day in known)
    kept = [
        (path, n)
        for path, n in seen.items()
        if n >= max(FEWEST, 0.25 * len(leaves))
        and (wrong[path] <= 0.1 * n or (is_moved and earlier[path] >= 0.9 * wrong[path]))
        and len(values[path]) > 0.3 * n
    ]
    return tuple(Place(path=path, pages=n) for path, n in sorted(kept, key=lambda item: (-item[1], item[0]))[:3])


# --- bylines ------------------------------------------------------------------------------------------------------------


def signature_places(leaves: Sequence[Leaf]) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Paths of elements that name somebody on most posts, one signature a post; and the names that the first one gave."""

    seen: Counter[str] = Counter()
    several: Counter[str] = Counter()
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    signed: defaultdict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for page, leaf in enumerate(leaves):
        for path, found in signatures_at(byline_places(leaf.page), leaf.is_near).items():
            signature = tuple(person.name for person in found)
            if not path:
                continue
            seen[path] += 1
            several[path] += len(signature) > 4
            signed[path][page] = signature
            names[path].update(signature)
    usable = [path for path, n in seen.items() if n >= max(FEWEST, 0.25 * len(leaves)) and several[path] <= 0.1 * n]
    usable.sort(key=lambda path: (-seen[path] * _trust(names[path]), -path.count("/"), path))
    kept: list[str] = []
    for path in usable:
        # a second place is of use where the first is missing, as under another layout; it must not say otherwise
        both = [page for page in signed[path] if all(page in signed[other] for other in kept)]
        if all(signed[path][page] == signed[other][page] for other in kept for page in both) and len(kept) < 3:
            kept.append(path)
    known = Counter(name for path in kept[:1] for name in names[path].elements())
    ranked = tuple(name for name, _ in sorted(known.items(), key=lambda item: (-item[1], item[0])))
    return tuple(Place(path=path, pages=seen[path]) for path in kept), ranked


def _trust(names: Counter[str]) -> float:
    """A place that names persons, and not always the same, is a byline's; one that repeats a handle may be the site's."""
    persons = sum(n for name, n in names.items() if as_person(name) is not None) / max(1, names.total())
    return 1.0 + 2.0 * persons + (3.0 if len(names) > 1 else 0.0)


# --- title and body -----------------------------------------------------------------------------------------------------


def title_places(leaves: Sequence[Leaf]) -> tuple[Place, ...]:
    """Paths of the blocks that are the title on most posts, and hold nothing else there."""
    seen: Counter[str] = Counter()
    for leaf in leaves:
        if leaf.title_at is not None and leaf.page.layout.blocks:
            blocks = leaf.page.layout.blocks
            path = path_of(blocks[min(leaf.title_at, len(blocks) - 1)].element)
            seen[path] += sum(path_of(block.element) == path for block in blocks if block.is_heading) <= 1
    return _most(seen, 0.4 * len(leaves), 2)


def body_places(leaves: Sequence[Leaf]) -> tuple[Place, ...]:
    """The path of the element that, over all posts, agrees best with what was read as their articles."""
    agreed: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    depth: dict[str, int] = {}
    for leaf in leaves:
        here: dict[str, float] = {}
        for path, share in _agreements(leaf):
            here[path] = max(share, here.get(path, 0.0))
        for path, share in here.items():
            agreed[path] += round(1000 * share)  # whole numbers: their sum has no order
            pages[path] += 1
            depth[path] = path.count("/")
    best = max(agreed, key=lambda path: (agreed[path], depth[path], path), default=None)
    if best is None or agreed[best] < 700 * len(leaves) or pages[best] < 0.6 * len(leaves):
        return ()
    return (Place(path=best, pages=pages[best]),)


def _agreements(leaf: Leaf) -> list[tuple[str, float]]:
    """The paths of the elements about a leaf's article, each with the F1 of their characters and the article's."""
    blocks = leaf.page.layout.blocks
    sums = [0]
    for block in blocks:
        sums.append(sums[-1] + len(block.text))
    start, end = leaf.sight.start, leaf.sight.end
    length = sums[end] - sums[start]
    found = []
    for box in leaf.page.layout.boxes:
        common = sums[min(end, box.end)] - sums[max(start, box.start)] if box.start < end and box.end > start else 0
        both = length + sums[box.end] - sums[box.start]
        if both and 2 * common > 0.6 * both:
            path = tail_of(box.element)
            if path:
                found.append((path, 2 * common / both))
    return found


def _most(seen: Counter[str], fewest: float, most: int) -> tuple[Place, ...]:
    kept = [(path, n) for path, n in seen.items() if path and n >= max(FEWEST, fewest)]
    return tuple(Place(path=path, pages=n) for path, n in sorted(kept, key=lambda item: (-item[1], item[0]))[:most])
