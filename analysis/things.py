"""What posts have, authors, names, works or sites, as columns: which are in most of some posts is told by arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from analysis.corpus import Corpus, Ints
from analysis.records import PostView

T = TypeVar("T", bound=Hashable)


class Things(Generic[T]):
    """The things that ``of`` says each post of ``corpus`` has. A post that has one twice counts once.

    Posts are given by their places in the corpus, in its order.
    """

    def __init__(self, corpus: Corpus, of: Callable[[PostView], Iterable[T]]) -> None:
        known: dict[T, int] = {}
        posts: list[int] = []
        things: list[int] = []
        for number, post in enumerate(corpus):
            for thing in dict.fromkeys(of(post)):
                posts.append(number)
                things.append(known.setdefault(thing, len(known)))
        self.things = tuple(known)
        self._post, self._thing = np.array(posts, dtype=np.int64), np.array(things, dtype=np.int64)
        self._blog = corpus.blog[self._post]
        self._blogs, self._posts = len(corpus.blogs), len(corpus)
        self._known = known

    def posts(self, thing: T) -> int:
        """How many posts have ``thing``."""
        return int(self._every[self._known[thing]])

    def blogs(self, thing: T) -> int:
        """Posts of how many blogs have it."""
        return int(self._of_blogs[self._known[thing]])

    def having(self, posts: Ints) -> int:
        """How many of ``posts`` have any."""
        return int(np.isin(posts, self._post).sum())

    def most(self, posts: Ints, n: int, *, fewest_posts: int = 1, fewest_blogs: int = 1) -> list[tuple[T, Ints]]:
        """The ``n`` things that most of ``posts`` have, then most blogs, then by what they are; each with those posts."""
        among = np.zeros(self._posts, dtype=bool)
        among[posts] = True
        rows = np.flatnonzero(among[self._post])
        counts = np.bincount(self._thing[rows], minlength=len(self.things))
        blogs = self._spread(rows)
        kept = np.flatnonzero((counts >= max(1, fewest_posts)) & (blogs >= fewest_blogs)).tolist()
        if len(kept) > n:  # of equals at the end of the list all are looked at
            least = sorted((int(counts[at]) for at in kept), reverse=True)[n - 1]
            kept = [at for at in kept if counts[at] >= least]
        kept.sort(key=lambda at: (-counts[at], -blogs[at], str(self.things[at])))
        return [(self.things[at], self._post[rows[self._thing[rows] == at]]) for at in kept[:n]]

    @cached_property
    def _every(self) -> Ints:
        return np.bincount(self._thing, minlength=len(self.things))

    @cached_property
    def _of_blogs(self) -> Ints:
        return self._spread(np.arange(len(self._thing)))

    def _spread(self, rows: Ints) -> Ints:
        """How many blogs have each thing, in these rows."""
        pairs = np.unique(self._thing[rows] * max(1, self._blogs) + self._blog[rows])
        return np.bincount(pairs // max(1, self._blogs), minlength=len(self.things))
