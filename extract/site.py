"""What one blog's pages have in common: furniture, title affixes, and where date and byline stand."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from extract.calendar_words import dates_in
from extract.dates import declared
from extract.digests import digest_of
from extract.elements import Element
from extract.kind import address_kind
from extract.marked_authors import byline_places, signatures_at
from extract.page import Page, parse_page
from extract.persons import as_person
from extract.places import path_of
from extract.post import read_page
from extract.records import Place, SiteProfile
from extract.sight import Sight

FEWEST = 5
"""Pages below which nothing is learnt: what three pages share may be chance."""
MOST = 150
"""Pages looked at; of more, those with the smallest digests of their URLs are taken, which is chance that repeats."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One learnt page that looks like a post."""

    page: Page
    title: str
    title_at: int | None
    sight: Sight

    def is_near(self, element: Element) -> bool:
        """Whether an element stands with the article, neither far above or below nor in comments, teasers or menus."""
        at = self.page.layout.position(element)
        top = min(self.sight.start, self.sight.start if self.title_at is None else self.title_at)
        return top - 6 <= at <= self.sight.end + 8 and not self.sight.is_elsewhere(element)


def learn_site(pages: Iterable[tuple[str, bytes | str]]) -> SiteProfile:
    """What the pages of one blog, given as (url, html), have in common; their order does not matter.

    Of fewer than five pages nothing is learnt. Listings may be among the pages: only those that look like posts count,
    and a post met twice counts once.
    """
    chosen = _chosen(pages)
    if len(chosen) < FEWEST:
        return SiteProfile(pages=len(chosen))
    leaves = _leaves(chosen)
    if len(leaves) < FEWEST:
        return SiteProfile(pages=len(leaves))
    day_first = _day_first(leaves)
    bylines, names = _byline_places(leaves)
    return SiteProfile(
        pages=len(leaves),
        furniture=_furniture(leaves),
        title_affixes=_affixes([leaf.page.head_title or "" for leaf in leaves]),
        date_places=_date_places(leaves, day_first),
        byline_places=bylines,
        author_names=names,
        day_first=day_first,
    )


def _chosen(pages: Iterable[tuple[str, bytes | str]]) -> list[tuple[str, bytes | str]]:
    """At most `MOST` pages, posts by their address first, each URL once, in an order of its own."""

    by_url: dict[str, bytes | str] = {}
    for url, html in pages:
        known = by_url.get(url)
        if known is None or _bytes(html) < _bytes(known):
            by_url[url] = html
    ranked = sorted(
        by_url,
        key=lambda url: (address_kind(url) is not None, hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()),
    )
    return [(url, by_url[url]) for url in ranked[:MOST]]


def _bytes(html: bytes | str) -> bytes:
    return html if isinstance(html, bytes) else html.encode("utf-8", "replace")


def _leaves(chosen: Sequence[tuple[str, bytes | str]]) -> list[_Leaf]:

    leaves: dict[str, _Leaf] = {}
    for url, html in chosen:
        reading = read_page(parse_page(html, url), None)
        if reading.kind != "post" or not reading.title:
            continue
        at, body = reading.title.position, reading.article
        leaf = _Leaf(reading.page, reading.title.text, at, Sight(reading.page, body.start, body.end, at))
        leaves.setdefault(leaf.title, leaf)
    return list(leaves.values())


# --- furniture ----------------------------------------------------------------------------------------------------------


def _furniture(leaves: Sequence[_Leaf]) -> frozenset[str]:
    """Digests of blocks that stand on many posts.

    Around the articles: long ones on a few posts, short ones on many. Inside them only what opens or closes the text, as
    notes on the author do; what an author repeats in the text itself, and works that several posts cite, are article text.
    """
    outside: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    length: dict[str, int] = {}
    for leaf in leaves:
        edges, protected = _edges(leaf)
        around: set[str] = set()
        within: set[str] = set()
        for block in leaf.page.layout.blocks:
            if len(block.text) <= 2 or block.index in protected:
                continue
            key = digest_of(block.text)
            length[key] = len(block.text)
            (within if leaf.sight.start <= block.index < leaf.sight.end and block.index not in edges else around).add(
                key
            )
        outside.update(around)
        inside.update(within | around)
    few, many = max(4, round(0.06 * len(leaves))), max(4, round(0.35 * len(leaves)))
    return frozenset(
        key for key, n in inside.items() if n >= many or outside[key] >= (few if length[key] >= 40 else many)
    )


_EDGE = 3  # blocks at either end of a text, where standing notes are
_LIST_HEADING = re.compile(
    r"\W*(?:references?|bibliography|further reading|reading list|sources?|works cited|notes|endnotes|footnotes|literature)\W*$",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|\bin press\b|\bforthcoming\b|\bn\.d\.", re.I)


def _edges(leaf: _Leaf) -> tuple[frozenset[int], frozenset[int]]:
    """The blocks at the edges of a leaf's text; and those that may be entries of a list of references, which repeat rightly."""
    start, end = leaf.sight.start, leaf.sight.end
    blocks = leaf.page.layout.blocks[start:end]
    heading = next((b.index for b in blocks if len(b.text) < 40 and _LIST_HEADING.match(b.text)), end)
    entries = {b.index for b in blocks if b.index >= heading or (len(b.text) >= 40 and _YEAR.search(b.text))}
    return frozenset([*range(start, start + _EDGE), *range(end - _EDGE, end)]), frozenset(entries)


# --- titles -------------------------------------------------------------------------------------------------------------

_SEPARATED = re.compile(r"\s*(?:[|–—·»«•:>/~-]|::)+\s+")


def _affixes(titles: Sequence[str]) -> tuple[str, ...]:
    """What most titles begin or end with, from a separator on."""
    ends: Counter[str] = Counter()
    for said in set(titles):
        found = set()
        for match in _SEPARATED.finditer(said):
            found.add(said[match.start() :].strip())
            found.add(said[: match.end()].strip())
        ends.update(affix for affix in found if len(affix) > 2)
    most = max(FEWEST, 0.5 * len(set(titles)))
    common = [affix for affix, n in ends.items() if n >= most]
    return tuple(sorted(common, key=lambda affix: (-len(affix), affix)))


# --- dates --------------------------------------------------------------------------------------------------------------


def _day_first(leaves: Sequence[_Leaf]) -> bool | None:
    """The order that the blog's unambiguous numeric dates prove; None where none does, or they disagree."""
    votes = {True: 0, False: 0}
    pattern = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)\d\d(?![\d/])")
    for leaf in leaves:
        for block in leaf.page.layout.blocks:
            if len(block.text) <= 120:
                for first, _, second in pattern.findall(block.text):
                    if int(first) > 12 >= int(second):
                        votes[True] += 1
                    elif int(second) > 12 >= int(first):
                        votes[False] += 1
    if min(votes.values()) * 10 > max(votes.values()) or not any(votes.values()):
        return None
    return votes[True] > votes[False]


def _date_places(leaves: Sequence[_Leaf], day_first: bool | None) -> tuple[Place, ...]:
    """Paths of short blocks that hold one date on most posts, and no other than the address or the head gives.

    After a move to another platform the heads of all old posts may give the few days of the move; then the dates shown,
    being many and earlier, are right.
    """

    seen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    given = {day for leaf in leaves for day in declared(leaf.page)}
    is_moved = 0 < len(given) <= 0.1 * len(leaves)
    values: defaultdict[str, set[date]] = defaultdict(set)
    for leaf in leaves:
        known = declared(leaf.page)
        here: defaultdict[str, list[date]] = defaultdict(list)
        for block in leaf.page.layout.blocks:
            if len(block.text) > 200:
                continue
            days = [s.value for s in dates_in(block.text, day_first=day_first) if s.precision == "day"]
            if days and leaf.is_near(block.element):
                here[path_of(block.element)].append(days[0])
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


def _byline_places(leaves: Sequence[_Leaf]) -> tuple[tuple[Place, ...], tuple[str, ...]]:
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
