"""Posts as columns: read once, then every theme, period and blog is counted by arithmetic.

A report on a hundred thousand posts asks the same posts a dozen times; walking through them each time is what takes long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import Interval, clustered_rates
from analysis.periods import FINE_ENOUGH, MONTHS, Period, period_of, periods_between
from analysis.records import Grain, PostView

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Every hit of a corpus, in the order of its posts. A name stands for its place in `Corpus.themes`, `terms`, `forms`."""

    post: Ints
    theme: Ints
    term: Ints
    form: Ints  # as it stands in the text
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """``periods`` from the first to the last, gaps included, and each post's place among them; −1: its date is too coarse."""

    periods: tuple[Period, ...]
    place: Ints


class Corpus(Sequence[PostView]):
    """Posts in order of day, blog and URL, with their counts. The order in which they were given does not matter."""

    def __init__(self, posts: Iterable[PostView]) -> None:
        self.posts = tuple(sorted(posts, key=lambda post: (post.published, post.blog, post.url)))
        self.blogs = tuple(sorted({post.blog for post in self.posts}))
        place = {blog: at for at, blog in enumerate(self.blogs)}
        self.blog: Ints = _column(place[post.blog] for post in self.posts)
        self.words: Ints = _column(post.words for post in self.posts)
        self._done: dict[tuple[object, ...], Any] = {}

    @overload
    def __getitem__(self, place: int) -> PostView: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[PostView, ...]: ...
    def __getitem__(self, place: int | slice) -> PostView | tuple[PostView, ...]:
        return self.posts[place]

    def __len__(self) -> int:
        return len(self.posts)

    def __iter__(self) -> Iterator[PostView]:
        return iter(self.posts)

    def _once(self, work: Callable[..., T], *asked: object) -> T:
        """What ``work`` gives, worked out once. (`lru_cache` of a bound method would tie the posts into a cycle.)"""
        key = (work.__name__, *asked)
        if key not in self._done:
            self._done[key] = work(*asked)
        return self._done[key]  # type: ignore[no-any-return]

    @property
    def hits(self) -> Hits:
        return self._read[0]

    @property
    def themes(self) -> tuple[str, ...]:
        """Those with a hit, as they are met."""
        return self._read[1]

    @property
    def terms(self) -> tuple[str, ...]:
        return self._read[2]

    @property
    def forms(self) -> tuple[str, ...]:
        return self._read[3]

    @cached_property
    def _read(self) -> tuple[Hits, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        post = np.repeat(np.arange(len(self)), [len(post.hits) for post in self.posts])
        hits = [hit for post in self.posts for hit in post.hits]
        theme, themes = _numbered([hit.theme for hit in hits])
        term, terms = _numbered([hit.term for hit in hits])
        form, forms = _numbered([hit.text for hit in hits])
        start, end = np.array([hit.start for hit in hits], np.int64), np.array([hit.end for hit in hits], np.int64)
        return Hits(post=post, theme=theme, term=term, form=form, start=start, end=end), themes, terms, forms

    @cached_property
    def counts(self) -> Ints:
        """Hits, posts × themes."""
        size = len(self.themes)
        cells = np.bincount(self.hits.post * size + self.hits.theme, minlength=len(self) * size)
        return cells.reshape(len(self), size)

    def counts_of(self, theme: str) -> Ints:
        """Hits of ``theme`` in each post."""
        if theme not in self.themes:
            return np.zeros(len(self), dtype=np.int64)
        return np.asarray(self.counts[:, self.themes.index(theme)])

    def hits_of(self, theme: str) -> Ints:
        """The places of the theme's hits in `hits`, in the order of the posts, then of their texts."""
        return self._once(self._placed_hits, theme)

    def _placed_hits(self, theme: str) -> Ints:
        if theme not in self.themes:
            return np.zeros(0, dtype=np.int64)
        at = np.flatnonzero(self.hits.theme == self.themes.index(theme))
        return at[np.lexsort((self.hits.end[at], self.hits.start[at], self.hits.post[at]))]

    @cached_property
    def months(self) -> Ints:
        """The month in which each post was published, counted from year 0."""
        return _column(post.published.year * 12 + post.published.month - 1 for post in self.posts)

    @cached_property
    def exact_days(self) -> tuple[date, date] | None:
        """The first and the last day on which a post that is dated to the day was published."""
        days = [post.published for post in self.posts if post.precision == "day"]
        return (days[0], days[-1]) if days else None

    def posts_by_term(self, theme: str) -> dict[str, int]:
        """In how many posts each term of ``theme`` is met."""
        at, size = self.hits_of(theme), len(self.terms)
        pairs = np.unique(self.hits.post[at] * size + self.hits.term[at])
        terms, posts = np.unique(pairs % size, return_counts=True)
        return {self.terms[term]: int(count) for term, count in zip(terms, posts, strict=True)}

    def placed(self, grain: Grain) -> Placed:
        """The periods of ``grain``, and which of them each post is in. Raises ValueError for a grain that is not known."""
        return self._once(self._by_grain, grain)

    def _by_grain(self, grain: Grain) -> Placed:
        if grain not in MONTHS and self.posts:
            period_of(self.posts[0].published, grain)  # says what is wrong
        fine = _column(post.precision in FINE_ENOUGH[grain] for post in self.posts) > 0
        if not fine.any():
            return Placed((), np.full(len(self), -1))
        place = self.months // MONTHS[grain]
        place = np.where(fine, place - place[fine].min(), -1)
        days = [self.posts[at].published for at in np.flatnonzero(fine)[[0, -1]]]
        return Placed(tuple(periods_between(days[0], days[1], grain)), place)

    def cells(self, grain: Grain, values: Ints) -> Floats:
        """The posts' ``values`` added up, blogs × periods."""
        placed = self.placed(grain)
        there = placed.place >= 0
        shape = (len(self.blogs), len(placed.periods))
        at = self.blog[there] * shape[1] + placed.place[there]
        sums = np.bincount(at, weights=values[there].astype(float), minlength=shape[0] * shape[1])
        return np.asarray(sums, dtype=np.float64).reshape(shape)

    def drawn(self, name: str, posts: Ints, places: Ints | None = None) -> Keys:
        """Random numbers, fixed by ``name``, the posts' addresses and the places in them: to sort by."""
        keys = _mixed(self._address_keys[posts] ^ _key(name))
        return keys if places is None else _mixed(keys ^ places.astype(np.uint64))

    @cached_property
    def _address_keys(self) -> Keys:
        return np.array([_key(post.url) for post in self.posts], dtype=np.uint64)

    def rate_intervals(
        self, theme: str, grain: Grain, *, seed: int, resamples: int, blogs: tuple[str, ...] | None = None
    ) -> tuple[Interval | None, ...]:
        """Of each period the interval of the theme's rate (`intervals.clustered_rates`), over all blogs or ``blogs`` alone.

        All themes are resampled together, period by period; what is drawn does not depend on which themes there are.
        """
        found = self._once(self._rate_intervals, grain, seed, resamples, blogs)
        return found[self.themes.index(theme) if theme in self.themes else -1]

    def _rate_intervals(
        self, grain: Grain, seed: int, resamples: int, blogs: tuple[str, ...] | None
    ) -> list[tuple[Interval | None, ...]]:
        """For each theme, and at the end for one without a hit, its intervals."""
        placed = self.placed(grain)
        counts = np.column_stack([self.counts, np.zeros(len(self), dtype=np.int64)])
        use = np.ones(len(self), dtype=bool)
        if blogs is not None:
            use = np.isin(self.blog, [self.blogs.index(blog) for blog in blogs])
        by_url = np.lexsort((_ranks([post.url for post in self.posts]), self.blog, placed.place))
        order = by_url[use[by_url] & (placed.place[by_url] >= 0)]
        found = []
        for at, period in enumerate(placed.periods):
            posts = order[slice(*np.searchsorted(placed.place[order], (at, at + 1)))]
            edges = np.flatnonzero(np.diff(self.blog[posts])) + 1
            pieces = [(counts[part], self.words[part]) for part in np.split(posts, edges)] if len(posts) else []
            found.append(clustered_rates(pieces, counts.shape[1], seed=seed, name=period.name, resamples=resamples))
        return list(zip(*found, strict=True)) if found else [()] * counts.shape[1]


def corpus_of(posts: Iterable[PostView]) -> Corpus:
    """``posts`` themselves where they are a corpus already."""
    return posts if isinstance(posts, Corpus) else Corpus(posts)


def _column(values: Iterable[Any]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _key(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big"))


def _mixed(keys: Keys) -> Keys:
    """Each key stirred so that near ones end far apart: the last step of SplitMix64 (Steele, Lea & Flood 2014)."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        keys = (keys ^ (keys >> np.uint64(shift))) * np.uint64(factor)
    return keys ^ (keys >> np.uint64(31))


def _numbered(texts: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """Each text's place among those that there are, as they are met; and these."""
    there = tuple(dict.fromkeys(texts))
    places = {text: place for place, text in enumerate(there)}
    return np.array([places[text] for text in texts], dtype=np.int64), there


def _ranks(texts: Sequence[str]) -> Ints:
    ranks = np.empty(len(texts), dtype=np.int64)
    ranks[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return ranks
