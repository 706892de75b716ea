"""What a crawl knows and has not asked yet. Pure: no clock, no network; the same answers give the same order.

Three rules keep it from asking for ever, without losing posts:

- *Identity.* Every URL has a key (`urls.same_page_key`); a key is asked once.
- *Chains.* The numbered pages of one listing are followed as long as they show something the listing has not shown. Two
  in a row that do not, and the chain is closed: a calendar, or a server that answers any page number.
- *Families.* Tags, categories, authors, archives by month and the like overlap. They come last, in an order that has
  nothing to do with their names, and a family is closed when so many in a row led to no page that was not known already
  (see `FRUITLESS`). Taken in such an order they are a random sample: after 60 blanks in a row, at most 5 % of the rest
  lead somewhere new (95 % confidence, the "rule of three": Hanley & Lippman-Hand, JAMA 249, 1983).
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from crawl.records import Found
from crawl.shapes import BELOW, chain, family, is_dated, trap
from crawl.urls import at_origin, in_scope, same_page_key

Role = Literal["page", "sitemap", "feed"]

# What comes first. (level, what)
LEVELS = {
    "redirect": 0,  # the other half of a page already asked
    "seed": 1,
    "sitemap": 2,
    "feed": 3,
    "post": 4,  # in a sitemap or feed, or of the form /2014/05/a-title/
    "older": 5,
    "page": 6,
    "date": 7,
    "category": 8,
    "author": 9,
    "label": 9,
    "topic": 9,
    "tag": 10,
    BELOW: 11,
    "query": 12,
    "search": 13,
    "known": 14,  # what an earlier crawl had, so that a limited crawl brings what is new first
}

_LEVELS_OF_POSTS = frozenset({LEVELS["post"], LEVELS["page"]})

FRUITLESS: dict[str, int] = {"search": 5, "part feed": 15, "part sitemap": 40}
FRUITLESS_OTHERS = 60
UNBOUNDED = frozenset({"older"})  # the chain rule looks after it
NEVER_POSTS = frozenset({"tag", "label"})
"""Families that may be left out even where a sitemap lists them; in the others somebody may keep posts."""

DULL_PAGES: dict[Role, int] = {"page": 2, "feed": 1, "sitemap": 1}

MAX_KNOWN = 200_000
"""URLs of one blog, asked or not (about 1 KB each): the bound on what endless sitemaps can make a crawl remember."""

_FEED = re.compile(r"\.(atom|rss)$|/(rss|atom|feed)(\.xml|/?$)|/(categor|tag)\w*/", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A URL to ask now. ``hops`` counts the redirects that led here, ``is_from_seed`` says they began at the seed."""

    found: Found
    role: Role
    key: str
    family: str | None = None
    hops: int = 0
    is_from_seed: bool = False

    @property
    def url(self) -> str:
        return self.found.url


@dataclass(slots=True)
class _Chain:
    shown: set[str] = field(default_factory=set)
    dull: int = 0


class Frontier:
    """The URLs of one blog: waiting, asked, or left out with a reason (``excluded``, counted once a page)."""

    def __init__(
        self, scope: str, home: str, max_hops: int = 5, *, is_forgotten: Callable[[str], bool] = lambda _: False
    ) -> None:
        self.scopes = [scope]
        self.is_forgotten = is_forgotten
        self.home = home
        self.max_hops = max_hops
        self.excluded: Counter[str] = Counter()
        self._heap: list[tuple[int, int, int, Entry]] = []  # level, place, serial number
        self._pushed = 0
        self._known: dict[str, str] = {}  # key → the spelling it is asked under
        self._other_spellings: dict[str, str] = {}
        self._asked: set[str] = set()  # exact spellings
        self._blanks: Counter[str] = Counter()
        self._chains: dict[str, _Chain] = {}
        self._kept: set[str] = set()  # keys that no rule may leave out

    @property
    def known(self) -> int:
        return len(self._known)

    @property
    def waiting(self) -> int:
        return len(self._heap)

    def in_scope(self, url: str) -> bool:
        return any(in_scope(url, scope) for scope in self.scopes)

    def add(self, found: Found, role: Role = "page", *, keep: bool = False) -> bool:
        """Note a URL; True if it is new and will be asked. ``keep``: an earlier crawl had it, so it will be asked again
        even if its family is closed by then; a post among the last, a listing in its turn."""
        url = at_origin(found.url, self.home)
        if role == "page" and not self.in_scope(url):
            return False
        key = same_page_key(url)
        if keep:
            self._kept.add(key)
        if key in self._known:
            if url != self._known[key]:
                self._other_spellings.setdefault(key, url)
            return False
        if len(self._known) >= MAX_KNOWN:
            self.excluded["more pages than a blog has"] += 1
            return False
        self._known[key] = url
        if self.is_forgotten(url):
            self.excluded["forgotten"] += 1
            return False
        if role == "page" and found.how != "seed" and (reason := trap(url)):  # where a blog begins is no trap
            self.excluded[reason] += 1
            return False
        kind = self._family(url, role, found)
        level = _level(found, role, kind, url)
        if keep and level in _LEVELS_OF_POSTS:
            level = LEVELS["known"]
        self._push(Entry(found=replace(found, url=url), role=role, key=key, family=kind), level)
        return True

    def next(self) -> Entry | None:
        """The URL to ask now; None when nothing is left."""
        while self._heap:
            entry = heapq.heappop(self._heap)[3]
            reason = self._closed(entry)
            if reason is None:
                self._asked.add(entry.url)
                return entry
            self.excluded[reason] += 1
        return None

    def visited(self, entry: Entry, leads: Iterable[Found], *, looks_like_post: bool = False) -> int:
        """Note what the page of ``entry`` leads to; how many of these are new and no more listings of a family."""
        fresh, is_listing = 0, entry.role == "feed" or chain(entry.url) is not None
        shown: set[str] = set()
        for lead in leads:
            url = at_origin(lead.url, self.home)
            is_new = self.add(lead)
            if is_new and self._family(url, "page", lead) in (None, *UNBOUNDED):
                fresh += 1
            listing = chain(url)
            is_listing = is_listing or listing == entry.key
            if listing is None and self.in_scope(url) and not trap(url):
                shown.add(same_page_key(url))
        if entry.family is not None:
            self._blanks[entry.family] = 0 if fresh or looks_like_post else self._blanks[entry.family] + 1
        if is_listing:
            self._note_shown(entry, shown)
        return fresh

    def refusal(self, entry: Entry, target: str, home: str | None = None) -> str | None:
        """Why the redirect from ``entry`` to ``target`` (canonical) cannot be followed; None if it can.

        ``home``: where the blog would then be taken to live, if not where it is known to.
        """
        target = at_origin(target, home or self.home)
        key = same_page_key(target)
        if entry.role == "page" and not self.in_scope(target):
            return "out of scope"
        if entry.hops >= self.max_hops:
            return "too many redirects"
        if key != entry.key and key in self._known:
            return None
        if target in self._asked:
            return "redirect loop"
        return trap(target) if entry.role == "page" else None

    def redirected(self, entry: Entry, target: str) -> str | None:
        """Note that ``entry`` leads to ``target`` (canonical); the reason if that cannot be followed."""
        reason = self.refusal(entry, target)
        target = at_origin(target, self.home)
        if self.is_forgotten(target):
            reason = "forgotten"
            self.excluded[reason] += 1
        key = same_page_key(target)
        if reason is not None or (key != entry.key and key in self._known):
            return reason  # what is known has its own place in the queue, or had
        self._known.setdefault(key, target)
        found = replace(entry.found, url=target, via=entry.url, how="redirect", depth=entry.found.depth)
        is_from_seed = entry.is_from_seed or entry.found.how == "seed"
        onward = replace(entry, found=found, key=key, hops=entry.hops + 1, family=None, is_from_seed=is_from_seed)
        self._push(onward, LEVELS["redirect"])
        return None

    def missed(self, entry: Entry) -> None:
        """Note that nothing is there. If the page was also heard of under another spelling, that is tried."""
        other = self._other_spellings.pop(entry.key, None)
        if other is not None and other not in self._asked:
            self._push(replace(entry, found=replace(entry.found, url=other)), LEVELS["redirect"])

    def _closed(self, entry: Entry) -> str | None:
        if entry.key in self._kept or entry.hops:
            return None
        base = chain(entry.url)
        if base is not None and base in self._chains and self._chains[base].dull >= DULL_PAGES[entry.role]:
            return "endless pages"
        if entry.family is None or entry.family in UNBOUNDED:
            return None
        limit = FRUITLESS.get(entry.family, FRUITLESS_OTHERS)
        return "leads nowhere new" if self._blanks[entry.family] >= limit else None

    def _family(self, url: str, role: Role, found: Found) -> str | None:
        """The family by whose rule ``url`` may be left out."""
        if role == "sitemap" and found.how == "sitemap" and found.via is not None:  # an index listed it
            return "part feed" if _FEED.search(url) else "part sitemap"
        if role != "page" or found.how in ("feed", "seed"):
            return None
        kind = family(url)
        if kind == BELOW and same_page_key(url.rstrip("/").rsplit("/", 1)[0]) not in self._known:
            return None  # /2014/05/news/a-title/: a section, not a post
        return kind if found.how != "sitemap" or kind in NEVER_POSTS else None

    def _note_shown(self, entry: Entry, shown: set[str]) -> None:
        base = chain(entry.url)
        line = self._chains.setdefault(base or entry.key, _Chain())
        if base is not None:
            line.dull = 0 if shown - line.shown else line.dull + 1
        line.shown |= shown

    def _push(self, entry: Entry, level: int) -> None:
        shuffled = entry.family is not None and entry.family not in UNBOUNDED
        self._pushed += 1
        heapq.heappush(self._heap, (level, _shuffled(entry.key) if shuffled else 0, self._pushed, entry))


def _level(found: Found, role: Role, kind: str | None, url: str) -> int:
    if role != "page":
        return LEVELS["query" if kind == "part feed" else role]
    if found.how in ("seed", "redirect"):
        return LEVELS["seed"]
    if kind is None and (found.how in ("sitemap", "feed") or is_dated(url)):
        return LEVELS["post"]
    return LEVELS[kind or ("older" if found.how == "pagination" else "page")]


def _shuffled(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:6], "big")
